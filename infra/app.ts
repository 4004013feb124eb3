import { TideoverApp } from './tideover-app.ts';

new TideoverApp().synth();

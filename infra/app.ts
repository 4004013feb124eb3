import { WrongConfigurationError } from './configuration.ts';
import { TideoverApp } from './tideover-app.ts';

try {
  new TideoverApp().synth();
} catch (error) {
  if (!(error instanceof WrongConfigurationError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

import { test } from 'vitest';
import { startChromium } from './chromium.ts';

/** A test that looks with a browser: one for the tests of a file. */
export const browserStory = test.extend('browser', { scope: 'file' }, async ({}, { onCleanup }) => {
  const browser = await startChromium();
  onCleanup(() => browser.close());
  return browser;
});

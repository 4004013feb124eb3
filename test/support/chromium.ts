import { type Browser, chromium } from 'playwright-core';

/** Starts the machine's own Chromium, without a window and without calls to anywhere but this machine. */
export function startChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
}

import type { Browser } from 'playwright-core';
import { startChromium } from '../../support/chromium.ts';
import { startProduct } from '../../support/running-product.ts';
import type { Figure, Part } from '../figures.ts';
import { median } from '../statistics.ts';

/** "Slow 4G" as Chromium's own tools have it: 1.6 Mbit/s less a tenth, and 150 ms of latency times 3.75 for each request. */
const slow4g = { offline: false, downloadThroughput: 180_000, uploadThroughput: 84_375, latency: 562.5 };

const pages = [
  ['en', '/campaigns/lai-chi-kok-warehouse'],
  ['zh', '/zh/campaigns/lai-chi-kok-warehouse'],
  ['list', '/'],
] as const;

interface Seen {
  /** Milliseconds from the navigation to the largest paint. */
  readonly largest: number;
  /** Cumulative layout shift. */
  readonly shift: number;
}

/** Notes the largest paint and every shift of the layout; it runs in the page before anything of it. */
const observe = `
  window.seen = { largest: 0, shift: 0 };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.seen.largest = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.seen.shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
`;

/** Opens a page on a phone that has nothing of it in its cache. */
async function look(browser: Browser, url: string): Promise<Seen> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', slow4g);
    await page.addInitScript(observe);
    await page.goto(url, { waitUntil: 'networkidle' });
    return await page.evaluate<Seen>('window.seen');
  } finally {
    await context.close();
  }
}

/** How soon and how steadily a phone on a slow network shows the pages of the running product. */
export const part: Part = {
  name: 'chromium',
  title: 'the pages in Chromium on a phone with slow 4G',
  async run({ tiny, say }): Promise<Figure[]> {
    const [product, browser] = await Promise.all([startProduct(), startChromium()]);
    try {
      const figures: Figure[] = [];
      for (const [name, path] of pages) {
        say(path);
        // The first look warms the functions, as visitors before would have.
        await look(browser, product.site + path);
        const seen: Seen[] = [];
        for (let round = 0; round < (tiny ? 1 : 7); round += 1) {
          seen.push(await look(browser, product.site + path));
        }
        figures.push(
          {
            id: `chromium.${name}-largest-paint`,
            value: median(seen.map(({ largest }) => largest)),
            unit: 'ms',
            text: `largest contentful paint of ${path}, median`,
          },
          {
            id: `chromium.${name}-shift`,
            value: Math.max(...seen.map(({ shift }) => shift)),
            unit: '',
            text: `cumulative layout shift of ${path}, worst`,
          },
        );
      }
      return figures;
    } finally {
      await browser.close();
      await product.stop();
    }
  },
};

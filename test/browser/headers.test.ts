import type { Page } from 'playwright-core';
import { describe, expect, inject } from 'vitest';
import { serveLocally } from '../../infra/local/serve.ts';
import { browserStory as it } from '../support/browser-story.ts';

/** What the browser complains of while it shows pages: refused styles, pictures, forms, headers that it does not know. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}

describe('a browser that keeps the content security policy', () => {
  const product = { site: inject('site') };

  it('complains of nothing on any page, and each page has its style', async ({ browser }) => {
    const page = await browser.newPage();
    const complaints = complaintsOf(page);
    for (const path of [
      '/',
      '/zh',
      '/campaigns/lai-chi-kok-warehouse',
      '/zh/campaigns/education',
      '/api/docs',
    ]) {
      await page.goto(`${product.site}${path}`);
      const margin = await page.evaluate('getComputedStyle(document.body).fontFamily');
      expect(margin, path).toContain('system-ui');
    }
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('complains of a picture, a style and a script from elsewhere, so that its silence means something', async ({
    browser,
  }) => {
    const page = await browser.newPage();
    const complaints = complaintsOf(page);
    await page.goto(`${product.site}/`);
    await page.evaluate(`
      document.body.insertAdjacentHTML('beforeend', '<img src="https://elsewhere.example/x.png"><p style="color:red">x</p>');
      document.body.append(Object.assign(document.createElement('script'), { textContent: '1' }));
    `);
    await expect.poll(() => complaints.filter((text) => /Content Security Policy/.test(text)).length).toBe(3);
    await page.close();
  });

  it('follows the form to the payment page and comes back to the thanks without a complaint', async ({
    browser,
  }) => {
    const page = await browser.newPage();
    const complaints = complaintsOf(page);
    await page.goto(`${product.site}/campaigns/lai-chi-kok-warehouse`);
    await page.check('input[name=amount][value="50000"]');
    await page.fill('#name', 'Juniper Example');
    await page.fill('#email', 'headers@example.org');
    await page.click('button[type=submit]');
    await page.waitForSelector('form.pay');
    expect(new URL(page.url()).origin).not.toBe(product.site);
    await page.fill('form.pay input[name=number]', '4242424242424242');
    await page.fill('form.pay input[name=expiry]', '12 / 34');
    await page.fill('form.pay input[name=cvc]', '123');
    await page.fill('form.pay input[name=name]', 'J Example');
    await page.click('form.pay button[type=submit]');
    await page.waitForSelector('[data-status=paid]', { timeout: 60_000 });
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('lets a script of another site read totals, conditionally too, and start no checkout', async ({
    browser,
  }) => {
    const page = await browser.newPage();
    // On this machine, because Chromium asks its user before a page from the internet reaches 127.0.0.1.
    const elsewhere = await serveLocally(
      () =>
        new Response('<!doctype html><title>Elsewhere</title>', { headers: { 'content-type': 'text/html' } }),
      { port: 0 },
    );
    await page.goto(elsewhere.url);
    const seen = await page.evaluate(`(async () => {
      const address = '${product.site}/api/campaigns/lai-chi-kok-warehouse';
      const first = await fetch(address, { cache: 'no-store' });
      const tag = first.headers.get('etag');
      const again = await fetch(address, { cache: 'no-store', headers: { 'if-none-match': tag } });
      const checkout = await fetch(address + '/checkouts', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': 'x' },
        body: '{}',
      }).then(() => 'read', () => 'refused');
      return { slug: (await first.json()).slug, tag, again: again.status, checkout };
    })()`);
    expect(seen).toEqual({
      slug: 'lai-chi-kok-warehouse',
      tag: expect.stringMatching(/^W\/"[0-9a-f]{64}"$/) as string,
      again: 304,
      checkout: 'refused',
    });
    await page.close();
    await elsewhere.close();
  });
});

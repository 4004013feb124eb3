import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startChromium } from '../support/chromium.ts';
import { type RunningProduct, startProduct } from '../support/running-product.ts';

interface Message {
  readonly ID: string;
  readonly Subject: string;
  readonly To: readonly { readonly Address: string }[];
}

describe('a giver with a browser', () => {
  let product: RunningProduct;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), startChromium()]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });
  beforeEach(async () => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 390, height: 844 },
    });
    page = await context.newPage();
  });
  afterEach(() => page.context().close());

  const mailTo = async (address: string): Promise<Message[]> => {
    const answer = (await (await fetch(`${product.mail}/api/v1/messages`)).json()) as { messages: Message[] };
    return answer.messages.filter(({ To }) => To.some(({ Address }) => Address === address));
  };
  const raised = async () => {
    const answer = await fetch(`${product.site}/api/campaigns/lai-chi-kok-warehouse`);
    return ((await answer.json()) as { raised: number }).raised;
  };

  async function fillIn(path: string, email: string): Promise<void> {
    await page.goto(`${product.site}${path}`);
    await page.check('input[name=amount][value="50000"]');
    await page.fill('#name', 'Juniper <i>Example');
    await page.fill('#email', email);
    await page.click('button[type=submit]');
  }

  async function pay(card: string): Promise<void> {
    await page.fill('form.pay input[name=number]', card);
    await page.fill('form.pay input[name=expiry]', '12 / 34');
    await page.fill('form.pay input[name=cvc]', '123');
    await page.fill('form.pay input[name=name]', 'J Example');
    await page.click('form.pay button[type=submit]');
  }

  it.each([
    ['English', '/campaigns/lai-chi-kok-warehouse', 'en@example.org', 'Thank you'],
    ['Chinese', '/zh/campaigns/lai-chi-kok-warehouse', 'zh@example.org', '感謝'],
  ])(
    'gives in %s, sees the bar move, and finds the mail in the inbox, without JavaScript',
    async (_language, path, email, thanks) => {
      const before = await raised();
      await fillIn(path, email);
      await pay('4242424242424242');
      await page.waitForSelector('[data-status=paid]', { timeout: 20_000 });
      expect(await page.textContent('h1')).toContain(thanks);
      expect(await raised()).toBe(before + 50_000);
      await expect.poll(() => mailTo(email), { timeout: 20_000 }).toHaveLength(1);
      expect((await mailTo(email))[0]?.Subject).toContain(thanks);
      await page.goto(`${product.site}${path}`);
      expect(await page.textContent('.gifts li:first-child')).toContain('Juniper <i>Example');
    },
  );

  it('is told of a declined card, pays with another that asks for authentication, and is booked once', async () => {
    const before = await raised();
    await fillIn('/campaigns/lai-chi-kok-warehouse', 'again@example.org');
    await pay('4000000000000002');
    expect(await page.textContent('main')).toMatch(/declined/i);
    expect(await raised()).toBe(before);
    await pay('4000002500003155');
    await page.click('button[name=answer][value=confirm]');
    await page.waitForSelector('[data-status=paid]', { timeout: 20_000 });
    expect(await raised()).toBe(before + 50_000);
  });

  it('who gives up comes back to the campaign, and nothing is booked', async () => {
    const before = await raised();
    await fillIn('/campaigns/lai-chi-kok-warehouse', 'back@example.org');
    await page.click('a[href*="/campaigns/lai-chi-kok-warehouse"]');
    expect(page.url()).toContain(`${product.site}/campaigns/lai-chi-kok-warehouse`);
    expect(await raised()).toBe(before);
  });

  it('is thanked later when Resend was down: the mail waits, and the sweep offers it again', async () => {
    const outage = (status: number | null) =>
      fetch(`${product.mail}/__local/outage`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ status }),
      });
    await outage(500);
    await fillIn('/campaigns/lai-chi-kok-warehouse', 'later@example.org');
    await pay('4242424242424242');
    await page.waitForSelector('[data-status=paid]', { timeout: 20_000 });
    const failedOnce = async () =>
      (await (await fetch(`${product.site}/__local/logs`)).text()).includes('failed-for-now');
    await expect.poll(failedOnce, { timeout: 20_000 }).toBe(true);
    expect(await mailTo('later@example.org')).toEqual([]);
    await outage(null);
    const soon = new Date(Date.now() + 15 * 60_000).toISOString();
    expect((await fetch(`${product.site}/__local/fire/sweep?at=${soon}`, { method: 'POST' })).status).toBe(
      200,
    );
    await expect.poll(() => mailTo('later@example.org'), { timeout: 20_000 }).toHaveLength(1);
  });
});

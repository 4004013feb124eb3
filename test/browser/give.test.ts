import type { Page } from 'playwright-core';
import { describe, expect, inject } from 'vitest';
import { browserStory } from '../support/browser-story.ts';
import { fillIn, focusIsSeen, openPage, pay, tabTo, waitForThanks } from '../support/donor.ts';

interface Message {
  readonly ID: string;
  readonly Subject: string;
  readonly To: readonly { readonly Address: string }[];
}

const english = '/campaigns/lai-chi-kok-warehouse';
const chinese = `/zh${english}`;

/** Opens the one page of a test, with or without scripts. */
const it = browserStory.extend('open', ({ browser }, { onCleanup }) => {
  const pages: Page[] = [];
  onCleanup(async () => {
    for (const page of pages) await page.context().close();
  });
  return async (javaScript: boolean): Promise<Page> => {
    const page = await openPage(browser, { javaScript });
    pages.push(page);
    return page;
  };
});

describe('a donor with a browser', () => {
  const product = { site: inject('site'), mail: inject('mail') };
  const mailTo = async (address: string): Promise<Message[]> => {
    const answer = (await (await fetch(`${product.mail}/api/v1/messages`)).json()) as { messages: Message[] };
    return answer.messages.filter(({ To }) => To.some(({ Address }) => Address === address));
  };
  const raised = async () => {
    const answer = await fetch(`${product.site}/api/campaigns/lai-chi-kok-warehouse`);
    return ((await answer.json()) as { raised: number }).raised;
  };
  /** Totals show within 15 seconds. */
  const sees = (amount: number) => expect.poll(raised, { timeout: 15_000 }).toBe(amount);

  it.for([
    { language: 'English', path: english, javaScript: false, thanks: 'Thank you' },
    { language: 'Chinese', path: chinese, javaScript: false, thanks: '感謝' },
    { language: 'English', path: english, javaScript: true, thanks: 'Thank you' },
    { language: 'Chinese', path: chinese, javaScript: true, thanks: '感謝' },
  ])(
    'gives in $language, sees the bar move, and finds the mail in the inbox (JavaScript: $javaScript)',
    async ({ language, path, javaScript, thanks }, { open }) => {
      const page = await open(javaScript);
      const before = await raised();
      const email = `${language}-${javaScript}@example.org`.toLowerCase();
      await fillIn(page, `${product.site}${path}`, { email, displayName: 'Fern & Juniper' });
      await pay(page, '4242424242424242');
      await waitForThanks(page);
      expect(await page.textContent('h1')).toContain(thanks);
      await sees(before + 50_000);
      await expect.poll(() => mailTo(email), { timeout: 60_000 }).toHaveLength(1);
      expect((await mailTo(email))[0]?.Subject).toContain(thanks);
      const newest = async () => {
        await page.goto(`${product.site}${path}`);
        return page.textContent('.gifts li:first-child');
      };
      await expect.poll(newest, { timeout: 15_000 }).toContain('Fern & Juniper');
    },
  );

  it('is shown, without a script, what the chosen amount adds for the card fee, and pays both', async ({
    open,
  }) => {
    const page = await open(false);
    const before = await raised();
    await page.goto(`${product.site}${english}`);
    const shown = () => page.locator('.covers>span:visible').allTextContents();
    expect(await page.isChecked('input[name=coverFee]')).toBe(false);
    for (const [amount, sum] of [
      ['100000', ' to HK$1,000: HK$37.63 (HK$1,037.63 in all); '],
      ['50000', ' to HK$500: HK$20.03 (HK$520.03 in all); '],
      ['other', ' about 3.4% + HK$2.35 of all you pay'],
    ]) {
      await page.check(`input[name=amount][value="${amount}"]`);
      expect(await shown()).toEqual([sum]);
    }
    await page.check('input[name=amount][value="50000"]');
    await page.fill('#otherAmount', '123');
    expect(await shown()).toEqual([' about 3.4% + HK$2.35 of all you pay']);
    await fillIn(page, `${product.site}${english}`, { email: 'covers@example.org', coverFee: true });
    expect(await page.textContent('ul.items')).toContain('20.03');
    await pay(page, '4242424242424242');
    await waitForThanks(page);
    expect(await page.textContent('main')).toContain('HK$20.03 towards the card fee');
    await sees(before + 50_000);
  });

  it('sees that a card was declined, pays with another that asks for authentication, and is booked once', async ({
    open,
  }) => {
    const page = await open(false);
    const before = await raised();
    await fillIn(page, `${product.site}${english}`, { email: 'declined@example.org' });
    await pay(page, '4000000000000002');
    expect(await page.textContent('main')).toMatch(/declined/i);
    expect(await raised()).toBe(before);
    await pay(page, '4000002500003155');
    await page.click('button[name=answer][value=confirm]');
    await waitForThanks(page);
    await sees(before + 50_000);
  });

  it('sees that the bank did not confirm the payment, and nothing is booked', async ({ open }) => {
    const page = await open(true);
    const before = await raised();
    await fillIn(page, `${product.site}${english}`, { email: 'unconfirmed@example.org' });
    await pay(page, '4000002500003155');
    await page.click('button[name=answer][value=refuse]');
    await page.waitForSelector('form.pay');
    expect(await page.getByRole('alert').count()).toBe(1);
    expect(await raised()).toBe(before);
  });

  it.for([english, chinese])(
    'comes back to %s after giving up, with the choices kept, and nothing is booked',
    async (path, { open }) => {
      const page = await open(false);
      const before = await raised();
      const comment = 'For the new roof – 加油';
      const email = `back${path.length}@example.org`;
      await fillIn(page, `${product.site}${path}`, { email, comment, displayName: 'Juniper' });
      await page.click(`a[href*="${path}?checkout="]`);
      expect(new URL(page.url()).pathname).toBe(path);
      expect(await page.inputValue('#email')).toBe(email);
      expect(await page.inputValue('#message')).toBe(comment);
      expect(await page.inputValue('#displayName')).toBe('Juniper');
      expect(await page.isChecked('input[name=amount][value="50000"]')).toBe(true);
      expect(await raised()).toBe(before);
    },
  );

  it('gives with the keyboard alone, always seeing where the focus is', async ({ open }) => {
    const page = await open(true);
    await page.goto(`${product.site}${english}`);
    await tabTo(page, 'input[name=amount]:checked');
    await expect.poll(() => focusIsSeen(page)).toBe(true);
    await page.keyboard.press('ArrowDown');
    const chosen = await page.inputValue('input[name=amount]:checked');
    for (const [field, text] of [
      ['#name', 'Keyboard Example'],
      ['#email', 'keyboard@example.org'],
    ] as const) {
      await tabTo(page, field);
      await expect.poll(() => focusIsSeen(page)).toBe(true);
      await page.keyboard.type(text);
    }
    await tabTo(page, 'form button[type=submit]');
    await expect.poll(() => focusIsSeen(page)).toBe(true);
    await page.keyboard.press('Enter');
    await page.waitForSelector('form.pay');
    await tabTo(page, 'form.pay input[name=number]');
    for (const text of ['4242424242424242', '12 / 34', '123', 'J Example']) {
      await page.keyboard.type(text);
      await page.keyboard.press('Tab');
    }

    await page.keyboard.press('Enter');
    await waitForThanks(page);
    const amount = `HK$${(Number(chosen) / 100).toLocaleString('en')}`;
    expect(await page.textContent('main')).toContain(amount);
  });

  it('is thanked later when Resend was down: the mail waits, and the sweep requeues it', async ({ open }) => {
    const page = await open(false);
    const outage = (status: number | null) =>
      fetch(`${product.mail}/__local/outage`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ status }),
      });
    await outage(500);
    await fillIn(page, `${product.site}${english}`, { email: 'later@example.org' });
    await pay(page, '4242424242424242');
    await waitForThanks(page);
    const failedOnce = async () =>
      (await (await fetch(`${product.site}/__local/logs`)).text()).includes('failed-for-now');
    await expect.poll(failedOnce, { timeout: 60_000 }).toBe(true);
    expect(await mailTo('later@example.org')).toEqual([]);
    await outage(null);
    const soon = new Date(Date.now() + 15 * 60_000).toISOString();
    expect((await fetch(`${product.site}/__local/fire/sweep?at=${soon}`, { method: 'POST' })).status).toBe(
      200,
    );
    await expect.poll(() => mailTo('later@example.org'), { timeout: 60_000 }).toHaveLength(1);
  });
});

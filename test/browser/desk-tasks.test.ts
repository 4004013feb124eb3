import { AxeBuilder } from '@axe-core/playwright';
import { PhotonImage } from '@silvia-odwyer/photon-node';
import type { Page } from 'playwright-core';
import { describe, expect, inject } from 'vitest';
import { browserStory as it } from '../support/browser-story.ts';
import { openPage, tabTo } from '../support/donor.ts';

const standard = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const largestPage = 30_000;
const site = inject('site');

async function signIn(page: Page, person: string): Promise<void> {
  await page.goto(`${site}/staff`);
  await tabTo(page, `button[value=${person}]`);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${site}/staff`);
}

/** Tabs to what matches, and presses Enter on it. */
async function enter(page: Page, selector: string): Promise<void> {
  await tabTo(page, selector);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

/** Answers the question that is asked once more: its button has the focus as soon as the page is drawn. */
async function confirm(page: Page): Promise<void> {
  await page.locator('main form button:focus').waitFor();
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).withTags(standard).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** The link in the newest mail that asks a trustee about a sum. */
async function linkIn(sum: string): Promise<string | undefined> {
  const inbox = inject('mail');
  const { messages } = (await (await fetch(`${inbox}/api/v1/messages`)).json()) as {
    messages: { ID: string; Subject: string }[];
  };
  const found = messages.find(({ Subject }) => Subject.includes(`HK$${sum} waits`));
  if (!found) return undefined;
  const { Text } = (await (await fetch(`${inbox}/api/v1/message/${found.ID}`)).json()) as { Text: string };
  return /https?:\S+\/staff\/approve\/\w+/.exec(Text)?.[0];
}

/** Pages of one kind look alike: their ids and queries are left out. */
const kindOf = (path: string) =>
  path
    .replace(/\?.*$/, '')
    .replace(/\/(?:pi|pay|dsb|chk|cs)_\w+/, '/*')
    .replace(/(\/audit\/[\w-]+)\/.*/, '/audit/*')
    .replace(/(\/team)\/[^/]+/, '$1/*')
    .replace(/(\/attention)\/.*(\/\w+)$/, '$1/*$2');

describe('every page of the desk, as an admin reaches it', () => {
  it('has no barrier on a phone and on a laptop, fits 320 pixels, is small, and runs no script', async ({
    browser,
  }) => {
    const page = await openPage(browser);
    await signIn(page, 'staff_admin');
    const open = ['/staff'];
    const seen = new Set<string>();
    for (let path = open.shift(); path !== undefined; path = open.shift()) {
      if (seen.has(kindOf(path))) continue;
      seen.add(kindOf(path));
      const answer = await page.goto(site + path);
      expect(answer?.status(), path).toBe(200);
      const { responseBodySize = 0 } = (await answer?.request().sizes()) ?? {};
      expect(responseBodySize, path).toBeLessThanOrEqual(largestPage);
      expect(await page.locator('script').count(), path).toBe(0);
      for (const [width, height] of [
        [390, 844],
        [1280, 900],
      ] as const) {
        await page.setViewportSize({ width, height });
        expect(await violations(page), `${path} at ${width}`).toEqual([]);
      }
      await page.setViewportSize({ width: 320, height: 640 });
      const over = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
      expect(over, path).toBeLessThanOrEqual(0);
      open.push(
        ...(await page.evaluate<string[]>(
          `[...document.querySelectorAll('a[href^="/staff"]')].map((link) => link.getAttribute('href'))`,
        )),
      );
    }
    const books = ['totals', 'entries', 'accounts', 'payouts', 'differences', 'months', 'exports'];
    expect([...seen]).toEqual(expect.arrayContaining(books.map((each) => `/staff/${each}`)));
    const menu = ['waiting', 'payments', 'comments', 'disbursements', 'funds', 'audit', 'entered-payments'];
    expect([...seen]).toEqual(expect.arrayContaining(menu.map((each) => `/staff/${each}`)));
    expect([...seen]).toEqual(expect.arrayContaining(['/staff/payments/*', '/staff/payments/*/refund']));
    await page.context().close();
  }, 300_000);
});

describe.each([
  ['a phone', 390, 844],
  ['a laptop', 1280, 900],
] as const)('by keyboard alone on %s', (_, width, height) => {
  it('a volunteer refunds a part of a gift', async ({ browser }) => {
    const page = await openPage(browser, { width, height });
    await signIn(page, 'staff_finance');
    await enter(page, 'a[href="/staff/payments"]');
    await enter(page, '.gifts a[href^="/staff/payments/pi_"]');
    const name = await page.locator('h1').textContent();
    await enter(page, 'a[href$="/refund"]');
    await tabTo(page, '#amount');
    await page.keyboard.type('1.5');
    await enter(page, 'main form button');
    expect(await page.locator('#reason-error').count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    await tabTo(page, '#reason');
    await page.keyboard.type('Wrong');
    await enter(page, 'main form button');
    expect(await page.locator('main form button').textContent()).toBe(`Refund HK$1.50 to ${name}`);
    expect(await violations(page)).toEqual([]);
    await confirm(page);
    expect(await page.locator('[role=status]').textContent()).toContain('The refund was handed to Stripe');
    await page.context().close();
  });

  it('hides the amount of a gift, and corrects the donor’s address', async ({ browser }) => {
    const page = await openPage(browser, { width, height });
    await signIn(page, 'staff_admin');
    await enter(page, 'a[href="/staff/payments"]');
    await enter(page, '.gifts a[href^="/staff/payments/pi_"]');
    await enter(page, 'form[action^="/staff/amounts/"] button');
    expect(await page.locator('[role=status]').textContent()).toContain('The page follows');
    await enter(page, 'a[href$="/address"]');
    await tabTo(page, '#email');
    await page.keyboard.type(`right.${width}@example.org`);
    await enter(page, 'main form button');
    expect(await violations(page)).toEqual([]);
    await confirm(page);
    expect(await page.locator('main').textContent()).toContain(`right.${width}@example.org`);
    await page.context().close();
  });

  it('begins a campaign, looks at it as donors will see it, and publishes it', async ({ browser }) => {
    const page = await openPage(browser, { width, height });
    await signIn(page, 'staff_campaigns');
    await enter(page, 'a[href="/staff/campaigns"]');
    await enter(page, 'a[href="/staff/new-campaign"]');
    expect(await violations(page)).toEqual([]);
    const slug = `blankets-${width}`;
    const typed = { slug, 'title/en': 'Blankets', 'summary/en': 'A warm winter.', 'story/en': 'It is cold.' };
    for (const [name, text] of Object.entries({ ...typed, amount: '5000' })) {
      await page.fill(`[name="${name}"]`, text);
    }
    await page.selectOption('[name="target/kind"]', 'fund');
    const opened = page.context().waitForEvent('page');
    await tabTo(page, 'button[formaction$="/preview/zh"]');
    await page.keyboard.press('Enter');
    const preview = await opened;
    await preview.waitForLoadState();
    expect(await preview.locator('h1').textContent()).toBe('Blankets');
    expect(await preview.evaluate('getComputedStyle(document.querySelector(".give")).borderTopWidth')).toBe(
      '1px',
    );
    expect(await violations(preview)).toEqual([]);
    await preview.close();
    await enter(page, 'main form button:not([formaction])');
    expect(await page.locator('[role=status]').textContent()).toContain('Saved as a draft');
    expect((await page.request.get(`${site}/campaigns/${slug}`)).status()).toBe(404);
    await enter(page, `form[action="/staff/campaigns/${slug}/status"] button`);
    expect(await page.locator('main form button').textContent()).toBe('Publish it: Blankets');
    expect(await violations(page)).toEqual([]);
    await confirm(page);
    expect((await page.request.get(`${site}/campaigns/${slug}`)).status()).toBe(200);
    await page.context().close();
  });

  it('erases a donor after reading what stays, and the page says that nobody is there', async ({
    browser,
  }) => {
    const page = await openPage(browser, { width, height });
    await signIn(page, 'staff_finance');
    await enter(page, 'a[href="/staff/payments"]');
    const known = page.locator('.gifts a[href^="/staff/payments/pi_"]', { hasNotText: 'erased' });
    await enter(page, `.gifts a[href="${await known.last().getAttribute('href')}"]`);
    const name = await page.locator('h1').textContent();
    await enter(page, 'a[href$="/erasure"]');
    expect(await page.locator('main').textContent()).toContain('What stays');
    expect(await violations(page)).toEqual([]);
    await enter(page, 'main form button');
    expect(await page.locator('main form button').textContent()).toBe(`Erase ${name}`);
    await confirm(page);
    expect(await page.locator('[role=status]').textContent()).toContain('Erased');
    expect(await page.locator('main').textContent()).not.toContain(name);
    await page.context().close();
  });

  it('writes a person’s request down, and ends it', async ({ browser }) => {
    const page = await openPage(browser, { width, height });
    await signIn(page, 'staff_finance');
    await enter(page, 'a[href="/staff/requests"]');
    await enter(page, 'a[href="/staff/enter-request"]');
    await tabTo(page, '#kind');
    await page.keyboard.type('Wants to know');
    expect(await violations(page)).toEqual([]);
    await enter(page, 'main form button');
    await enter(page, 'main a[href$="/end"]');
    await tabTo(page, '#how');
    await page.keyboard.type('It was');
    await enter(page, 'main form button');
    expect(await page.locator('[role=status]').textContent()).toContain('Ended');
    await page.context().close();
  });

  it('uploads a photo, which then stands on its campaign', async ({ browser }) => {
    const page = await openPage(browser, { width, height });
    await signIn(page, 'staff_campaigns');
    await enter(page, 'a[href="/staff/campaigns"]');
    await enter(page, 'a[href="/staff/campaigns/emergency-cash/photo"]');
    await tabTo(page, '[name="alt/en"]');
    await page.keyboard.type('A red wall');
    await tabTo(page, '[name="alt/zh-HK"]');
    await page.keyboard.type('紅色的牆');
    await enter(page, 'main form button');
    expect(await violations(page)).toEqual([]);
    const red = new Uint8Array(800 * 600 * 4).map((_, index) =>
      index % 4 === 0 || index % 4 === 3 ? 200 : 0,
    );
    const jpeg = Buffer.from(new PhotonImage(red, 800, 600).get_bytes_jpeg(90));
    await page.setInputFiles('#file', { name: 'wall.jpg', mimeType: 'image/jpeg', buffer: jpeg });
    await enter(page, 'main form button');
    await page.waitForSelector('.done');
    expect(await violations(page)).toEqual([]);
    await page.goto(`${site}/campaigns/emergency-cash`);
    const shown = `document.querySelector('img[alt="A red wall"]').naturalWidth`;
    expect(await page.evaluate<number>(shown)).toBeGreaterThan(0);
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  it('publishes what is needed this week, in one language', async ({ browser }) => {
    const page = await openPage(browser, { width, height });
    await signIn(page, 'staff_campaigns');
    await enter(page, 'a[href="/staff/pages"]');
    await enter(page, 'a[href="/staff/pages/needs/edit"]');
    await page.fill('[name="title/en"]', 'What we need this week');
    await page.fill('[name="text/en"]', '# What we need\n\n- Rice');
    await page.fill('[name="title/zh-HK"]', '');
    await page.fill('[name="text/zh-HK"]', '');
    await page.selectOption('[name="status"]', 'published');
    await enter(page, 'main form button:not([formaction])');
    expect(await page.locator('[role=status]').textContent()).toContain('It stands on the site');
    for (const path of ['/needs', '/zh/needs']) {
      await page.goto(site + path);
      expect(await page.locator('main li').textContent()).toBe('Rice');
      expect(await violations(page)).toEqual([]);
    }
    await page.context().close();
  });

  it('enters money that came by FPS, and undoes it', async ({ browser }) => {
    const page = await openPage(browser, { width, height });
    await signIn(page, 'staff_finance');
    await enter(page, 'a[href="/staff/entered-payments"]');
    await enter(page, 'a[href="/staff/enter-payment"]');
    await tabTo(page, '#means');
    await page.keyboard.type('FPS');
    await tabTo(page, '#amount');
    await page.keyboard.type('HK$1,234.50');
    await tabTo(page, '#fund');
    await page.keyboard.press('ArrowDown');
    await page.fill('#day', new Date(Date.now() - 86_400_000).toISOString().slice(0, 10));
    await tabTo(page, '#reference');
    await page.keyboard.type(`FPS ${width}`);
    await enter(page, 'main form button');
    expect(await page.locator('main form button').textContent()).toBe('Enter HK$1,234.50 of Anonymous');
    await confirm(page);
    await enter(page, 'form[action$="/undo"] button');
    expect(await page.locator('[role=status]').textContent()).toContain('Undone');
    await page.context().close();
  });

  it('an admin invites a person, gives them another role and signs them out', async ({ browser }) => {
    const page = await openPage(browser, { width, height });
    await signIn(page, 'staff_admin');
    await enter(page, 'a[href="/staff/team"]');
    await enter(page, 'a[href="/staff/invite"]');
    const name = `Ada ${width}`;
    await tabTo(page, '#name');
    await page.keyboard.type(name);
    await tabTo(page, '#email');
    await page.keyboard.type(`ada-${width}@example.org`);
    await tabTo(page, '[id="roles/finance"]');
    await page.keyboard.press('Space');
    await enter(page, 'main form button');
    expect(await page.locator('main form button').textContent()).toBe(`Invite ${name}`);
    expect(await violations(page)).toEqual([]);
    await confirm(page);
    expect(await page.locator('[role=status]').textContent()).toBe('Invited.');
    const ada = await openPage(browser, { width, height });
    await ada.goto(`${site}/staff`);
    await ada.getByText(name).click();
    await ada.waitForURL(`${site}/staff`);
    await ada.context().close();
    await page.reload();
    await enter(page, `a[aria-label="Sign ${name} out everywhere"]`);
    await enter(page, 'main form button');
    await confirm(page);
    await enter(page, `a[aria-label="Roles of ${name}"]`);
    await tabTo(page, '[id="roles/door"]');
    await page.keyboard.press('Space');
    await enter(page, 'main form button');
    await confirm(page);
    expect(await page.locator('.gifts li', { hasText: name }).first().textContent()).toContain(
      'finance, door',
    );
    await page.context().close();
  });

  it('a caseworker asks a trustee, who approves by the link in the mail', async ({ browser }) => {
    const page = await openPage(browser, { width, height });
    await signIn(page, 'staff_families');
    await page.goto(`${site}/staff/request-disbursement`);
    const sum = `${width % 1000}.50`;
    await tabTo(page, '#campaign');
    await page.keyboard.type('A warehouse');
    await tabTo(page, '#amount');
    await page.keyboard.type(sum);
    await tabTo(page, '#category');
    await page.keyboard.type('Rent');
    await tabTo(page, '#recipient');
    await page.keyboard.type('F-0042');
    await enter(page, 'main form button');
    await confirm(page);
    await page.locator('.gifts a', { hasText: sum }).first().click();
    await enter(page, 'a[href^="/staff/second-person/"]');
    await tabTo(page, '#trustee');
    await page.keyboard.type('Willow');
    expect(await violations(page)).toEqual([]);
    await enter(page, 'main form button');
    await confirm(page);
    expect(await page.locator('[role=status]').textContent()).toContain('The trustee is asked by mail');
    await expect.poll(() => linkIn(sum), { timeout: 20_000 }).toMatch(/approve/);
    const trustee = await openPage(browser, { width, height });
    await trustee.goto((await linkIn(sum)) ?? '');
    expect(await violations(trustee)).toEqual([]);
    await enter(trustee, 'main form button');
    expect(await trustee.locator('h1').textContent()).toBe('Approved');
    await page.reload();
    expect(await page.locator('main').textContent()).toContain('by the trustee Willow');
    await trustee.context().close();
    await page.context().close();
  });

  it('an admin changes the telephone number, after a look at where donors pay', async ({ browser }) => {
    const page = await openPage(browser, { width, height });
    await signIn(page, 'staff_admin');
    await enter(page, 'a[href="/staff/settings"]');
    await enter(page, 'a[href="/staff/settings/change"]');
    await tabTo(page, '#telephone');
    await page.fill('#telephone', 'call me');
    await enter(page, 'main form button');
    expect(await page.locator('#telephone-error').count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    const number = `+852 2345 ${width + 5000}`;
    await page.fill('#telephone', number);
    await enter(page, 'main form button');
    expect(await page.locator('main .lead').textContent()).toContain('DRINK FOR JUSTICE');
    await confirm(page);
    expect(await page.locator('[role=status]').textContent()).toContain('Saved');
    expect(await page.locator('main').textContent()).toContain(number);
    await page.context().close();
  });

  it('confirms what was done before the first gift, and reads what a thing that waits means', async ({
    browser,
  }) => {
    const page = await openPage(browser, { width, height });
    await signIn(page, 'staff_finance');
    await enter(page, 'a[href="/staff/opening"]');
    await enter(page, 'a[href="/staff/opening/privacy"]');
    await tabTo(page, '#name');
    await page.keyboard.type('Hazel');
    await enter(page, 'main form button');
    expect(await page.locator('main').textContent()).toContain('Confirmed by Hazel');
    await enter(page, 'nav a[href="/staff/help"]');
    expect(await page.locator('#dispute-due').textContent()).toContain('due');
    await page.context().close();
  });

  it('a complaint is sent without an account, and its reader answers it', async ({ browser }) => {
    const donor = await openPage(browser, { width, height });
    await donor.goto(`${site}/complaint`);
    await tabTo(donor, '#text');
    await donor.keyboard.type(`Nobody answered me (${width}).`);
    await enter(donor, 'main form button');
    expect(await donor.locator('[role=status]').textContent()).toContain('We have it');
    expect(await violations(donor)).toEqual([]);
    const page = await openPage(browser, { width, height });
    await signIn(page, 'staff_finance');
    await enter(page, 'a[href="/staff/waiting"]');
    await enter(page, 'a[href^="/staff/complaints/cmp_"]');
    expect(await page.locator('blockquote').textContent()).toContain(`(${width})`);
    await tabTo(page, '#note');
    await page.keyboard.type('Wrote to them.');
    await enter(page, 'main form button');
    expect(await page.locator('[role=status]').textContent()).toContain('Recorded');
    await Promise.all([donor, page].map((each) => each.context().close()));
  });

  it('enters what was counted in the cash box', async ({ browser }) => {
    const page = await openPage(browser, { width, height });
    await signIn(page, 'staff_finance');
    await enter(page, 'a[href="/staff/funds"]');
    await enter(page, 'a[href="/staff/entries"]');
    await enter(page, 'a[href="/staff/entries/cash-counts"]');
    await tabTo(page, '#counted');
    await page.keyboard.type('12.50');
    await tabTo(page, '#reason');
    await page.keyboard.type('Count of the month');
    await enter(page, 'main form button');
    expect(await page.locator('main .lead').textContent()).toContain('You counted HK$12.50');
    expect(await violations(page)).toEqual([]);
    await confirm(page);
    expect(await page.locator('[role=status]').textContent()).toContain('It is in the books');
    await page.context().close();
  });

  it('has the month written for the accountant, and downloads it', async ({ browser }) => {
    const page = await openPage(browser, { width, height });
    await signIn(page, 'staff_finance');
    await enter(page, 'a[href="/staff/funds"]');
    await enter(page, 'a[href="/staff/exports"]');
    await enter(page, 'a[href="/staff/ask-for-export/month"]');
    await enter(page, 'main form button');
    // The page looks again by itself until the file is there.
    const link = page.locator('a[href$="/file"]').first();
    await link.waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), link.press('Enter')]);
    expect(file.suggestedFilename()).toMatch(/^tideover-month-\d{4}-\d{2}\.csv$/);
    await page.context().close();
  });
});

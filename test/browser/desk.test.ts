import { AxeBuilder } from '@axe-core/playwright';
import type { Page, Response } from 'playwright-core';
import { describe, expect, inject } from 'vitest';
import { browserStory as it } from '../support/browser-story.ts';
import { openPage } from '../support/donor.ts';

const standard = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const largestPage = 30_000;

/** Presses Tab until a control with this text has the focus, as people without a mouse do, and then Enter. */
async function press(page: Page, text: string): Promise<void> {
  for (let steps = 0; steps < 40; steps += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate<string>('document.activeElement?.textContent ?? ""');
    if (focused.trim().startsWith(text)) {
      await page.keyboard.press('Enter');
      return;
    }
  }
  throw new Error(`The keyboard reaches no "${text}" on ${page.url()}.`);
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).withTags(standard).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

describe.each([
  ['a phone', 390, 844],
  ['a laptop', 1280, 900],
] as const)('the desk on %s', (size, width, height) => {
  const site = inject('site');

  /** A page of the desk, as it is asked to look and weigh. */
  async function look(page: Page, name: string): Promise<void> {
    expect(await violations(page), name).toEqual([]);
    const overflow = 'document.documentElement.scrollWidth - window.innerWidth';
    expect(await page.evaluate<number>(overflow), name).toBeLessThanOrEqual(0);
    expect(await page.locator('script').count(), name).toBe(0);
    const folder = process.env.SCREENSHOTS;
    if (folder) await page.screenshot({ path: `${folder}/${name}-${size}.png`, fullPage: true });
  }

  it('is signed in to by keyboard, shown in both languages, and signed out of', async ({ browser }) => {
    const page = await openPage(browser, { width, height });
    const pages: Response[] = [];
    page.on('response', (response) => {
      const isPage = response.url().startsWith(`${site}/staff`) && response.headers()['content-type'];
      if (isPage) pages.push(response);
    });
    await page.goto(`${site}/staff`);
    await press(page, 'Hazel');
    await page.waitForURL(`${site}/staff`);
    await page.getByRole('heading', { name: 'Hello, Hazel' }).waitFor();
    await look(page, 'home');

    await press(page, '中文');
    await page.getByRole('heading', { name: 'Hazel，您好' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-Hant-HK');
    await look(page, 'home-zh');
    await press(page, 'English');
    await page.getByRole('heading', { name: 'Hello, Hazel' }).waitFor();

    const cookies = await page.context().cookies(site);
    const session = cookies.find(({ name }) => name === '__Host-staff');
    expect(session).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' });

    await press(page, 'Sign out');
    await page.getByRole('heading', { name: 'Sign out' }).waitFor();
    await press(page, 'Sign out of this computer');
    await page.waitForURL(`${site}/staff/signed-out`);
    await look(page, 'signed-out');
    expect((await page.context().cookies(site)).map(({ name }) => name)).not.toContain('__Host-staff');
    await press(page, 'Sign in');
    await page.getByRole('heading', { name: 'Sign in as' }).waitFor();

    await page.goto(`${site}/staff/signed-in?code=none&state=none`);
    await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
    await look(page, 'refused');
    const sizes = await Promise.all(pages.map((each) => each.request().sizes()));
    const bodies = sizes.map(({ responseBodySize }) => responseBodySize).filter((bytes) => bytes > 0);
    expect(bodies.length).toBeGreaterThan(4);
    expect(Math.max(...bodies)).toBeLessThanOrEqual(largestPage);
    await page.context().close();
  });
});

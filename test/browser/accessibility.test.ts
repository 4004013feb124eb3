import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, inject } from 'vitest';
import { browserStory as it } from '../support/browser-story.ts';
import { fillIn, openPage, pay, waitForThanks } from '../support/donor.ts';

/** The rules of WCAG 2.2 up to level AA, as axe names them. */
const standard = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const sizes = [
  { name: 'phone', width: 360, height: 740 },
  { name: 'desk', width: 1280, height: 900 },
] as const;

const paths = [
  '/',
  '/campaigns/lai-chi-kok-warehouse',
  '/campaigns/soup-kitchen',
  '/campaigns/education',
  '/campaigns/emergency-cash',
  '/campaigns/lai-chi-kok-warehouse?amount=12345.67',
  '/campaigns/lai-chi-kok-warehouse/supporters',
  '/campaigns/emergency-cash/money',
  '/privacy',
  '/campaigns/not-there',
  '/mistyped',
  '/thanks/chk_00000000000000000000000000000000',
];

describe('every public page', () => {
  const site = inject('site');

  async function violations(page: Page): Promise<string[]> {
    const { violations: found } = await new AxeBuilder({ page }).withTags(standard).analyze();
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  }

  /** WCAG 1.4.10: at 320 CSS pixels, which is 400 % of a desk's window, nothing has to be scrolled sideways. */
  async function overflow(page: Page): Promise<number> {
    await page.setViewportSize({ width: 320, height: 640 });
    return page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
  }

  it('is judged by axe, which does not pass one with a known fault', async ({ browser }) => {
    const page = await openPage(browser);
    await page.setContent('<!doctype html><html lang="en"><title>x</title><main><input></main></html>');
    expect((await violations(page)).join()).toContain('label');
    await page.context().close();
  });

  it.for(sizes.flatMap((size) => ['', '/zh'].map((prefix) => ({ ...size, prefix }))))(
    'meets WCAG 2.2 AA on a $name under "$prefix/", and reflows at 400 %',
    async ({ prefix, width, height }, { browser }) => {
      const page = await openPage(browser, { width, height });
      for (const path of paths) {
        const address = path === '/' ? prefix || '/' : `${prefix}${path}`;
        await page.setViewportSize({ width, height });
        await page.goto(`${site}${address}`);
        expect(await violations(page), address).toEqual([]);
        expect(await overflow(page), address).toBeLessThanOrEqual(0);
      }
      await page.context().close();
    },
  );

  it.for([
    ['a word without a break', 'W'.repeat(100), 'ltr'],
    ['right-to-left words', 'مؤسسة النور لدعم اللاجئين في هونغ كونغ والعالم أجمع', 'rtl'],
    ['marks piled up over and under it', `Z${'\u0335\u0321\u0489'.repeat(40)}algo`, 'ltr'],
  ])('holds at 320 pixels beside a name of %s', async ([_, name, direction], { browser }) => {
    const page = await openPage(browser, { width: 320, height: 640 });
    await page.goto(`${site}/campaigns/lai-chi-kok-warehouse/supporters`);
    const shown = await page.evaluate<{ direction: string; isClipped: boolean }>(`(() => {
      const name = document.querySelector('.gifts b[dir=auto]');
      name.textContent = ${JSON.stringify(name)};
      const { direction, overflowX, overflowY } = getComputedStyle(name);
      return { direction, isClipped: overflowX === 'clip' && overflowY === 'clip' };
    })()`);
    expect(shown).toEqual({ direction, isClipped: true });
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    const beside = await page.evaluate<number>(`(() => {
      const [name, amount] = document.querySelector('.gifts b[dir=auto]').parentElement.children;
      return amount ? amount.getBoundingClientRect().right - window.innerWidth : 0;
    })()`);
    expect(beside).toBeLessThanOrEqual(0);
    await page.context().close();
  });

  it.for(['', '/zh'])(
    'meets it too where a form was not right, and after paying (%s)',
    async (prefix, { browser }) => {
      const page = await openPage(browser);
      const address = `${site}${prefix}/campaigns/lai-chi-kok-warehouse`;
      await page.goto(address);
      await page.evaluate('document.querySelector("form").noValidate = true');
      await page.fill('#email', 'no address');
      await page.click('form button[type=submit]');
      expect(await page.getByRole('alert').count()).toBe(1);
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await page.setViewportSize({ width: 390, height: 844 });
      await fillIn(page, address, { email: `axe${prefix.length}@example.org` });
      await page.goBack();
      await fillIn(page, address, { email: `axe-again${prefix.length}@example.org` });
      await pay(page, '4242424242424242');
      await waitForThanks(page);
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await page.context().close();
    },
  );
});

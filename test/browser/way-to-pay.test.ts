import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, inject } from 'vitest';
import { browserStory as it } from '../support/browser-story.ts';
import { openPage } from '../support/donor.ts';

/** A phone's screen, and how many of them there may be up to the form and from there to its button. */
const phone = { width: 390, height: 844 };
const mostScreens = 1.5;

const campaigns = ['lai-chi-kok-warehouse', 'soup-kitchen', 'education', 'emergency-cash'];
const paths = ['', '/zh'].flatMap((prefix) => campaigns.map((slug) => `${prefix}/campaigns/${slug}`));

/** Where an element's upper and lower edge lie, from the page's top. */
async function edges(page: Page, selector: string): Promise<{ top: number; bottom: number }> {
  return page.evaluate(`(() => {
    const box = document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect();
    return { top: box.top + window.scrollY, bottom: box.bottom + window.scrollY };
  })()`);
}

/** Which of the amounts look chosen: those with a heavy edge. */
function looksChosen(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll('.chip, #otherAmount')]
    .filter((each) => getComputedStyle(each).boxShadow !== 'none')
    .map((each) => each.id || each.querySelector('input').value)`);
}

describe('the way to pay', () => {
  const site = inject('site');

  it.for(paths)(
    'of %s is short on a phone: a screen and a half to the form, and one to its button',
    async (path: string, { browser }) => {
      const page = await openPage(browser, { javaScript: true, ...phone });
      await page.goto(site + path);
      const first = await edges(page, 'form .chip');
      const button = await edges(page, 'form button[type=submit]');
      expect(first.top).toBeLessThanOrEqual(mostScreens * phone.height);
      expect(button.bottom - first.top).toBeLessThanOrEqual(mostScreens * phone.height);
      await page.context().close();
    },
  );

  it.for([
    ['', 'Give HK$500', 'Give HK$520.03', 'Give HK$1,037.63', 'Give now'],
    ['/zh', '捐款 HK$500', '捐款 HK$520.03', '捐款 HK$1,037.63', '立即捐款'],
  ])(
    'says the sum on the button under "%s/", without a script',
    async ([prefix, chosen, covered, more, open], { browser }) => {
      const page = await openPage(browser, { javaScript: false });
      await page.goto(`${site}${prefix}/campaigns/lai-chi-kok-warehouse?amount=500`);
      const button = page.locator('form button[type=submit]');
      const said = async () => (await button.allInnerTexts()).join().replaceAll(/\s+/g, ' ').trim();
      expect(await said()).toBe(chosen);
      await page.check('input[name=coverFee]');
      expect(await said()).toBe(covered);
      await page.check('input[name=amount][value="100000"]');
      expect(await said()).toBe(more);
      await page.fill('#otherAmount', '77');
      expect(await said()).toBe(open);
      await page.context().close();
    },
  );

  it('never shows two amounts as chosen: what is typed unmarks the rest, and an empty field marks the first choice again', async ({
    browser,
  }) => {
    const page = await openPage(browser, { javaScript: false });
    await page.goto(`${site}/campaigns/lai-chi-kok-warehouse?amount=620`);
    expect(await looksChosen(page)).toEqual(['62000']);
    await page.check('input[name=amount][value="10000"]');
    expect(await looksChosen(page)).toEqual(['10000']);
    await page.fill('#otherAmount', '77');
    await page.locator('#otherAmount').blur();
    expect(await looksChosen(page)).toEqual(['otherAmount']);
    await page.check('input[name=amount][value="50000"]');
    expect(await looksChosen(page)).toEqual(['otherAmount']);
    await page.fill('#otherAmount', '');
    expect(await looksChosen(page)).toEqual(['50000']);
    await page.check('input[name=amount][value="other"]');
    expect(await looksChosen(page)).toEqual(['other']);
    await page.context().close();
  });

  it.for<[string, string]>([
    ['', 'This amount counts. Empty the field to choose one above.'],
    ['/zh', '現以此金額為準。如欲選擇上方的金額，請先清空此欄。'],
  ])(
    'says under "%s/" while an amount is typed that it counts, and the others look switched off',
    async ([prefix, sentence], { browser }) => {
      const page = await openPage(browser);
      await page.goto(`${site}${prefix}/campaigns/lai-chi-kok-warehouse`);
      const says = async () =>
        (await page.locator('#otherAmount-hint').allInnerTexts()).join().includes(sentence);
      const look = () =>
        page.evaluate<string[]>(`[...document.querySelectorAll('.chips > .chip')].map((chip) => {
          const { borderStyle } = getComputedStyle(chip);
          return borderStyle + ' ' + getComputedStyle(chip.querySelector('input')).cursor;
        })`);
      expect(await says()).toBe(false);
      expect(new Set(await look())).toEqual(new Set(['solid pointer']));
      await page.fill('#otherAmount', '150');
      await page.click('.chip:has([value="100000"])');
      expect(await says()).toBe(true);
      expect(new Set(await look())).toEqual(new Set(['dashed default']));
      const contrast = await new AxeBuilder({ page })
        .withRules(['color-contrast'])
        .include('.chips')
        .analyze();
      expect(contrast.violations).toEqual([]);
      await page.fill('#otherAmount', '');
      expect(await says()).toBe(false);
      expect(new Set(await look())).toEqual(new Set(['solid pointer']));
      expect(await looksChosen(page)).toEqual(['100000']);
      await page.context().close();
    },
  );

  it('brings a typed amount back with the rest of the form when the donor comes back from Stripe', async ({
    browser,
  }) => {
    const page = await openPage(browser, { javaScript: false });
    await page.goto(`${site}/campaigns/lai-chi-kok-warehouse`);
    await page.fill('#otherAmount', '150');
    await page.fill('#name', 'Juniper');
    await page.fill('#email', 'juniper-back@example.org');
    await page.click('form button[type=submit]');
    await page.waitForSelector('form.pay');
    await page.goBack();
    await page.waitForSelector('#otherAmount');
    expect(await page.inputValue('#name')).toBe('Juniper');
    expect(await page.inputValue('#otherAmount')).toBe('150');
    expect(await looksChosen(page)).toEqual(['otherAmount']);
    await page.click('form button[type=submit]');
    await page.waitForSelector('form.pay');
    expect(await page.textContent('body')).toMatch(/HK\$150(?!\d)/);
    await page.context().close();
  });

  it('keeps what nobody has to fill in folded, and open where something is filled in or wrong', async ({
    browser,
  }) => {
    const page = await openPage(browser, { javaScript: false });
    await page.goto(`${site}/campaigns/lai-chi-kok-warehouse`);
    expect(await page.isVisible('#message')).toBe(false);
    await page.click('details.more summary');
    await page.fill('#displayName', 'Fern');
    await page.evaluate('document.querySelector("form").noValidate = true');
    await page.click('form button[type=submit]');
    await page.waitForSelector('.errors');
    expect(await page.isVisible('#displayName')).toBe(true);
    expect(await page.inputValue('#displayName')).toBe('Fern');
    await page.context().close();
  });
});

import type { Browser, Page } from 'playwright-core';

/** How a donor looks at the pages. */
export interface Eyes {
  readonly javaScript?: boolean;
  readonly width?: number;
  readonly height?: number;
}

/** A fresh window of a donor, by default a phone's. */
export async function openPage(browser: Browser, eyes: Eyes = {}): Promise<Page> {
  const { javaScript = true, width = 390, height = 844 } = eyes;
  const context = await browser.newContext({ javaScriptEnabled: javaScript, viewport: { width, height } });
  return context.newPage();
}

/** What a donor fills in. */
export interface Choices {
  readonly email: string;
  readonly name?: string;
  readonly comment?: string;
  readonly displayName?: string;
  readonly coverFee?: boolean;
}

/** Opens a campaign's page, fills in its form for HK$500 and sends it: the browser then shows the payment page. */
export async function fillIn(page: Page, url: string, choices: Choices): Promise<void> {
  await page.goto(url);
  await page.check('input[name=amount][value="50000"]');
  await page.fill('#name', choices.name ?? 'Juniper <i>Example');
  await page.fill('#email', choices.email);
  if (choices.comment || choices.displayName) await page.click('details.more:not([open]) summary');
  if (choices.comment) await page.fill('#message', choices.comment);
  if (choices.displayName) await page.fill('#displayName', choices.displayName);
  if (choices.coverFee) await page.check('input[name=coverFee]');
  await page.click('form button[type=submit]');
  await page.waitForSelector('form.pay');
}

/** Pays on the payment page with a test card. */
export async function pay(page: Page, card: string): Promise<void> {
  await page.fill('form.pay input[name=number]', card);
  await page.fill('form.pay input[name=expiry]', '12 / 34');
  await page.fill('form.pay input[name=cvc]', '123');
  await page.fill('form.pay input[name=name]', 'J Example');
  await page.click('form.pay button[type=submit]');
}

/** Waits until the thanks page says that the gift has arrived. */
export async function waitForThanks(page: Page): Promise<void> {
  await page.waitForSelector('[data-status=paid]', { timeout: 30_000 });
}

/** Presses Tab until the element that matches has the focus, as a person without a mouse does. */
export async function tabTo(page: Page, selector: string, most = 120): Promise<void> {
  for (let pressed = 0; pressed < most; pressed += 1) {
    await page.keyboard.press('Tab');
    if (await page.locator(`${selector}:focus`).count()) return;
  }
  throw new Error(`The Tab key does not reach ${selector} within ${most} presses.`);
}

/** Whether the element that has the focus can be seen: inside the window, and nothing lies over its middle. */
export function focusIsSeen(page: Page): Promise<boolean> {
  // A text, because types of the browser would hold for the whole program.
  return page.evaluate<boolean>(`(() => {
    const focused = document.activeElement;
    const box = focused.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return top !== null && (focused.contains(top) || top.contains(focused));
  })()`);
}

import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { startChromium } from '../../test/support/chromium.ts';
import { fillIn, openPage, pay, waitForThanks } from '../../test/support/donor.ts';
import { startProduct } from '../../test/support/running-product.ts';

const endpointsFile = new URL('../../.local/endpoints.json', import.meta.url);
const pictureFile = fileURLToPath(new URL('./page-and-mail.png', import.meta.url));

/** The height shows where the choice of amounts begins, and the whole mail; the README shows the picture at two thirds of its size. */
const phone = { width: 390, height: 1040 };
const mailWidth = 600;

/** An address of this run's own, so that no earlier mail is taken for this gift's. */
const donor = { name: 'Juniper', email: `juniper-${Date.now()}@example.org` };

/** What of a running product the picture is made of. */
interface Product {
  readonly site: string;
  readonly mail: string;
  stop?(): Promise<void>;
}

interface MessageSummary {
  readonly ID: string;
  readonly To: readonly { readonly Address: string }[];
}

/** The product that runs on this machine, or else one that is started now and ended afterwards. */
async function openProduct(): Promise<Product> {
  const text = await readFile(endpointsFile, 'utf8').catch(() => undefined);
  if (text === undefined) return startProduct();
  const { site, mail } = JSON.parse(text) as Product;
  return { site, mail };
}

/** Gives HK$500, and takes the campaign's page as the donor saw it before. */
async function giveAndTakePage(browser: Browser, campaign: string): Promise<Buffer> {
  const page = await openPage(browser, phone);
  await page.goto(campaign);
  const picture = await page.screenshot();
  await fillIn(page, campaign, donor);
  await pay(page, '4242424242424242');
  await waitForThanks(page);
  return picture;
}

async function arrivedMail(inbox: string): Promise<string> {
  const answer = async (path: string) => (await fetch(`${inbox}/api/v1/${path}`)).json();
  for (const until = Date.now() + 30_000; Date.now() < until; await wait(200)) {
    const { messages } = (await answer('messages')) as { messages: MessageSummary[] };
    const own = messages.find(({ To }) => To.some(({ Address }) => Address === donor.email));
    if (own) return ((await answer(`message/${own.ID}`)) as { HTML: string }).HTML;
  }
  throw new Error(`No mail to ${donor.email} came within 30 seconds.`);
}

async function takeMail(browser: Browser, html: string): Promise<Buffer> {
  const page = await openPage(browser, { width: mailWidth, height: phone.height });
  await page.setContent(html);
  return page.screenshot();
}

async function putSideBySide(browser: Browser, campaign: Buffer, mail: Buffer): Promise<Buffer> {
  const image = (picture: Buffer, width: number) =>
    `<img src="data:image/png;base64,${picture.toString('base64')}" width="${width}" height="${phone.height}">`;
  const page = await openPage(browser, { width: 1200, height: 800 });
  await page.setContent(`
    <style>
      body { margin: 0; font: 600 21px system-ui, sans-serif; color: #1c2340 }
      main { display: inline-flex; gap: 40px; padding: 28px 32px 34px; background: #e9edf5 }
      figure { margin: 0 }
      figcaption { margin-bottom: 14px }
      img { display: block }
      .phone { border: 10px solid #1c2340; border-radius: 38px; overflow: hidden }
      .mail { border: 10px solid #fff; border-radius: 12px; overflow: hidden }
    </style>
    <main>
      <figure><figcaption>Giving, on a phone</figcaption><div class="phone">${image(campaign, phone.width)}</div></figure>
      <figure><figcaption>The mail that says thank you</figcaption><div class="mail">${image(mail, mailWidth)}</div></figure>
    </main>`);
  return page.locator('main').screenshot();
}

const product = await openProduct();
const browser = await startChromium();
try {
  const campaign = await giveAndTakePage(browser, `${product.site}/campaigns/lai-chi-kok-warehouse`);
  const mail = await takeMail(browser, await arrivedMail(product.mail));
  const picture = await putSideBySide(browser, campaign, mail);
  await writeFile(pictureFile, picture);
  console.log(`${pictureFile}: ${Math.round(picture.length / 1000)} kB`);
} finally {
  await browser.close();
  await product.stop?.();
}

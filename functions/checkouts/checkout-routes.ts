import { type Context, Hono } from 'hono';
import { known } from '../campaigns/campaign-pages.ts';
import { Problem } from '../platform/errors.ts';
import { isCheckoutId } from '../platform/ids.ts';
import type { SiteDeps } from '../site/app.tsx';
import { languageOf } from '../site/languages.ts';
import { keys } from '../table/keys.ts';
import { readItems, type Table } from '../table/table.ts';
import type { Checkout } from './checkout.ts';
import { fromCheckoutItem } from './checkout-item.ts';
import { parseGiftCheckout } from './checkout-request.ts';
import { startGiftCheckout } from './start-checkout.ts';
import { thanksPage } from './thanks-page.tsx';

const largestBody = 65_536;

/** Starting a checkout and asking how it stands, as JSON; and the page after paying. */
export function checkoutRoutes(deps: SiteDeps): Hono {
  const app = new Hono();
  app.post('/api/campaigns/:slug/checkouts', async (c) => {
    const idempotencyKey = readIdempotencyKey(c);
    const body = await readJson(c);
    const { campaign } = await known(c.req.param('slug'), deps);
    const request = parseGiftCheckout(body);
    const caller = { address: deps.addressOf(c), idempotencyKey };
    return c.json(await startGiftCheckout(campaign.slug, request, caller, deps), 201);
  });
  app.get('/api/checkouts/:checkoutId', async (c) => {
    const { status, amount, campaign } = await knownCheckout(c.req.param('checkoutId'), deps.table);
    return c.json({ status, amount, campaign }, 200, { 'cache-control': 'no-store' });
  });
  for (const prefix of ['', '/zh']) {
    app.get(`${prefix}/thanks/:checkoutId`, async (c) => {
      const checkout = await knownCheckout(c.req.param('checkoutId'), deps.table);
      return c.html(thanksPage(checkout, languageOf(c.req.path), deps.demonstration));
    });
  }
  return app;
}

async function knownCheckout(id: string, table: Table): Promise<Checkout> {
  const key = keys.checkout(id);
  const item = isCheckoutId(id)
    ? (await readItems(table, [key], { consistent: true })).itemAt(key)
    : undefined;
  if (!item) throw new Problem('not-found', 'There is no such checkout.');
  return fromCheckoutItem(item);
}

/** The key of a JSON POST: 1 to 255 printable ASCII characters (the Idempotency-Key header's draft, section 2.1). */
function readIdempotencyKey(c: Context): string {
  const key = c.req.header('idempotency-key');
  if (!key) {
    throw new Problem(
      'idempotency-key-missing',
      'Send an Idempotency-Key header, for example a random UUID.',
      {
        errors: [{ pointer: 'Idempotency-Key', detail: 'A text that is new for each request.' }],
      },
    );
  }
  if (!/^[\x20-\x7e]{1,255}$/.test(key)) {
    throw new Problem('invalid', 'The Idempotency-Key has 1 to 255 printable ASCII characters.', {
      errors: [{ pointer: 'Idempotency-Key', detail: 'It has 1 to 255 printable ASCII characters.' }],
    });
  }
  return key;
}

async function readJson(c: Context): Promise<unknown> {
  const type = c.req.header('content-type') ?? '';
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(type)) {
    throw new Problem('media-type', 'Send the body as application/json.');
  }
  const body = await c.req.arrayBuffer();
  if (body.byteLength > largestBody) throw new Problem('body-too-large', 'The body has at most 64 kB.');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new Problem('not-json', 'The body is not JSON in UTF-8.');
  }
}

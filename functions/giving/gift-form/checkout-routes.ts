import { Hono } from 'hono';
import { type Checkout, coverOf } from '#payments/checkout/checkout.ts';
import { fromCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { Problem } from '#platform/errors.ts';
import { readIdempotencyKey, readJson } from '#platform/http/requests.ts';
import { isCheckoutId } from '#platform/id-shapes.ts';
import { stripeOfRequest } from '#platform/stripe/deadline.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import type { SiteDeps } from '#platform/web/site-deps.ts';
import type { CheckoutAnswer } from './checkout-answer.ts';
import { startGiftCheckout } from './start-checkout.ts';

/** Starting a checkout and asking how it stands, as JSON. */
export function checkoutRoutes(deps: SiteDeps): Hono {
  const app = new Hono();
  app.post('/api/campaigns/:slug/checkouts', async (c) => {
    const stripe = stripeOfRequest(deps);
    const idempotencyKey = readIdempotencyKey(c);
    const body = await readJson(c);
    const caller = { address: deps.addressOf(c), idempotencyKey };
    const { id, url } = await startGiftCheckout(c.req.param('slug'), body, caller, { ...deps, stripe });
    return c.json({ checkoutId: id, checkoutUrl: url }, 201);
  });
  app.get('/api/checkouts/:checkoutId', async (c) => {
    const checkout = await knownCheckout(c.req.param('checkoutId'), deps.table);
    const { status, amount, campaign } = checkout;
    const cover = coverOf(checkout);
    return c.json({ status, amount, cover, campaign } satisfies CheckoutAnswer, 200, {
      'cache-control': 'no-store',
    });
  });
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

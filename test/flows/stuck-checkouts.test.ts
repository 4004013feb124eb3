import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromCheckoutItem } from '../../functions/checkouts/checkout-item.ts';
import { checkSessions } from '../../functions/stripe/check-sessions.ts';
import { openStripe } from '../../functions/stripe/gateway.ts';
import { keys } from '../../functions/table/keys.ts';
import { readItems, type Table } from '../../functions/table/table.ts';
import type { LocalStripe } from '../../infra/local/stripe/server.ts';
import { payOnPage, silentStripe } from '../support/local-stripe.ts';
import { gift, postCheckout, secretKey, siteOn, storeCampaigns } from '../support/site.ts';
import { everything, freshTable } from '../support/table.ts';

let table: Table;
let local: LocalStripe;
let stripe: Stripe;

beforeEach(async () => {
  table = await freshTable();
  local = await silentStripe();
  stripe = openStripe(secretKey, local.url);
  await storeCampaigns(table);
});
afterEach(() => local.close());

const hour = 3_600_000;
const night = (after = 5 * hour) => ({
  table,
  stripe,
  random: () => 0,
  now: new Date(Date.now() + after),
});

async function start(number: number) {
  const answer = await postCheckout(siteOn(table, local.url), gift, { key: `key-${number}` });
  const { checkoutId } = (await answer.json()) as { checkoutId: string };
  return read(checkoutId);
}

async function read(checkoutId: string) {
  const item = (await readItems(table, [keys.checkout(checkoutId)], { consistent: true })).itemAt(
    keys.checkout(checkoutId),
  );
  if (!item) throw new Error('There is no such checkout.');
  return fromCheckoutItem(item);
}

const listed = async () => (await everything(table, 'attention')).map(({ kind, reason }) => [kind, reason]);

describe('a checkout whose events were all lost', () => {
  it('that was paid is booked once from its Session, with its thanks, and listed by name', async () => {
    const { id, sessionId = '' } = await start(1);
    await payOnPage(local, sessionId);
    expect(await checkSessions(night())).toEqual({ read: 1, repaired: 1, failed: 0 });
    expect((await read(id)).status).toBe('paid');
    expect(await everything(table, 'gift')).toEqual([
      expect.objectContaining({ checkoutId: id, amount: 50_000 }),
    ]);
    expect(await everything(table, 'outbox')).toHaveLength(1);
    expect(await listed()).toEqual([['checkout-repaired', 'booked']]);
    expect(await checkSessions(night())).toEqual({ read: 1, repaired: 0, failed: 0 });
    expect(await everything(table, 'ledger-entry')).toHaveLength(1);
  });

  it('that expired ends, and its person is let go; one that can still be paid is left alone', async () => {
    const [ended, waiting] = [await start(1), await start(2)];
    await stripe.checkout.sessions.expire(ended.sessionId ?? '');
    expect(await checkSessions(night())).toEqual({ read: 2, repaired: 1, failed: 0 });
    expect((await read(ended.id)).status).toBe('expired');
    expect((await read(waiting.id)).status).toBe('open');
    const person = (await everything(table, 'person')).find(({ pk }) => pk === keys.person(ended.id).pk);
    expect(person).toHaveProperty('ttl');
    expect(await listed()).toEqual([['checkout-repaired', 'moved']]);
  });

  it('is left to the hourly sweep while it is young', async () => {
    const { id, sessionId = '' } = await start(1);
    await payOnPage(local, sessionId);
    expect(await checkSessions(night(hour))).toEqual({ read: 0, repaired: 0, failed: 0 });
    expect((await read(id)).status).toBe('open');
  });
});

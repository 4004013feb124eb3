import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fromAttentionItem } from '#kernel/attention/attention-item.ts';
import { settleAttention } from '#kernel/attention/settle-attention.ts';
import { permit } from '#kernel/staff/rights.ts';
import { fromCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { openStripe } from '#payments/checkout/gateway.ts';
import { checkSessions } from '#payments/gifts/check-sessions.ts';
import { runParkedPayments } from '#payments/gifts/receive-payment.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import { inOrder } from '#platform/values.ts';
import type { LocalStripe } from '../../infra/local/stripe/server.ts';
import { control, payOnPage, sendOffOnPage, silentStripe } from '../support/local-stripe.ts';
import { outcomeOf, store, webhookOn } from '../support/payments.ts';
import { gift, postCheckout, secretKey, siteOn, storeCampaigns } from '../support/site.ts';
import { everything, freshTable } from '../support/table.ts';

const hour = 3_600_000;
const day = 24 * hour;
let table: Table;
let local: LocalStripe;
let stripe: Stripe;
let time: number;
const alarms: string[] = [];

beforeEach(async () => {
  time = Date.now();
  table = await freshTable();
  local = await silentStripe(() => time);
  stripe = openStripe(secretKey, local.url);
  await storeCampaigns(table);
  alarms.length = 0;
  vi.spyOn(console, 'log').mockImplementation((line: string) => {
    const { event, _aws } = JSON.parse(line) as { event: string; _aws?: object };
    if (_aws) alarms.push(event);
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await local.close();
});

const clock = () => new Date(time);

/** What a look finds so many milliseconds later, while Stripe's clock stands. */
const look = (after: number) =>
  checkSessions({ table, stripe, random: () => 0, now: new Date(time + after) });

/** What the look of a night finds, so many milliseconds later. */
function night(after = 5 * hour) {
  time += after;
  return look(0);
}

async function start(number: number) {
  // Each by another donor: a second start of the same one ends the first.
  const body = { ...gift, email: `donor-${number}@example.org` };
  const answer = await postCheckout(siteOn(table, local.url, { clock }), body, { key: `key-${number}` });
  const { checkoutId } = (await answer.json()) as { checkoutId: string };
  const { id, sessionId = '' } = await read(checkoutId);
  return { id, sessionId };
}

async function read(checkoutId: string) {
  const item = (await readItems(table, [keys.checkout(checkoutId)], { consistent: true })).itemAt(
    keys.checkout(checkoutId),
  );
  if (!item) throw new Error('There is no such checkout.');
  return fromCheckoutItem(item);
}

const settle = (sessionId: string, outcome: 'succeeded' | 'failed') =>
  control(local, `sessions/${sessionId}/settle`, { outcome });
const listed = async () => (await everything(table, 'attention')).map(({ kind, reason }) => [kind, reason]);
const personOf = async (checkoutId: string) =>
  (await everything(table, 'person')).find(({ pk }) => pk === keys.person(checkoutId).pk);
/** After how many days from now the data of a checkout's person ends; undefined when it is kept. */
const daysKept = async (checkoutId: string) => {
  const person = await personOf(checkoutId);
  return person?.ttl === undefined ? undefined : (Number(person.ttl) * 1000 - time) / day;
};
const books = async () => ({
  gifts: (await everything(table, 'gift')).map(({ checkoutId, amount }) => [checkoutId, amount]),
  entries: (await everything(table, 'ledger-entry')).length,
  thanks: (await everything(table, 'outbox')).map(({ template }) => template),
});
const nothing = { gifts: [], entries: 0, thanks: [] };
const booked = (checkoutId: string) => ({
  gifts: [[checkoutId, 50_000]],
  entries: 1,
  thanks: ['gift-received'],
});

/** Nothing in the table differs after another night. */
async function expectQuietNight(looked: { read: number }): Promise<void> {
  const stood = async () => (await everything(table)).map((item) => JSON.stringify(inOrder(item))).sort();
  const [before, rung] = [await stood(), alarms.length];
  expect(await night(hour)).toEqual({ ...looked, repaired: 0, failed: 0 });
  expect(await stood()).toEqual(before);
  expect(alarms).toHaveLength(rung);
}

describe('a checkout whose events were all lost', () => {
  it('that was paid is booked once from its Session, with its thanks, listed by name, and rings', async () => {
    const { id, sessionId } = await start(1);
    await payOnPage(local, sessionId);
    expect(await books()).toEqual(nothing);
    expect(await night()).toEqual({ read: 1, repaired: 1, failed: 0 });
    expect((await read(id)).status).toBe('paid');
    expect(await books()).toEqual(booked(id));
    expect(await daysKept(id), 'there is somebody to thank').toBeUndefined();
    expect(await listed()).toEqual([['checkout-repaired', 'booked']]);
    expect(alarms).toEqual(['CheckoutRepaired']);
    await expectQuietNight({ read: 1 });
  });

  it('keeps the person whom the projector lost, as long as their Session was made within five weeks', async () => {
    const { id, sessionId } = await start(1);
    await payOnPage(local, sessionId);
    const { data: events } = await stripe.events.list({ type: 'checkout.session.completed' });
    await webhookOn(table, { clock }).deliver(events[0] ?? {});
    expect(await daysKept(id)).toBeCloseTo(30, 0);
    expect(await night()).toEqual({ read: 1, repaired: 0, failed: 0 });
    expect(await daysKept(id)).toBeUndefined();
  });

  it('that was paid with a slow method is booked once the money came, with its thanks, listed by name, and rings', async () => {
    const { id, sessionId } = await start(1);
    await sendOffOnPage(local, sessionId);
    time += 6 * day;
    await settle(sessionId, 'succeeded');
    expect(await night()).toEqual({ read: 1, repaired: 1, failed: 0 });
    expect((await read(id)).status).toBe('paid');
    expect(await books()).toEqual(booked(id));
    expect(await listed()).toEqual([['checkout-repaired', 'booked']]);
    expect(alarms).toEqual(['CheckoutRepaired']);
    await expectQuietNight({ read: 1 });
  });

  it('and come after all, a week late, changes nothing any more', async () => {
    const { id, sessionId } = await start(1);
    await sendOffOnPage(local, sessionId);
    await settle(sessionId, 'succeeded');
    await night();
    const types = ['checkout.session.completed', 'checkout.session.async_payment_succeeded'];
    const { data: late } = await stripe.events.list({ types });
    const webhook = webhookOn(table, { clock });
    for (const event of late)
      expect(await outcomeOf(await webhook.deliver(event))).toMatch(/duplicate|unchanged/);
    expect(late).toHaveLength(2);
    expect(await books()).toEqual(booked(id));
    expect((await read(id)).status).toBe('paid');
  });

  it('on which the bank works is processing; each night on which it moves is listed anew and rings', async () => {
    const { id, sessionId } = await start(1);
    await sendOffOnPage(local, sessionId);
    expect(await night()).toEqual({ read: 1, repaired: 1, failed: 0 });
    expect((await read(id)).status).toBe('processing');
    expect(await books()).toEqual(nothing);
    expect(await daysKept(id), 'as long as a bank may work on it').toBeCloseTo(60, 0);
    expect(await listed()).toEqual([['checkout-repaired', 'moved']]);
    await expectQuietNight({ read: 1 });

    const may = permit({ id: 'sub-finance', roles: ['finance'] }, 'attention.settle');
    const about = { kind: 'checkout-repaired', id: sessionId } as const;
    await settleAttention(about, 'The endpoint was down.', 'a key', may, { table, now: clock() });
    await settle(sessionId, 'succeeded');
    expect(await night(4 * day)).toEqual({ read: 1, repaired: 1, failed: 0 });
    expect(await books()).toEqual(booked(id));
    const [attention] = (await everything(table, 'attention')).map(fromAttentionItem);
    expect(attention).toMatchObject({ id: sessionId, reason: 'booked', settled: undefined });
    expect(alarms).toEqual(['CheckoutRepaired', 'CheckoutRepaired']);
  });

  it.each([
    ['before anybody looked', false],
    ['after it was seen processing', true],
  ])(
    'that a bank refused at last, %s, has failed: its person is let go, and nothing is booked',
    async (_, seen) => {
      const { id, sessionId } = await start(1);
      await sendOffOnPage(local, sessionId);
      if (seen) await night();
      await settle(sessionId, 'failed');
      expect(await night()).toEqual({ read: 1, repaired: 1, failed: 0 });
      expect((await read(id)).status).toBe('failed');
      expect(await books()).toEqual(nothing);
      expect(await daysKept(id)).toBeCloseTo(1, 0);
      expect(await listed()).toEqual([['checkout-repaired', 'moved']]);
      await expectQuietNight({ read: 1 });
    },
  );

  it('that expired ends, and its person is let go; one that can still be paid is left alone', async () => {
    const [ended, waiting] = [await start(1), await start(2)];
    await stripe.checkout.sessions.expire(ended.sessionId);
    expect(await look(5 * hour)).toEqual({ read: 2, repaired: 1, failed: 0 });
    expect((await read(ended.id)).status).toBe('expired');
    expect((await read(waiting.id)).status).toBe('open');
    expect(await daysKept(ended.id)).toBeCloseTo(1, 0);
    expect(await daysKept(waiting.id)).toBeCloseTo(30, 0);
    expect(await listed()).toEqual([['checkout-repaired', 'moved']]);
    expect(await look(6 * hour)).toEqual({ read: 2, repaired: 0, failed: 0 });
  });

  it('is left to the hourly sweep while it is young', async () => {
    const { id, sessionId } = await start(1);
    await payOnPage(local, sessionId);
    expect(await night(hour)).toEqual({ read: 0, repaired: 0, failed: 0 });
    expect((await read(id)).status).toBe('open');
  });

  it('is found behind a hundred Sessions of another product, which are none of ours', async () => {
    const { id, sessionId } = await start(1);
    await payOnPage(local, sessionId);
    const price_data = { currency: 'hkd', unit_amount: 1000, product_data: { name: 'Tea' } };
    for (let number = 1; number <= 100; number += 1) {
      await stripe.checkout.sessions.create({
        mode: 'payment',
        line_items: [{ quantity: 1, price_data }],
        success_url: 'https://shop.example.org/done',
      });
    }
    expect(await night()).toEqual({ read: 1, repaired: 1, failed: 0 });
    expect(await books()).toEqual(booked(id));
  });

  it('that cannot be settled fails the run at its end, after the others were', async () => {
    const [broken, whole] = [await start(1), await start(2)];
    for (const { sessionId } of [broken, whole]) await payOnPage(local, sessionId);
    table.client.middlewareStack.add(
      (next) => (args) => {
        const { TransactItems: items = [] } = args.input as { TransactItems?: object[] };
        if (JSON.stringify(items).includes(broken.id)) throw new Error('The table does not answer.');
        return next(args);
      },
      { step: 'initialize', name: 'brokenCheckout' },
    );
    await expect(night()).rejects.toThrow('1 checkouts could not be settled.');
    expect(await books()).toEqual(booked(whole.id));
    table.client.middlewareStack.remove('brokenCheckout');
    expect(await night(hour)).toEqual({ read: 2, repaired: 1, failed: 0 });
    expect((await books()).entries).toBe(2);
  });
});

describe('a Session whose checkout is not in the table', () => {
  /** Starts a checkout and loses its item. */
  async function lose(number: number) {
    const { id, sessionId } = await start(number);
    const { pk, sk } = keys.checkout(id);
    const checkout = await read(id);
    await table.client.send(new DeleteCommand({ TableName: table.name, Key: { pk, sk } }));
    return { checkout, sessionId };
  }

  const sweep = () =>
    runParkedPayments({
      table,
      now: clock(),
      random: () => 0,
      carriesOurKey: () => Promise.resolve(true),
    });

  it('and that was paid waits for it an hour, and is booked once when it comes', async () => {
    const { checkout, sessionId } = await lose(1);
    await payOnPage(local, sessionId);
    expect(await night()).toMatchObject({ read: 1, failed: 0 });
    expect(await books()).toEqual(nothing);
    expect(await everything(table, 'parked')).toHaveLength(1);
    expect(await listed()).toEqual([]);
    await store(table, checkout);
    expect(await sweep()).toMatchObject({ booked: 1 });
    expect(await books()).toEqual(booked(checkout.id));
    await expectQuietNight({ read: 1 });
  });

  it('and that was paid is listed once for a person when it never comes, however many nights look', async () => {
    const { sessionId } = await lose(1);
    await payOnPage(local, sessionId);
    await night();
    time += 2 * hour;
    expect(await sweep()).toMatchObject({ alarmed: 1 });
    expect(alarms).toEqual(['ParkedWithOurKey']);
    expect(await listed()).toEqual([['parked-with-our-key', undefined]]);
    await expectQuietNight({ read: 1 });
    await expectQuietNight({ read: 1 });
  });

  it('and that was not paid is nothing to do', async () => {
    const [expired, failed, sentOff] = [await lose(1), await lose(2), await lose(3)];
    await stripe.checkout.sessions.expire(expired.sessionId);
    for (const { sessionId } of [failed, sentOff]) await sendOffOnPage(local, sessionId);
    await settle(failed.sessionId, 'failed');
    time += 5 * hour;
    await expectQuietNight({ read: 3 });
    expect(await listed()).toEqual([]);
  });
});

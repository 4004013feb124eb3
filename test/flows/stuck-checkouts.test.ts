import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type Stripe from 'stripe';
import { describe, expect } from 'vitest';
import { recordFees } from '#accounting/payouts/record-fees.ts';
import { acceptDifference } from '#accounting/reconciliation/accept-difference.ts';
import { differenceId } from '#accounting/reconciliation/difference.ts';
import { toNewDifference } from '#accounting/reconciliation/difference-item.ts';
import { reconcile } from '#accounting/reconciliation/reconcile.ts';
import { sweepEvents } from '#apps/webhooks/sweep-events.ts';
import { permit } from '#kernel/staff/rights.ts';
import { fromCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { openStripe } from '#payments/checkout/gateway.ts';
import { expireCheckout } from '#payments/checkout/transition-checkout.ts';
import { runParkedPayments } from '#payments/payment/record-payment.ts';
import type { Parts } from '#payments/received/parts.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';
import { inOrder } from '#platform/values.ts';
import { control, payOnPage, sendOffOnPage, silentStripe, stripeBut } from '../support/local-stripe.ts';
import { outcomeOf, store, webhookOn } from '../support/payments.ts';
import { gift, postCheckout, secretKey, siteOn } from '../support/site.ts';
import { standIn } from '../support/stand-in.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Days at Stripe and here, under one clock that the test moves. */
const it = campaignStory.extend('days', { auto: true }, async ({ log, table }, { onCleanup }) => {
  const time = { now: Date.now() };
  const local = await silentStripe(() => time.now);
  const stripe = openStripe(secretKey, local.url);

  onCleanup(async () => {
    await local.close();
  });

  const alarms = () => log.metrics.map(({ event }) => event);

  const clock = () => new Date(time.now);

  const at = () => ({ table, stripe, random: () => 0, now: clock() });

  /** What the night finds, so many milliseconds later; the hour has booked the fees before. */
  async function night(after = 5 * hour) {
    time.now += after;
    await recordFees(at());
    return reconcile(at());
  }

  /** What the hour's sweep of Stripe's events finds. */
  const sweep = () => sweepEvents('all', { ...at(), livemode: false });

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

  /** Stripe moves the money a moment after it was paid. */
  async function moveMoney(): Promise<void> {
    time.now += 61_000;
    await stripe.balance.retrieve();
  }

  async function pay(sessionId: string): Promise<void> {
    await payOnPage(local, sessionId);
    await moveMoney();
  }

  async function endPayment(sessionId: string, outcome: 'succeeded' | 'failed'): Promise<void> {
    await control(local, `sessions/${sessionId}/settle`, { outcome });
    await moveMoney();
  }

  const listed = async () =>
    (await everything(table, 'attention')).map(({ kind, reason }) => [kind, reason]).sort();

  /** After how many days from now the data of a checkout's person ends; undefined when it is kept. */
  const daysKept = async (checkoutId: string) => {
    const person = (await everything(table, 'person')).find(({ pk }) => pk === keys.person(checkoutId).pk);
    return person?.ttl === undefined ? undefined : (Number(person.ttl) * 1000 - time.now) / day;
  };

  const books = async () => ({
    gifts: (await everything(table, 'payment')).map(({ checkoutId, parts }) => [
      checkoutId,
      (parts as Parts).gift,
    ]),
    entries: (await everything(table, 'ledger-entry')).filter(({ sk }) => sk === 'payment').length,
    thanks: (await everything(table, 'outbox')).map(({ template }) => template),
  });

  /** What the books hold, without its times. */
  const facts = async () =>
    (await everything(table))
      .filter(({ entity, sk }) => bookedEntities.has(entity) && sk !== 'fee')
      .map(({ at: _, paidAt: _p, createdAt: _c, list: _l, listOrder: _o, ...item }) =>
        JSON.stringify(inOrder(item)),
      )
      .sort();

  /** Nothing but how far the tasks have read differs after another night. */
  async function expectQuietNight(): Promise<void> {
    const stood = async () =>
      (await everything(table))
        .filter(({ entity }) => entity !== 'cursor')
        .map(({ lastSeen: _, ...item }) => JSON.stringify(inOrder(item)))
        .sort();
    // What was booked is kept by the projector; here the second night does it.
    await night(hour);
    const [before, rung] = [await stood(), alarms().length];
    expect(await night(hour)).toMatchObject({ repaired: 0 });
    expect(await stood()).toEqual(before);
    expect(alarms()).toHaveLength(rung);
  }

  /** Pays a checkout and loses its item. */
  async function lose() {
    const { id, sessionId } = await start(1);
    const { pk, sk } = keys.checkout(id);
    const checkout = await read(id);
    await table.client.send(new DeleteCommand({ TableName: table.name, Key: { pk, sk } }));
    await pay(sessionId);
    return checkout;
  }

  const runParked = () => runParkedPayments({ ...at(), whose: () => Promise.resolve('ours' as const) });

  /** Nobody delivers anything to these tests; ten days later the sweep runs again. */
  async function away(act: () => Promise<unknown>): Promise<void> {
    expect(await sweep()).toMatchObject({ read: 0 });
    time.now += hour;
    await act();
    time.now += 10 * day;
  }

  return {
    alarms,
    start,
    pay,
    books,
    night,
    read,
    listed,
    expectQuietNight,
    daysKept,
    stripe,
    facts,
    clock,
    local,
    time,
    endPayment,
    lose,
    runParked,
    away,
    sweep,
    at,
  };
});

const bookedEntities: ReadonlySet<unknown> = new Set([
  'payment',
  'ledger-entry',
  'totals',
  'checkout',
  'outbox',
]);
const nothing = { gifts: [], entries: 0, thanks: [] };
const booked = (checkoutId: string) => ({
  gifts: [[checkoutId, 50_000]],
  entries: 1,
  thanks: ['gift-received'],
});

describe('a payment of which every event was lost', () => {
  it('is booked once in the night, with its thanks, listed by name, and rings', async ({
    days: { alarms, start, pay, books, night, read, listed, expectQuietNight, daysKept },
  }) => {
    const { id, sessionId } = await start(1);
    await pay(sessionId);
    expect(await books()).toEqual(nothing);
    expect(await night()).toMatchObject({ repaired: 1, differences: 0 });
    expect((await read(id)).status).toBe('paid');
    expect(await books()).toEqual(booked(id));
    expect(await listed()).toEqual([['checkout-repaired', 'booked']]);
    expect(alarms()).toEqual(['CheckoutRepaired']);
    await expectQuietNight();
    expect(await daysKept(id), 'there is a donor to thank').toBeUndefined();
  });

  it('is booked as the webhook books it, at the time at which the money moved', async ({
    table,
    days: { start, pay, stripe, night, facts, clock },
  }) => {
    const { sessionId } = await start(1);
    await pay(sessionId);
    const { data: events } = await stripe.events.list({ type: 'checkout.session.completed' });
    const before = await everything(table);
    await night();
    const repaired = await facts();
    const [gift] = await everything(table, 'payment');
    expect(Date.parse(gift?.at as string) / 1000 - (events[0]?.created ?? 0)).toBeLessThan(90);
    for (const { pk, sk } of await everything(table)) {
      await table.client.send(new DeleteCommand({ TableName: table.name, Key: { pk, sk } }));
    }
    for (const Item of before) await table.client.send(new PutCommand({ TableName: table.name, Item }));
    await webhookOn(table, { clock, random: () => 0 }).deliver(events[0] ?? {});
    expect(repaired).toEqual(await facts());
    expect(repaired).toHaveLength(5);
  });

  it('with a slow method is booked once the money came, and not before', async ({
    days: { start, local, night, books, time, endPayment, read, expectQuietNight },
  }) => {
    const { id, sessionId } = await start(1);
    await sendOffOnPage(local, sessionId);
    expect(await night()).toMatchObject({ repaired: 0 });
    expect(await books()).toEqual(nothing);
    time.now += 6 * day;
    await endPayment(sessionId, 'succeeded');
    expect(await night()).toMatchObject({ repaired: 1 });
    expect((await read(id)).status).toBe('paid');
    expect(await books()).toEqual(booked(id));
    await expectQuietNight();
  });

  it('changes nothing any more when its events come after all, a week late', async ({
    table,
    days: { start, local, endPayment, night, stripe, clock, books, read },
  }) => {
    const { id, sessionId } = await start(1);
    await sendOffOnPage(local, sessionId);
    await endPayment(sessionId, 'succeeded');
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

  it('is booked and listed when its checkout has expired here', async ({
    table,
    days: { start, pay, clock, night, books, listed },
  }) => {
    const { id, sessionId } = await start(1);
    await pay(sessionId);
    await expireCheckout(id, { table, now: clock() });
    expect(await night()).toMatchObject({ repaired: 1 });
    expect(await books()).toEqual(booked(id));
    expect(await listed()).toEqual([['checkout-repaired', 'late']]);
  });

  it('is left to the sweep while it is young', async ({ days: { start, pay, night, read } }) => {
    const { id, sessionId } = await start(1);
    await pay(sessionId);
    expect(await night(hour)).toMatchObject({ movements: 0, repaired: 0 });
    expect((await read(id)).status).toBe('open');
  });

  it('is left alone once a person accepted it as a difference, because a correction may stand for it', async ({
    table,
    days: { start, pay, stripe, clock, night, books },
  }) => {
    const { sessionId } = await start(1);
    await pay(sessionId);
    const { payment_intent: payment } = await stripe.checkout.sessions.retrieve(sessionId);
    const named = {
      kind: 'unknown-charge',
      stripeId: payment as string,
      amount: 50_000,
      at: clock(),
    } as const;
    await commit(table, () => ({ difference: toNewDifference(named, clock()) }));
    const may = permit({ id: 'sub-finance', roles: ['finance'] }, 'ledger.enter');
    await acceptDifference(
      { id: differenceId(named), reason: 'Corrected by hand.', idempotencyKey: 'a key', permit: may },
      { table, now: clock() },
    );
    expect(await night()).toMatchObject({ repaired: 0, differences: 0 });
    expect(await books()).toEqual(nothing);
  });

  it('that cannot be booked fails the run at its end, after the others were, and stands as a difference', async ({
    table,
    days: { alarms, start, pay, night, books },
  }) => {
    const [broken, whole] = [await start(1), await start(2)];
    for (const { sessionId } of [broken, whole]) await pay(sessionId);
    table.client.middlewareStack.add(
      (next) => (args) => {
        const { TransactItems: items = [] } = args.input as { TransactItems?: object[] };
        if (JSON.stringify(items).includes(broken.id)) throw new Error('The table does not answer.');
        return next(args);
      },
      { step: 'initialize', name: 'brokenCheckout' },
    );
    await expect(night()).rejects.toThrow('1 parts, or items, of the comparison could not be done.');
    expect(await books()).toEqual(booked(whole.id));
    expect(alarms().filter((each) => each === 'BooksDiffer')).toHaveLength(1);
    table.client.middlewareStack.remove('brokenCheckout');
    expect(await night(hour)).toMatchObject({ repaired: 1, differences: 0, resolved: 1 });
    expect((await books()).entries).toBe(2);
  });
});

describe('a payment that is booked', () => {
  it('has its person’s data kept by the night’s run where the projector lost that', async ({
    table,
    days: { start, pay, stripe, clock, daysKept, night },
  }) => {
    const { id, sessionId } = await start(1);
    await pay(sessionId);
    const { data: events } = await stripe.events.list({ type: 'checkout.session.completed' });
    await webhookOn(table, { clock }).deliver(events[0] ?? {});
    expect(await daysKept(id)).toBeCloseTo(30, 0);
    expect(await night()).toMatchObject({ repaired: 0 });
    expect(await daysKept(id)).toBeUndefined();
  });
});

describe('a payment whose checkout is not in the table', () => {
  it('waits for it an hour, and is booked once when it comes', async ({
    table,
    days: { lose, night, books, runParked, expectQuietNight },
  }) => {
    const checkout = await lose();
    expect(await night()).toMatchObject({ repaired: 0, differences: 1 });
    expect(await books()).toEqual(nothing);
    expect(await everything(table, 'parked')).toHaveLength(1);
    await store(table, checkout);
    expect(await runParked()).toMatchObject({ booked: 1 });
    expect(await books()).toEqual(booked(checkout.id));
    expect(await night(hour)).toMatchObject({ differences: 0, resolved: 1 });
    await expectQuietNight();
  });

  it('is listed once for a person when it never comes, however many nights look', async ({
    table,
    days: { alarms, lose, night, time, runParked, expectQuietNight },
  }) => {
    await lose();
    await night();
    // The first sweep of an hour looks back further than the others.
    time.now = Math.ceil(time.now / hour + 2) * hour;
    expect(await runParked()).toMatchObject({ alarmed: 1 });
    expect(alarms()).toEqual(['BooksDiffer', 'ParkedWithOurKey']);
    await expectQuietNight();
    await expectQuietNight();
    expect(await everything(table, 'parked')).toEqual([]);
  });
});

describe('a checkout whose events came while webhook and sweep were both away', () => {
  it('fails when its bank says so, and its person’s data ends', async ({
    days: { alarms, start, away, local, time, endPayment, sweep, read, daysKept, books },
  }) => {
    const { id, sessionId } = await start(1);
    await away(async () => {
      await sendOffOnPage(local, sessionId);
      time.now += day;
      await endPayment(sessionId, 'failed');
    });
    expect(await sweep()).toMatchObject({ late: 2, failed: 0 });
    expect((await read(id)).status).toBe('failed');
    expect(await daysKept(id)).toBeCloseTo(1, 0);
    expect(await books()).toEqual(nothing);
    expect(alarms()).toEqual(['EventUndelivered', 'EventUndelivered']);
  });

  it('is processing while a bank works on it, and its person is kept as long', async ({
    days: { start, away, local, sweep, read, daysKept },
  }) => {
    const { id, sessionId } = await start(1);
    await away(() => sendOffOnPage(local, sessionId));
    expect(await sweep()).toMatchObject({ late: 1 });
    expect((await read(id)).status).toBe('processing');
    expect(await daysKept(id)).toBeCloseTo(60, 0);
  });

  it('is expired, and paid where it was paid', async ({
    days: { start, away, stripe, pay, sweep, read, books },
  }) => {
    const [ended, paid] = [await start(1), await start(2)];
    await away(async () => {
      await stripe.checkout.sessions.expire(ended.sessionId);
      await pay(paid.sessionId);
    });
    expect(await sweep()).toMatchObject({ late: 2 });
    expect((await read(ended.id)).status).toBe('expired');
    expect(await books()).toEqual(booked(paid.id));
    expect(await sweep()).toMatchObject({ read: 0 });
  });

  it('is caught up on by the next run when this one could not, and an event that can never be taken holds up nothing', async ({
    days: { start, away, stripe, local, at, read, time, sweep },
  }) => {
    const { id, sessionId } = await start(1);
    await away(() => stripe.checkout.sessions.expire(sessionId));
    const proxy = await stripeBut(local, (path, _, query) =>
      path === '/v1/events' && !query.has('delivery_success')
        ? new Response('{}', { status: 400 })
        : undefined,
    );
    const refused = { ...at(), livemode: false, stripe: openStripe(secretKey, proxy.url) };
    await expect(sweepEvents('all', refused)).rejects.toThrow('could not be taken');
    await proxy.close();
    expect((await read(id)).status).toBe('open');
    time.now += hour;
    const [event] = (await stripe.events.list({ type: 'checkout.session.expired' })).data;
    const odd = { ...event, id: 'evt_odd', created: 'never' };
    const list: Stripe['events']['list'] = (query, options) => {
      const real = stripe.events.list(query, options);
      return standIn<ReturnType<Stripe['events']['list']>>({
        async *[Symbol.asyncIterator]() {
          yield odd;
          yield* real;
        },
      });
    };
    const withOdd = standIn<Stripe>({ events: { list } });
    await expect(sweepEvents('all', { ...at(), livemode: false, stripe: withOdd })).rejects.toThrow('taken');
    expect((await read(id)).status).toBe('expired');
    expect(await sweep()).toMatchObject({ read: 0, failed: 0 });
  });
});

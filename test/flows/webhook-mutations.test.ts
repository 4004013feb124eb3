import fc from 'fast-check';
import type Stripe from 'stripe';
import { describe, expect } from 'vitest';
import { eventTable } from '#apps/webhooks/events.ts';
import { sweepEvents } from '#apps/webhooks/sweep-events.ts';
import { addUp } from '#kernel/totals/totals.ts';
import { fromTotalsItem } from '#kernel/totals/totals-item.ts';
import type { Item } from '#platform/table/table.ts';
import { aCheckout, now, outcomeOf, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { standIn } from '../support/stand-in.ts';
import { story } from '../support/story.ts';
import {
  changedAt,
  oddValues,
  pathsOf,
  removed,
  type SubscribedType,
  subscribedEvents,
} from '../support/subscribed-events.ts';
import { everything } from '../support/table.ts';

const types = Object.keys(eventTable) as SubscribedType[];

/** A webhook, and what it writes into the table. */
const it = story.extend('webhook', async ({ table }) => {
  const deliver = async (event: object) => outcomeOf(await webhookOn(table).deliver(event));

  const totals = async () => addUp((await everything(table, 'totals')).map(fromTotalsItem), undefined);

  return { deliver, totals };
});

/** Keys as all of ours look: readable, short, and never of a value that was none. */
function oddKeys(items: readonly Item[]): string[] {
  return items
    .flatMap(({ pk, sk, list, listOrder }) => [pk, sk, list, listOrder])
    .filter((key) => key !== undefined)
    .map(String)
    .filter((key) => !/^[\w#:./+-]{1,600}$/.test(key) || /null|undefined|NaN|object Object|#$|##/.test(key));
}

describe('a signed event of', () => {
  it('every type that we subscribe to is taken as Stripe sends it', async ({
    table,
    log,
    webhook: { deliver },
  }) => {
    const events = subscribedEvents(1);
    await store(table, aCheckout(1));
    for (const type of types) expect([type, await deliver(events[type])]).not.toContain('status 400');
    expect(log.metrics.map(({ event }) => event)).not.toContain('EventUnusable');
  });

  it('any type with a field that is missing or odd is answered 2xx or 4xx, and leaves nothing under an odd key', async ({
    table,
    webhook: { deliver },
  }) => {
    let number = 0;
    const answers = new Map<number, number>();
    const mutation = fc.record({
      type: fc.constantFrom(...types),
      // Where and what: two places at once, so that one odd field cannot hide behind another.
      changes: fc.array(fc.tuple(fc.nat(), fc.constantFrom(...oddValues)), { minLength: 1, maxLength: 2 }),
      isPaid: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(mutation, async ({ type, changes, isPaid }) => {
        number += 1;
        const events = subscribedEvents(number);
        await store(table, aCheckout(number));
        if (isPaid) await deliver(events['checkout.session.completed']);
        let event: object = events[type];
        for (const [where, value] of changes) {
          const paths = pathsOf(event);
          event = changedAt(event, paths[where % paths.length] ?? [], value);
        }
        const { status } = await webhookOn(table).deliver(event);
        answers.set(status, (answers.get(status) ?? 0) + 1);
        expect([200, 400]).toContain(status);
      }),
      { numRuns: Number(process.env.MUTATIONS ?? 300), seed: Number(process.env.MUTATIONS_SEED ?? 6) },
    );
    // Both happen, so that the events are neither all refused nor all taken.
    expect([...answers.keys()].sort()).toEqual([200, 400]);
    expect(oddKeys(await everything(table))).toEqual([]);
  }, 300_000);

  it.for<[SubscribedType, string, unknown]>([
    ['refund.created', 'data.object.created', removed],
    ['refund.created', 'data.object.amount', -20_000],
    ['refund.updated', 'data.object.id', null],
    ['refund.failed', 'data.object.amount', 0.5],
    ['payout.paid', 'data.object.id', null],
    ['payout.paid', 'data.object.id', 'null'],
    ['payout.paid', 'data.object.created', 'NaN'],
    ['payout.failed', 'data.object.arrival_date', removed],
    ['payout.canceled', 'data.object.amount', 1e21],
    ['charge.dispute.closed', 'data.object.id', 'du_#1'],
    ['radar.early_fraud_warning.created', 'data.object.fraud_type', {}],
    ['payment_intent.payment_failed', 'data.object.metadata', ['x']],
    ['payment_intent.payment_failed', 'data.object.metadata.fund', 'a#b'],
    ['checkout.session.completed', 'object', 'v2.core.event'],
    ['checkout.session.completed', 'data.object.metadata.fund', ''],
  ])(
    '%s whose %s is %j is answered 400, counted under that path, and stores nothing',
    async ([type, path, value], { table, log }) => {
      const event = changedAt(subscribedEvents(1)[type], path.split('.'), value);
      const answer = await webhookOn(table).deliver(event);
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(path)]);
      expect(log.metrics).toMatchObject([{ event: 'EventUnusable', field: path }]);
      expect(await everything(table)).toEqual([]);
    },
  );

  it('any type passes with fields and kinds that are new at Stripe', async ({
    table,
    webhook: { deliver },
  }) => {
    const events = subscribedEvents(1);
    await store(table, aCheckout(1));
    const news = ['status', 'fraud_type', 'a_new_field'] as const;
    for (const type of types) {
      let event = events[type];
      for (const name of news) event = changedAt(event, ['data', 'object', name], 'new_at_stripe');
      expect([type, await deliver(changedAt(event, ['a_new_field'], { deep: [1] }))]).not.toContain(
        'status 400',
      );
    }
  });

  it('a type that we do not know is ignored, a thin one too', async ({ table, webhook: { deliver } }) => {
    const { data: _, ...thin } = sessionEvent(aCheckout(1));
    const type = 'v1.billing.meter.error_report_triggered';
    expect(await deliver({ ...thin, object: 'v2.core.event', type, created: '2026-11-22T12:00:00Z' })).toBe(
      'ignored',
    );
    expect(await deliver({ ...sessionEvent(aCheckout(1)), type: 'toString' })).toBe('ignored');
    expect(await everything(table)).toEqual([]);
  });

  it('a payment or refund of a negative or absurd amount moves no total and no account', async ({
    table,
    webhook: { deliver, totals },
  }) => {
    await store(table, aCheckout(1));
    await deliver(sessionEvent(aCheckout(1)));
    const before = [await totals(), await everything(table, 'ledger-entry')];
    const amounts = [-1, -50_000, 0, 0.5, 100_000_000, 2 ** 53 - 1, 2 ** 53, 1e21, '50000', null];
    for (const amount of amounts) {
      await store(table, aCheckout(2));
      const payment = changedAt(
        subscribedEvents(2)['checkout.session.completed'],
        ['data', 'object', 'amount_total'],
        amount,
      );
      expect([amount, await deliver(payment)]).toEqual([amount, 'status 400']);
      for (const type of ['refund.created', 'refund.updated', 'refund.failed'] as const) {
        const refund = changedAt(subscribedEvents(1)[type], ['data', 'object', 'amount'], amount);
        expect([amount, await deliver(refund)]).toEqual([amount, 'status 400']);
      }
    }
    // More than the payment was, which Stripe never refunds at once.
    const above = changedAt(subscribedEvents(1)['refund.created'], ['data', 'object', 'amount'], 50_001);
    expect(await deliver(above)).toBe('status 400');
    expect([await totals(), await everything(table, 'ledger-entry')]).toEqual(before);
  });

  it("Stripe's list that cannot be taken is counted, and keeps none of the others from being taken", async ({
    table,
    log,
  }) => {
    await store(table, aCheckout(1));
    const broken = (['refund.created', 'payout.paid', 'charge.dispute.created'] as const).map((type) =>
      changedAt(subscribedEvents(2)[type], ['data', 'object', 'id'], 'z'.repeat(3000)),
    );
    const listed = [...broken, sessionEvent(aCheckout(1))];
    const list = async function* () {
      yield* listed;
    };
    const stripe = standIn<Stripe>({ events: { list } });
    const later = new Date(now.getTime() + 3_600_000);
    const swept = sweepEvents('all', { table, stripe, now: later, random: Math.random, livemode: false });
    await expect(swept).rejects.toThrow("3 of Stripe's events could not be taken.");
    expect(await everything(table, 'payment')).toHaveLength(1);
    const unusable = log.metrics.filter(({ event }) => event === 'EventUnusable');
    expect(unusable.map(({ field, type }) => [field, type])).toEqual(
      broken.map(({ type }) => ['data.object.id', type]),
    );
  });
});

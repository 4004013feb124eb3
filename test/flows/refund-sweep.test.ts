import type Stripe from 'stripe';
import { describe, expect } from 'vitest';
import { sweepEvents } from '#apps/webhooks/sweep-events.ts';
import type { Whose } from '#payments/payment/ask-whose.ts';
import { runParkedRefunds } from '#payments/refunds/receive-refund.ts';
import { aCheckout, now, outcomeOf, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { aRefund, bookGift, booksOf, days, refundEvent, standing } from '../support/refunds.ts';
import { standIn } from '../support/stand-in.ts';
import { story } from '../support/story.ts';
import { everything, freshTable } from '../support/table.ts';

const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

/** A webhook, and the sweep of what it parked. */
const it = story.extend('webhook', async ({ table }) => {
  const deliver = async (event: object, to = table) => outcomeOf(await webhookOn(to).deliver(event));

  const run = (at: Date, whose: () => Promise<Whose>) =>
    runParkedRefunds({ table, now: at, random: Math.random, whose });

  return { deliver, run };
});

describe('a refund whose gift is not there', () => {
  const never = () => Promise.reject(new Error('Stripe is asked only after an hour.'));
  const created = refundEvent('refund.created', aRefund(1));
  const failed = refundEvent('refund.failed', aRefund(1, { status: 'failed' }), { at: days(1) });

  it('is parked, with its failure, and booked by the sweep once the gift is: as if all had come in order', async ({
    table,
    webhook: { deliver, run },
  }) => {
    expect(await deliver(failed)).toBe('parked');
    expect(await deliver(created)).toBe('parked');
    expect(await deliver(created)).toBe('parked');
    expect(await run(minutes(5), never)).toMatchObject({ waiting: 2, booked: 0 });
    await store(table, aCheckout(1));
    await deliver(sessionEvent(aCheckout(1)));
    expect(await run(minutes(10), never)).toMatchObject({ waiting: 0, booked: 2 });
    const parked = await booksOf(table);
    const other = await freshTable();
    await bookGift(other);
    await deliver(created, other);
    await deliver(failed, other);
    expect(parked).toEqual(await booksOf(other));
  });

  it('is dropped after an hour when its payment belongs to another product', async ({
    table,
    log,
    webhook: { deliver, run },
  }) => {
    await deliver(created);
    expect(await run(minutes(59), never)).toMatchObject({ waiting: 1 });
    expect(await run(minutes(61), () => Promise.resolve('another'))).toMatchObject({ dropped: 1 });
    expect(await everything(table)).toEqual([]);
    expect(log.metrics.map(({ event }) => event)).toEqual([]);
  });

  it('is listed for a person after an hour when its payment carries our key', async ({
    table,
    log,
    webhook: { deliver, run },
  }) => {
    await deliver(created);
    expect(await run(minutes(61), () => Promise.resolve('ours'))).toMatchObject({ alarmed: 1 });
    expect(await everything(table)).toMatchObject([
      { entity: 'attention', kind: 'refund-parked', id: 're_1', parked: { amount: 20_000 } },
    ]);
    expect(log.metrics.map(({ event }) => event)).toEqual(['RefundNeedsPerson']);
  });
});

describe('the hourly comparison with Stripe’s events', () => {
  it('books refunds and failures that were not delivered, rings for them, and leaves booked ones alone', async ({
    table,
    log,
  }) => {
    await bookGift(table);
    const events = [
      refundEvent('refund.created', aRefund(1)),
      refundEvent('refund.created', aRefund(2, { amount: 10_000 })),
      refundEvent('refund.failed', aRefund(2, { amount: 10_000, status: 'failed' }), { at: minutes(1) }),
    ];
    const list = () => ({
      async *[Symbol.asyncIterator]() {
        yield* [...events].reverse();
      },
    });
    const stripe = standIn<Stripe>({ events: { list } });
    const sweep = () =>
      sweepEvents('all', { table, stripe, now: days(2), random: Math.random, livemode: false });
    expect(await sweep()).toMatchObject({ read: 3, taken: 3, late: 3, failed: 0 });
    expect(await standing(table)).toMatchObject({ refunded: 20_000, raised: 30_000 });
    expect(log.metrics.filter(({ event }) => event === 'EventUndelivered')).toHaveLength(3);
    const books = await booksOf(table);
    expect(await sweep()).toMatchObject({ read: 3, taken: 0, late: 0 });
    expect(await booksOf(table)).toEqual(books);
  });
});

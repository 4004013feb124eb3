import { describe, expect } from 'vitest';
import { toClosedMonthItem } from '#kernel/ledger/closed-month-item.ts';
import { toMetadata } from '#payments/checkout/metadata.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { recordPayment } from '#payments/payment/record-payment.ts';
import { recordRefund } from '#payments/refunds/record-refund.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';
import { paidCheckout } from '../support/paid-checkout.ts';
import { aCheckout, now, outcomeOf, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { readableLedger } from '../support/readable-ledger.ts';
import { story } from '../support/story.ts';
import { everything, putAll } from '../support/table.ts';

const fund = 'lai-chi-kok-warehouse';
const order = aCheckout(1, {
  lines: [
    { kind: 'ticket', type: 'early-bird', quantity: 2, amount: 30_000 },
    { kind: 'gift', amount: 50_000 },
    { kind: 'cover', amount: 2003 },
  ],
});

const it = story.extend('books', ({ table }) => ({
  deliver: async (event: object) => outcomeOf(await webhookOn(table).deliver(event)),
  parts: async () => (await everything(table, 'payment')).map((item) => fromPaymentItem(item).parts),
  called: async () => (await everything(table, 'attention')).map(({ kind }) => kind),
}));

describe('an order of three parts', () => {
  it('is booked by its parts, each on its own account, and refunded in their order', async ({
    table,
    books,
  }) => {
    await store(table, order);
    expect(await books.deliver(sessionEvent(order))).toBe('booked');
    expect(await books.parts()).toEqual([{ gift: 50_000, sales: 30_000, cover: 2003 }]);
    const refund = { paymentId: 'pi_00000001', currency: 'hkd', at: now, status: 'succeeded' } as const;
    const none = { requestId: undefined, failedAt: undefined };
    for (const [number, amount] of [29_999, 2, 50_000, 2002].entries()) {
      const fact = { ...refund, ...none, refundId: `re_${number + 1}`, amount };
      expect(await recordRefund(fact, { table, now, random: () => 0 })).toBe('refunded');
    }
    expect(
      (await readableLedger(table)).split('\n').map((line) => line.split(/ +\| /).slice(1).join(' | ')),
    ).toEqual([
      `pi_00000001 | payment | stripe +820.03, raised:${fund} −500.00, sales:${fund} −300.00, cover −20.03`,
      `re_1 | refund | sales:${fund} +299.99, stripe −299.99`,
      `re_2 | refund | raised:${fund} +0.01, sales:${fund} +0.01, stripe −0.02`,
      `re_3 | refund | raised:${fund} +499.99, cover +0.01, stripe −500.00`,
      're_4 | refund | cover +20.02, stripe −20.02',
    ]);
  });

  it('counts what was given as raised, and what was bought apart from it', async ({ table, books }) => {
    await store(table, order);
    await books.deliver(sessionEvent(order));
    const sums = (await everything(table, 'totals')).map(({ raised, sales }) => [raised, sales]);
    expect(sums).toEqual([[50_000, 30_000]]);
  });
});

describe('metadata that cannot be read', () => {
  const cases: [string, Record<string, string>][] = [
    ['of version 3', { tideover: '3' }],
    ['with a part below zero', { sales: '-30000', gift: '112003' }],
    ['with a fraction of a cent', { gift: '50000.5' }],
    ['whose parts do not sum to the amount', { gift: '40000' }],
  ];
  it.for(cases)('%s: booked as taken, and listed for a person', async ([_, changes], { table, books }) => {
    await store(table, order);
    const session = { metadata: { ...toMetadata(order), ...changes } };
    expect(await books.deliver(sessionEvent(order, { session }))).toBe('mismatch');
    const [parts] = await books.parts();
    expect((parts?.gift ?? 0) + (parts?.sales ?? 0) + (parts?.cover ?? 0)).toBe(82_003);
    expect(await books.called()).toEqual(['booking-mismatch']);
  });

  it('is listed also where the guess is what the checkout says', async ({ table, books }) => {
    const gift = aCheckout(2);
    await store(table, gift);
    const session = { metadata: { ...toMetadata(gift), tideover: '3' } };
    expect(await books.deliver(sessionEvent(gift, { session }))).toBe('mismatch');
    expect(await books.called()).toEqual(['booking-mismatch']);
  });

  it('of version 1 is read as ever', async ({ table, books }) => {
    const gift = aCheckout(3, { amount: 52_003, cover: 2003 });
    await store(table, gift);
    const { id, fund: campaign, language } = gift;
    const version1 = {
      tideover_checkout: id,
      campaign,
      kind: 'gift',
      amount: '50000',
      cover: '2003',
      language,
    };
    expect(await books.deliver(sessionEvent(gift, { session: { metadata: version1 } }))).toBe('booked');
    expect(await books.parts()).toEqual([{ gift: 50_000, sales: 0, cover: 2003 }]);
  });
});

describe('a Session without a PaymentIntent', () => {
  const strange = { tideover_checkout: '', order: '6735' };
  const none = { payment_intent: null };
  it.for<[string, object, string]>([
    ['in subscription mode', { ...none, mode: 'subscription' }, 'ignored'],
    ['in setup mode', { ...none, mode: 'setup', payment_status: 'no_payment_required' }, 'ignored'],
    ['in subscription mode, not ours', { ...none, mode: 'subscription', metadata: strange }, 'not-ours'],
    ['in setup mode, not ours', { ...none, mode: 'setup', metadata: strange }, 'not-ours'],
    ['in payment mode, not ours', { ...none, metadata: strange }, 'not-ours'],
    ['in payment mode', none, 'status 400'],
  ])('%s leaves nothing behind', async ([_, session, outcome], { table, books }) => {
    await store(table, order);
    const before = await everything(table);
    expect(await books.deliver(sessionEvent(order, { session }))).toBe(outcome);
    expect(await everything(table)).toEqual(before);
  });
});

describe('money that came in otherwise', () => {
  it.for(['bank', 'cash'] as const)(
    'into %s is booked once, moves that account, and touches no checkout',
    async (source, { table, books }) => {
      const paid = paidCheckout({ source, paymentId: `${source}_2026_1`, amount: 12_345 });
      const ctx = { table, now, random: () => 0, thank: false };
      expect(await recordPayment(paid, ctx)).toBe('booked');
      expect(await recordPayment(paid, ctx)).toBe('duplicate');
      expect(await books.parts()).toHaveLength(1);
      expect(await readableLedger(table)).toContain(`payment | ${source} +123.45, raised:${fund} −123.45`);
      const moves = keys.moneySum(source);
      expect((await readItems(table, [moves])).itemAt(moves)).toMatchObject({ moved: 12_345, moves: 1 });
      expect(await everything(table, 'checkout')).toEqual([]);
      expect(await everything(table, 'outbox')).toEqual([]);
    },
  );

  it('in a closed month keeps its date, and counts in the first open one', async ({ table, books }) => {
    const at = new Date('2026-10-10T04:00:00Z');
    await putAll(table, [toClosedMonthItem('2026-10', now)]);
    await recordPayment(paidCheckout({ source: 'bank', paymentId: 'bank_1', at }), {
      table,
      now,
      random: () => 0,
      thank: false,
    });
    expect(await everything(table, 'payment')).toMatchObject([{ month: '2026-10', at: at.toISOString() }]);
    expect(await everything(table, 'ledger-entry')).toMatchObject([
      { month: '2026-11', at: at.toISOString() },
    ]);
    expect(await books.called()).toEqual([]);
  });

  it('for a fund that is not there is booked all the same', async ({ table, books }) => {
    const paid = paidCheckout({ source: 'bank', paymentId: 'bank_1', fund: 'nowhere' });
    expect(await recordPayment(paid, { table, now, random: () => 0, thank: false })).toBe('booked');
    expect(await books.parts()).toHaveLength(1);
  });

  it('of a month of a plan needs no open checkout', async ({ table, books }) => {
    await store(table, aCheckout(4, { status: 'paid' }));
    const paid = paidCheckout({ checkoutId: aCheckout(4).id, planId: 'sub_1', paymentId: 'pi_month_2' });
    expect(await recordPayment(paid, { table, now, random: () => 0 })).toBe('booked');
    expect(await books.called()).toEqual([]);
    const [payment] = (await everything(table, 'payment')).map(fromPaymentItem);
    expect(payment).toMatchObject({ frequency: 'monthly', planId: 'sub_1' });
  });
});

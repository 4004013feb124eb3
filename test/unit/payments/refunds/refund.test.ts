import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account } from '#kernel/ledger/ledger-entry.ts';
import {
  decidePayment,
  isFullyReversed,
  netGift,
  type Payment,
  refundableAmount,
} from '#payments/payment/payment.ts';
import {
  decideRefund,
  decideRefundFailure,
  type Refund,
  type RefundBooking,
  type RefundFact,
} from '#payments/refunds/refund.ts';
import { sum } from '#platform/money.ts';
import { paidCheckout } from '../../../support/paid-checkout.ts';

const aGift = (amount: number, cover = 0): Payment =>
  decidePayment(paidCheckout({ amount: amount + cover, cover })).payment;
const at = new Date('2026-11-30T16:00:00Z');
const fact = (refundId: string, amount: number): RefundFact => ({
  refundId,
  paymentId: 'pi_1',
  amount,
  currency: 'hkd',
  at,
  status: 'succeeded',
  requestId: undefined,
  failedAt: undefined,
});
const asBooked = (gift: Payment, reported: RefundFact): Refund => ({
  ...reported,
  checkoutId: gift.checkoutId,
  fund: gift.fund,
});
const raised: Account = 'raised:lai-chi-kok-warehouse';
const on = (account: Account, bookings: readonly RefundBooking[]) =>
  sum(
    bookings
      .flatMap(({ entry }) => entry.postings.filter((posting) => posting.account === account))
      .map((posting) => posting.amount),
  );

describe('a refund', () => {
  it('counts in the Hong Kong month of its own time, not of the gift’s', () => {
    const { entry, totals } = decideRefund(aGift(50_000), fact('re_1', 20_000));
    expect([entry.month, totals]).toEqual([
      '2026-12',
      { fund: 'lai-chi-kok-warehouse', month: '2026-12', raised: -20_000, sales: 0, supporters: 0 },
    ]);
  });

  it('takes from what was raised first, and from the cover when the rest is used up', () => {
    const gift = aGift(50_000, 2000);
    const first = decideRefund(gift, fact('re_1', 40_000));
    expect(first.entry.postings).toEqual([
      { account: raised, amount: 40_000 },
      { account: 'stripe', amount: -40_000 },
    ]);
    const rest = decideRefund({ ...gift, refunded: first.refunded }, fact('re_2', 12_000));
    expect(rest.entry.postings).toEqual([
      { account: raised, amount: 10_000 },
      { account: 'cover', amount: 2000 },
      { account: 'stripe', amount: -12_000 },
    ]);
    expect(rest.totals).toMatchObject({ raised: -10_000, supporters: -1 });
  });

  it('leaves the same accounts in whatever order refunds and failures of a gift are booked', () => {
    const parts = fc.array(fc.record({ amount: fc.integer({ min: 1, max: 600 }), fails: fc.boolean() }), {
      minLength: 1,
      maxLength: 6,
    });
    const cover = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(parts, cover, fc.infiniteStream(fc.nat()), (refunds, extra, draws) => {
        const start = aGift(1000, extra);
        const inOrder = book(start, refunds, () => 0);
        const another = book(start, refunds, () => draws.next().value ?? 0);
        for (const account of [raised, 'cover', 'stripe'] as const) {
          expect(on(account, another.bookings)).toBe(on(account, inOrder.bookings));
        }
        const standing = sum(refunds.filter(({ fails }) => !fails).map(({ amount }) => amount));
        expect(another.gift.refunded).toBe(standing);
        expect(on('stripe', another.bookings)).toBe(0 - standing);
        expect(sum(another.bookings.map(({ totals }) => totals.raised))).toBe(
          0 - on(raised, another.bookings),
        );
        expect(sum(another.bookings.map(({ totals }) => totals.supporters))).toBe(
          0 - Number(isFullyReversed(another.gift)),
        );
        for (const { entry } of another.bookings)
          expect(sum(entry.postings.map((posting) => posting.amount))).toBe(0);
      }),
    );
  });
});

/** Books refunds and the failures of some; a failure may come any time after its refund, as `draw` chooses. */
function book(start: Payment, refunds: readonly { amount: number; fails: boolean }[], draw: () => number) {
  const bookings: RefundBooking[] = [];
  let gift = start;
  const ready = refunds.map(({ amount, fails }, index) => ({
    reported: fact(`re_${index}`, amount),
    fails,
    booked: false,
  }));
  while (ready.length > 0) {
    const index = draw() % ready.length;
    const next = ready[index];
    if (!next) break;
    const { reported, booked } = next;
    const booking = booked
      ? decideRefundFailure(gift, asBooked(gift, reported), at)
      : decideRefund(gift, reported);
    if (booked || !next.fails) ready.splice(index, 1);
    next.booked = true;
    bookings.push(booking);
    gift = { ...gift, refunded: booking.refunded };
  }
  return { gift, bookings };
}

describe('the refundable amount of a gift', () => {
  it('is all but what is reserved, refunded or disputed, and is never below nothing', () => {
    const gift = { ...aGift(1000, 50), refunded: 300, refundReserved: 200, disputed: 100 };
    expect(refundableAmount(gift)).toBe(450);
    expect(refundableAmount({ ...gift, refunded: 5000 })).toBe(0);
  });

  it('is shown while something is; refunds take from the amount first', () => {
    const gift = { ...aGift(1000, 50), refunded: 1000 };
    expect([netGift(gift), isFullyReversed(gift)]).toEqual([0, false]);
    expect(isFullyReversed({ ...gift, refunded: 1050 })).toBe(true);
    expect(netGift({ ...gift, refunded: 5000 })).toBe(0);
  });

  it('makes its checkout refunded by refunds alone: a dispute may be reported before them or after', () => {
    const disputed = { ...aGift(1000, 50), disputed: 600 };
    expect(decideRefund(disputed, fact('re_1', 450))).toMatchObject({
      wasRefunded: false,
      isRefunded: false,
      totals: { supporters: -1 },
    });
    expect(decideRefund(aGift(1000, 50), fact('re_1', 1050))).toMatchObject({ isRefunded: true });
  });
});

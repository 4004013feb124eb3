import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decidePayment } from '#payments/payment/payment.ts';
import { partsWithin, wholeOf } from '#payments/received/parts.ts';
import { largestPayment, sum } from '#platform/money.ts';
import { paidCheckout } from '../../../support/paid-checkout.ts';

describe('a paid checkout', () => {
  it('becomes a gift, two postings and a change of the totals', () => {
    const at = new Date('2026-11-30T16:00:00Z');
    const paid = paidCheckout({ amount: 50_000, fund: 'education', paymentId: 'pi_9', at });
    expect(decidePayment(paid)).toEqual({
      payment: {
        ...paid,
        frequency: 'once',
        month: '2026-12',
        refunded: 0,
        refundReserved: 0,
        disputed: 0,
        disputeOpen: false,
      },
      entry: {
        sourceId: 'pi_9',
        kind: 'payment',
        postings: [
          { account: 'stripe', amount: 50_000 },
          { account: 'raised:education', amount: -50_000 },
        ],
        currency: 'hkd',
        at,
        month: '2026-12',
      },
      totals: { fund: 'education', month: '2026-12', raised: 50_000, sales: 0, supporters: 1 },
    });
  });

  it('keeps what covers the fee apart: it is no part of the gift, and does not count as raised', () => {
    const paid = paidCheckout({ amount: 52_003, cover: 2003 });
    const { payment: gift, entry, totals } = decidePayment(paid);
    expect([gift.parts.gift, gift.parts.cover, totals.raised, totals.supporters]).toEqual([
      50_000, 2003, 50_000, 1,
    ]);
    expect(entry.postings).toEqual([
      { account: 'stripe', amount: 52_003 },
      { account: 'raised:lai-chi-kok-warehouse', amount: -50_000 },
      { account: 'cover', amount: -2003 },
    ]);
  });

  it.each<[string, number, number]>([
    ['as it was to be paid, is split as it was to be', 52_003, 2003],
    ['that is less has the gift in it first', 51_000, 1000],
    ['that is less than the gift has no cover in it', 49_000, 0],
    ['that is more is all gift but the cover', 60_000, 2003],
  ])('a sum %s', (_, taken, cover) => {
    expect(partsWithin(taken, { gift: 50_000, sales: 0, cover: 2003 })).toEqual({
      gift: taken - cover,
      sales: 0,
      cover,
    });
  });

  it('sums to zero and raises exactly what the ledger says, for any amount and moment', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: largestPayment }),
        fc.nat(),
        fc.date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (amount, part, at) => {
          const cover = part % amount;
          const { payment: gift, entry, totals } = decidePayment(paidCheckout({ amount, cover, at }));
          expect(wholeOf(gift.parts)).toBe(amount);
          expect(sum(entry.postings.map((posting) => posting.amount))).toBe(0);
          const raised = entry.postings.filter((posting) => posting.account === `raised:${gift.fund}`);
          expect(-sum(raised.map((posting) => posting.amount))).toBe(totals.raised);
          expect([entry.month, totals.month]).toEqual([gift.month, gift.month]);
        },
      ),
    );
  });
});

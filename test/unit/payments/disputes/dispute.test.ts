import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideStep, type KnownDispute } from '#payments/disputes/decide-step.ts';
import {
  type DisputedPayment,
  decideMovement,
  freezes,
  isDueSoon,
  type Movement,
  phaseOf,
  type ReportedDispute,
} from '#payments/disputes/dispute.ts';
import { decidePayment } from '#payments/payment/payment.ts';
import { toPaymentItem } from '#payments/payment/payment-item.ts';
import { paidCheckout } from '../../../support/paid-checkout.ts';

const at = new Date('2026-11-30T15:59:59Z');
const { payment } = decidePayment(paidCheckout({ fund: 'soup-kitchen', amount: 52_000, cover: 2000 }));
const gift: DisputedPayment = { ...payment, openDisputes: [] };
const movement = (amount: number, fee = 0): Movement => ({ id: 'txn_1', amount, fee, currency: 'hkd', at });
const reported: ReportedDispute = {
  id: 'du_1',
  paymentId: 'pi_1',
  chargeId: 'ch_1',
  amount: 50_000,
  currency: 'hkd',
  status: 'needs_response',
  reason: 'fraudulent',
  refundable: false,
  dueBy: at,
  openedAt: at,
  movements: [],
};

describe('money that a dispute moves', () => {
  it.each<[string, number, number, [string, number][]]>([
    ['a part comes from what was raised', -30_000, 0, [['raised', 30_000]]],
    [
      'all comes from what was raised, then from the cover',
      -52_000,
      0,
      [
        ['raised', 50_000],
        ['cover', 2000],
      ],
    ],
    [
      'more than all comes from what was raised again',
      -53_000,
      0,
      [
        ['raised', 51_000],
        ['cover', 2000],
      ],
    ],
    [
      'what comes back goes the way it came',
      52_000,
      52_000,
      [
        ['raised', -50_000],
        ['cover', -2000],
      ],
    ],
    ['a part that comes back fills the cover first', 1000, 52_000, [['cover', -1000]]],
  ])('%s', (_, amount, taken, expected) => {
    const { entry } = decideMovement({ ...gift, disputed: taken }, movement(amount));
    const postings = entry.postings.map((posting) => [
      posting.account.replace(':soup-kitchen', ''),
      posting.amount,
    ]);
    expect(postings).toEqual([...expected, ['stripe', amount]]);
  });

  it('counts in its own Hong Kong month, with its fee on an account of its own', () => {
    const { entry, totals } = decideMovement(gift, movement(-52_000, 8500));
    expect(entry).toMatchObject({ kind: 'dispute-withdrawn', month: '2026-11', fund: 'soup-kitchen' });
    expect(entry.postings).toContainEqual({ account: 'dispute-fee', amount: 8500 });
    expect(entry.postings).toContainEqual({ account: 'stripe', amount: -60_500 });
    expect(totals).toEqual({
      fund: 'soup-kitchen',
      month: '2026-11',
      raised: -50_000,
      sales: 0,
      supporters: -1,
    });
  });

  it('leaves no trace when all that was taken came back, in whatever parts', () => {
    const part = fc.integer({ min: -80_000, max: 80_000 }).filter((amount) => amount !== 0);
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), fc.nat(60_000), (parts, refunded) => {
        const amounts = [...parts, -parts.reduce((sum, amount) => sum + amount, 0)].filter(Boolean);
        let state: DisputedPayment = { ...gift, refunded };
        const sums: Record<string, number> = { raised: 0, supporters: 0 };
        for (const amount of amounts) {
          const { entry, totals, disputed } = decideMovement(state, movement(amount));
          for (const posting of entry.postings)
            sums[posting.account] = (sums[posting.account] ?? 0) + posting.amount;
          sums.raised = (sums.raised ?? 0) + totals.raised;
          sums.supporters = (sums.supporters ?? 0) + totals.supporters;
          state = { ...state, disputed };
        }
        expect(Object.values(sums).every((sum) => sum === 0)).toBe(true);
      }),
    );
  });
});

describe('a dispute', () => {
  it.each([
    ['warning_needs_response', 'inquiry'],
    ['warning_under_review', 'inquiry'],
    ['needs_response', 'dispute'],
    ['under_review', 'dispute'],
    ['appeal_needs_response', 'appeal'],
    ['appeal_under_review', 'appeal'],
    ['won', 'closed'],
    ['lost', 'closed'],
    ['warning_closed', 'closed'],
    ['prevented', 'closed'],
    ['a status of tomorrow', 'dispute'],
  ])('that is %s is in the phase %s', (status, phase) => {
    expect(phaseOf(status)).toBe(phase);
    expect(freezes({ status, refundable: false })).toBe(phase !== 'closed');
    expect(freezes({ status, refundable: true })).toBe(false);
  });

  it('is due soon from three days before its date on, while evidence is wanted', () => {
    const daysBefore = (days: number) => new Date(at.getTime() - days * 86_400_000);
    expect(isDueSoon(reported, new Date(daysBefore(3).getTime() - 1))).toBe(false);
    expect(isDueSoon(reported, daysBefore(3))).toBe(true);
    expect(isDueSoon(reported, daysBefore(-1))).toBe(true);
    expect(isDueSoon({ ...reported, status: 'under_review' }, daysBefore(1))).toBe(false);
    expect(isDueSoon({ ...reported, dueBy: undefined }, daysBefore(1))).toBe(false);
  });

  it('whose money is of another currency is listed and freezes its gift; nothing is booked', () => {
    const paymentItem = toPaymentItem(payment);
    const movements = [{ ...movement(-50_000), currency: 'usd' }];
    const known: KnownDispute = {
      stored: undefined,
      reported: { ...reported, movements },
      paymentItem,
      whose: 'ours',
      now: at,
    };
    const changes = decideStep(known)?.changes(0, '2026-11') ?? {};
    expect(Object.keys(changes).sort()).toEqual(['dispute', 'opened', 'payment', 'unknown']);
    expect(changes).toMatchObject({ unknown: { put: { reason: 'other-currency' } } });
  });
});

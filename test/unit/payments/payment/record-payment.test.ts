import { describe, expect, it } from 'vitest';
import { toCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { guardLimits } from '#payments/guard/guard-limits.ts';
import {
  type Assumption,
  assumeAfter,
  type BookingName,
  type BookingTerms,
  planBooking,
} from '#payments/payment/record-payment.ts';
import type { Item } from '#platform/table/table.ts';
import { paidCheckout } from '../../../support/paid-checkout.ts';
import { aCheckout } from '../../../support/payments.ts';

const paid = paidCheckout({ checkoutId: aCheckout(1).id });
const terms: BookingTerms = { month: '2026-11', now: new Date('2026-11-22T04:00:09Z'), draw: 0, thank: true };
const usual: Assumption = { kind: 'usual' };
const mismatch: Assumption = { kind: 'mismatch', declines: 0, person: 'there' };
const late: Assumption = { kind: 'late', declines: 0, person: 'there' };
const five: BookingName[] = ['payment', 'entry', 'totals', 'outbox', 'checkout'];

const written = (assumed: Assumption, of = paid, otherwise: Partial<BookingTerms> = {}) =>
  Object.keys(planBooking(of, assumed, { ...terms, ...otherwise }));
const failing = (...failed: [BookingName, Item?][]) =>
  new Map(failed.map(([name, item]) => [name, item] as const));

describe('a booking writes', () => {
  it('five items for nearly every gift', () => {
    expect(written(usual)).toEqual(five);
  });

  it('no thanks where none are wanted', () => {
    expect(written(usual, paid, { thank: false })).toEqual(five.filter((name) => name !== 'outbox'));
  });

  it('what calls a person to a large gift, and to one that comes after many declined payments', () => {
    const large = paidCheckout({ amount: guardLimits.largeGift });
    const declines = guardLimits.declinesForReview;
    expect(planBooking(large, usual, terms).held).toMatchObject({ put: { reason: 'large' } });
    expect(planBooking(paid, { kind: 'often-declined', declines }, terms)).toMatchObject({
      payment: { put: { held: 'many-declines' } },
      held: { put: { kind: 'gift-held', reason: 'many-declines' } },
    });
    expect(written({ kind: 'often-declined', declines: declines - 1 })).toEqual(five);
  });

  it('what calls a person to a mismatch, and keeps the person of the checkout if it is there', () => {
    expect(written(mismatch)).toEqual([...five, 'attention', 'person']);
    expect(written({ ...mismatch, person: 'erased' })).toEqual([...five, 'attention']);
  });

  it('no attention of a late payment, and keeps its person if it is there', () => {
    expect(written(late)).toEqual([...five, 'person']);
    expect(written({ ...late, person: 'erased' })).toEqual(five);
  });

  it('the same gift, entry, totals and thanks whatever the checkout says', () => {
    const { checkout: _, ...first } = planBooking(paid, usual, terms);
    for (const assumed of [{ kind: 'often-declined', declines: 0 } as const, late, mismatch]) {
      expect(planBooking(paid, assumed, terms)).toMatchObject(first);
    }
  });
});

describe('a booking that was not written', () => {
  const item = (otherwise = {}) => toCheckoutItem(aCheckout(1, otherwise));

  it('is given up where there is no such checkout', () => {
    expect(assumeAfter(paid, usual, failing(['checkout']))).toBeUndefined();
    expect(assumeAfter(paid, mismatch, failing(['checkout'], ['person']))).toBeUndefined();
  });

  it('is tried with the declines that the checkout remembers, where it says the same as Stripe', () => {
    const often = { ...item(), declinedBy: new Set(['evt_1', 'evt_2', 'evt_3', 'evt_4']) };
    const assumed = { kind: 'often-declined', declines: 4 } as const;
    expect(assumeAfter(paid, usual, failing(['checkout', often]))).toEqual(assumed);
    expect(assumeAfter(paid, assumed, failing(['checkout', often]))).toEqual({ ...mismatch, declines: 4 });
  });

  it('is a mismatch where the checkout says otherwise or has failed', () => {
    for (const other of [{ amount: 40_000 }, { fund: 'education' }, { status: 'failed' }] as const) {
      expect(assumeAfter(paid, usual, failing(['checkout', item(other)]))).toEqual(mismatch);
    }
  });

  it('is late where the checkout says the same and has expired, and a mismatch when that says otherwise by then', () => {
    const expired = item({ status: 'expired' });
    expect(assumeAfter(paid, usual, failing(['checkout', expired]))).toEqual(late);
    const often = { kind: 'often-declined', declines: 0 } as const;
    expect(assumeAfter(paid, often, failing(['checkout', expired]))).toEqual(late);
    const other = item({ status: 'expired', amount: 40_000 });
    expect(assumeAfter(paid, usual, failing(['checkout', other]))).toEqual(mismatch);
    expect(assumeAfter(paid, late, failing(['checkout', item({ status: 'failed' })]))).toEqual(mismatch);
    expect(assumeAfter(paid, late, failing(['person']))).toEqual({ ...late, person: 'erased' });
  });

  it('is tried once more without the person whose data was erased', () => {
    const erased = { ...mismatch, person: 'erased' };
    expect(assumeAfter(paid, mismatch, failing(['person']))).toEqual(erased);
    expect(assumeAfter(paid, { ...mismatch, person: 'erased' }, failing(['checkout']))).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { fromDisputedPaymentItem } from '#payments/disputes/disputed-payment-item.ts';
import { decidePayment, type Payment } from '#payments/payment/payment.ts';
import { fromPaymentItem, toPaymentItem } from '#payments/payment/payment-item.ts';
import { keys } from '#platform/table/keys.ts';
import { paidCheckout } from '../../../support/paid-checkout.ts';

const version1 = {
  ...keys.payment('pi_1'),
  entity: 'payment',
  v: 1,
  source: 'stripe',
  paymentId: 'pi_1',
  checkoutId: `chk_${'0'.repeat(32)}`,
  fund: 'lai-chi-kok-warehouse',
  about: 'campaign',
  parts: { gift: 50_000, sales: 0, cover: 0 },
  currency: 'hkd',
  language: 'en',
  at: '2026-11-22T04:00:00.000Z',
  month: '2026-11',
};

describe('the item of a payment', () => {
  it('of version 1 is read', () => {
    expect(fromPaymentItem(version1)).toEqual(decidePayment(paidCheckout()).payment);
  });

  it('holds the parts, the source and whose it is, for refunds and disputes alike', () => {
    const donor = `dnr_${'0'.repeat(32)}`;
    const more = { source: 'bank', donor, planId: 'sub_1', for: 'banyan' } as const;
    const parts = { gift: 50_000, sales: 30_000, cover: 2003 };
    const { payment } = decidePayment(paidCheckout({ parts, ...more }));
    const item = toPaymentItem(payment);
    expect(fromPaymentItem(item)).toEqual<Payment>({ ...payment, frequency: 'monthly' });
    expect(fromDisputedPaymentItem(item)).toMatchObject({ parts, openDisputes: [] });
  });
});

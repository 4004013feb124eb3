import { describe, expect, it } from 'vitest';
import { fromDisputedPaymentItem } from '#payments/disputes/disputed-payment-item.ts';
import { decidePayment } from '#payments/payment/payment.ts';
import { fromPaymentItem, toPaymentItem } from '#payments/payment/payment-item.ts';
import { keys } from '#platform/table/keys.ts';
import { paidCheckout } from '../../paid-checkout.ts';

/** As it was written before anybody could cover the fee. */
const version1 = {
  ...keys.payment('pi_1'),
  entity: 'payment',
  v: 1,
  paymentId: 'pi_1',
  checkoutId: `chk_${'0'.repeat(32)}`,
  campaign: 'lai-chi-kok-warehouse',
  amount: 50_000,
  currency: 'hkd',
  language: 'en',
  frequency: 'once',
  at: '2026-11-22T04:00:00.000Z',
  month: '2026-11',
};

describe('the item of a gift', () => {
  it('of version 1 is read as a gift without a cover', () => {
    expect(fromPaymentItem(version1)).toEqual(decidePayment(paidCheckout()).payment);
    expect(fromDisputedPaymentItem(version1).cover).toBe(0);
  });

  it('of version 2 holds the cover beside the amount, for refunds and disputes alike', () => {
    const { payment: gift } = decidePayment(paidCheckout({ amount: 52_003, cover: 2003 }));
    const item = toPaymentItem(gift);
    expect(item).toMatchObject({ v: 2, amount: 50_000, cover: 2003 });
    expect(fromPaymentItem(item)).toEqual(gift);
    expect(fromDisputedPaymentItem(item)).toMatchObject({ amount: 50_000, cover: 2003 });
  });
});

import { describe, expect, it } from 'vitest';
import { guardLimits as limits } from '#payments/guard/guard-limits.ts';
import { decidePayment, isListed, reviewReason } from '#payments/payment/payment.ts';
import { noParts } from '#payments/received/parts.ts';
import { paidCheckout } from '../../../support/paid-checkout.ts';

describe('a gift', () => {
  it.each([
    [limits.largeGift - 1, 0, undefined],
    [limits.largeGift, 0, 'large'],
    [limits.largeGift, 9, 'large'],
    [400, limits.declinesForReview - 1, undefined],
    [400, limits.declinesForReview, 'many-declines'],
  ])('of %i cents after %i declined payments is under review because: %s', (amount, declines, reason) => {
    expect(reviewReason({ amount, declines })).toBe(reason);
  });

  it('is listed when its net amount is above zero and it is not under review', () => {
    const { payment: gift } = decidePayment(paidCheckout({ amount: 500 }));
    expect(isListed(gift)).toBe(true);
    expect(isListed({ ...gift, refunded: 500 })).toBe(false);
    expect(isListed({ ...gift, underReview: 'large' })).toBe(false);
    expect(isListed({ ...gift, parts: { ...noParts, sales: 500 } })).toBe(false);
  });
});

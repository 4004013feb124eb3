import { describe, expect, it } from 'vitest';
import { decideGift, isListed, reviewReason } from '#payments/gifts/gift.ts';
import { guardLimits as limits } from '#payments/guard/guard-limits.ts';
import { now } from '../../../support/payments.ts';

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
    const { gift } = decideGift({
      checkoutId: 'chk_1',
      paymentId: 'pi_1',
      campaign: 'a',
      amount: 500,
      cover: 0,
      currency: 'hkd',
      language: 'en',
      at: now,
    });
    expect(isListed(gift)).toBe(true);
    expect(isListed({ ...gift, refunded: 500 })).toBe(false);
    expect(isListed({ ...gift, underReview: 'large' })).toBe(false);
  });
});

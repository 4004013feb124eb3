import { describe, expect, it } from 'vitest';
import { fromDisputedGiftItem } from '#payments/disputes/disputed-gift-item.ts';
import { decideGift } from '#payments/gifts/gift.ts';
import { fromGiftItem, toGiftItem } from '#payments/gifts/gift-item.ts';
import { keys } from '#platform/table/keys.ts';
import { paidCheckout } from '../../../support/paid-checkout.ts';

/** As it was written before anybody could cover the fee. */
const version1 = {
  ...keys.gift('pi_1'),
  entity: 'gift',
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
    expect(fromGiftItem(version1)).toEqual(decideGift(paidCheckout()).gift);
    expect(fromDisputedGiftItem(version1).cover).toBe(0);
  });

  it('of version 2 holds the cover beside the amount, for refunds and disputes alike', () => {
    const { gift } = decideGift(paidCheckout({ amount: 52_003, cover: 2003 }));
    const item = toGiftItem(gift);
    expect(item).toMatchObject({ v: 2, amount: 50_000, cover: 2003 });
    expect(fromGiftItem(item)).toEqual(gift);
    expect(fromDisputedGiftItem(item)).toMatchObject({ amount: 50_000, cover: 2003 });
  });
});

import { languages } from '#platform/charity.ts';
import { shardOf } from '#platform/ids.ts';
import { currencies } from '#platform/money.ts';
import type { Change } from '#platform/table/commit.ts';
import { giftShards, keys, lists } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { type Gift, reviewReasons } from './gift.ts';

/** The item of a new gift. It stands in the list of its campaign's month; later reversals are written beside it. */
export function toGiftItem(gift: Gift): Item {
  return toItem(keys.gift(gift.paymentId), 'gift', 2, {
    paymentId: gift.paymentId,
    checkoutId: gift.checkoutId,
    campaign: gift.campaign,
    amount: gift.amount,
    cover: gift.cover,
    currency: gift.currency,
    language: gift.language,
    frequency: gift.frequency,
    at: gift.at.toISOString(),
    month: gift.month,
    list: lists.gifts(gift.campaign, gift.month, shardOf(gift.paymentId, giftShards)),
    listOrder: giftOrder(gift),
    ...(gift.underReview && { held: gift.underReview }),
  });
}

/** Reads a gift's item; those of version 1 were written before anybody could cover the fee. */
export function fromGiftItem(item: Item): Gift {
  const fields = read(item);
  const underReview = fields.maybeOneOf('held', reviewReasons);
  return {
    paymentId: fields.text('paymentId'),
    checkoutId: fields.text('checkoutId'),
    campaign: fields.text('campaign'),
    amount: fields.int('amount'),
    currency: fields.oneOf('currency', currencies),
    language: fields.oneOf('language', languages),
    frequency: 'once',
    at: fields.date('at'),
    month: fields.text('month'),
    cover: fields.maybeInt('cover') ?? 0,
    refunded: fields.maybeInt('refunded') ?? 0,
    refundReserved: fields.maybeInt('refundReserved') ?? 0,
    disputed: fields.maybeInt('disputed') ?? 0,
    disputeOpen: fields.maybeFlag('disputeOpen') ?? false,
    underReview: isReleased(item) ? undefined : underReview,
  };
}

/** The names of the entries of a gift's refunds and disputes, whose sources are other objects of Stripe's. */
export function otherEntriesOf(item: Item): string[] {
  return read(item).maybeTexts('otherEntries') ?? [];
}

/** Whether a gift was under review and a person has released it. */
export function isReleased(item: Item): boolean {
  return item.releasedAt !== undefined;
}

/** Releases a gift that is under review. The reason stays with it. */
export function toReleasedChange(paymentId: string, now: Date): Change {
  return {
    update: keys.gift(paymentId),
    set: { expression: 'SET releasedAt = :now', values: { ':now': now.toISOString() } },
    condition: 'attribute_exists(held) AND attribute_not_exists(releasedAt)',
  };
}

/** Sorts gifts by time; two of one second by their payment. */
export function giftOrder(gift: Pick<Gift, 'at' | 'paymentId'>): string {
  return `${gift.at.toISOString()}#${gift.paymentId}`;
}

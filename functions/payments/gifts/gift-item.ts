import type { Language } from '#platform/charity.ts';
import { shardOf } from '#platform/ids.ts';
import type { Currency } from '#platform/money.ts';
import type { Change } from '#platform/table/commit.ts';
import { giftShards, keys, lists } from '#platform/table/keys.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import type { Gift, HoldReason } from './gift.ts';

/** The item of a new gift. It stands in the list of its campaign's month; what is given back later is written beside. */
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
    ...(gift.held && { held: gift.held }),
  });
}

/** Reads a gift's item; those of version 1 were written before anybody could cover the fee. */
export function fromGiftItem(item: Item): Gift {
  return {
    paymentId: item.paymentId as string,
    checkoutId: item.checkoutId as string,
    campaign: item.campaign as string,
    amount: item.amount as number,
    currency: item.currency as Currency,
    language: item.language as Language,
    frequency: 'once',
    at: new Date(item.at as string),
    month: item.month as string,
    cover: (item.cover as number | undefined) ?? 0,
    refunded: (item.refunded as number | undefined) ?? 0,
    refundReserved: (item.refundReserved as number | undefined) ?? 0,
    disputed: (item.disputed as number | undefined) ?? 0,
    disputeOpen: item.disputeOpen === true,
    held: isReleased(item) ? undefined : (item.held as HoldReason | undefined),
  };
}

/** The names of the entries that tell of refunds and disputes of a gift, whose sources are other objects of Stripe's. */
export function otherEntriesOf(item: Item): string[] {
  return [...((item.otherEntries as ReadonlySet<string> | undefined) ?? [])];
}

/** Whether a gift was held and a person has released it. */
export function isReleased(item: Item): boolean {
  return item.releasedAt !== undefined;
}

/** Releases a gift that is held. Why it was stays with it. */
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

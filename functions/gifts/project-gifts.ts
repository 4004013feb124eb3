import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { fromPersonItem } from '../checkouts/person-item.ts';
import { keys } from '../table/keys.ts';
import { readItems, type Table } from '../table/table.ts';
import type { Gift } from './gift.ts';
import { giftOrder } from './gift-item.ts';
import { type LatestGift, latestCount, latestOf, toLatestGiftsItem } from './latest-gifts-item.ts';
import { toPublicGift } from './public-gift.ts';

/**
 * Brings gifts of one campaign into its newest gifts. Repeats and any order give the same: the newest twenty by time of
 * payment. Another writer at the same moment is noticed by the item's version, and the work is done again on its result.
 */
export async function projectGifts(table: Table, slug: string, gifts: readonly Gift[]): Promise<void> {
  const key = keys.latestGifts(slug);
  for (;;) {
    const read = await readItems(table, [key, ...uniqueCheckouts(gifts).map((id) => keys.person(id))], {
      consistent: true,
    });
    const stored = read.itemAt(key);
    const fresh = gifts.map((gift): LatestGift => {
      const person = read.itemAt(keys.person(gift.checkoutId));
      return { order: giftOrder(gift), gift: toPublicGift(gift, person && fromPersonItem(person)) };
    });
    const version = (stored?.version as number | undefined) ?? 0;
    const item = toLatestGiftsItem(slug, mergeLatest(latestOf(stored), fresh), version + 1);
    try {
      await table.client.send(
        new PutCommand({
          TableName: table.name,
          Item: item,
          ConditionExpression: stored ? 'version = :version' : 'attribute_not_exists(pk)',
          ...(stored && { ExpressionAttributeValues: { ':version': version } }),
        }),
      );
      return;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}

/** The newest gifts of both, each once, newest first; the fresh one wins. */
export function mergeLatest(stored: readonly LatestGift[], fresh: readonly LatestGift[]): LatestGift[] {
  const byOrder = new Map([...stored, ...fresh].map((latest) => [latest.order, latest]));
  return [...byOrder.values()].sort((a, b) => (a.order < b.order ? 1 : -1)).slice(0, latestCount);
}

function uniqueCheckouts(gifts: readonly Gift[]): string[] {
  return [...new Set(gifts.map((gift) => gift.checkoutId))];
}

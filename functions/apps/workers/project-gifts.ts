import { toCommentItem } from '#giving/comments/comment-item.ts';
import { type LatestGift, latestOf, mergeLatest } from '#giving/latest-gifts/latest-gifts-item.ts';
import { toPublicGift } from '#giving/latest-gifts/public-gift.ts';
import { writeLatestGifts } from '#giving/latest-gifts/write-latest-gifts.ts';
import { cancelErasure } from '#kernel/people/cancel-erasure.ts';
import { waitsOf } from '#kernel/people/person-item.ts';
import { personAt } from '#kernel/people/read-person.ts';
import type { Gift } from '#payments/gifts/gift.ts';
import { isListed } from '#payments/gifts/gift.ts';
import { giftOrder } from '#payments/gifts/gift-item.ts';
import type { Context } from '#platform/context/context.ts';
import { keys } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { retryOnConflict } from '#platform/table/retry-on-conflict.ts';
import { readItems } from '#platform/table/table.ts';
import { writeOne } from '#platform/table/write-one.ts';

/**
 * Brings gifts of one campaign into its newest gifts. Repetitions and any order give the same result: the newest twenty by time of
 * payment. The item's version detects another writer, and the work is repeated on that writer's result. It also queues comments and
 * names for moderation, and cancels the erasure of the data of people who gave.
 */
export async function projectGifts(
  { slug, gifts }: { readonly slug: string; readonly gifts: readonly Gift[] },
  { table }: Pick<Context, 'table'>,
): Promise<void> {
  const key = keys.latestGifts(slug);
  await retryOnConflict(async () => {
    const people = uniqueCheckouts(gifts).map(keys.person);
    const read = await readItems(table, [key, ...people], { consistent: true });
    for (const gift of gifts) await cancelErasure(gift, read, { table });
    const stored = read.itemAt(key);
    const projected = readIntact(gifts, (gift) => ({
      gift,
      person: personAt(read, gift.checkoutId, gift.at),
    }));
    for (const { gift, person } of projected) {
      // This may restore an item that a decision removed at the same moment; the list leaves it out, because the person holds the decision.
      if (person && waitsOf(person).length > 0) await writeOne(table, { put: toCommentItem(gift) });
    }
    const fresh = projected
      .filter(({ gift }) => isListed(gift))
      .map(({ gift, person }): LatestGift => ({ order: giftOrder(gift), gift: toPublicGift(gift, person) }));
    const latest = mergeLatest(latestOf(stored), fresh);
    return (await writeLatestGifts({ slug, latest, before: stored }, { table })) || undefined;
  });
}

function uniqueCheckouts(gifts: readonly Gift[]): string[] {
  return [...new Set(gifts.map((gift) => gift.checkoutId))];
}

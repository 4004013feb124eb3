import { enlistWords } from '#giving/comments/enlist-comment.ts';
import { type LatestGift, latestOf, mergeLatest } from '#giving/latest-gifts/latest-gifts-item.ts';
import { toPublicGift } from '#giving/latest-gifts/public-gift.ts';
import { writeLatestGifts } from '#giving/latest-gifts/write-latest-gifts.ts';
import { keepPeople } from '#kernel/people/keep-people.ts';
import { fromPersonItem, waitsOf } from '#kernel/people/person-item.ts';
import type { Gift } from '#payments/gifts/gift.ts';
import { giftOrder } from '#payments/gifts/gift-item.ts';
import { isListed } from '#payments/gifts/held.ts';
import { keys } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { retryOnConflict } from '#platform/table/retry-on-conflict.ts';
import { readItems, type Table } from '#platform/table/table.ts';

/**
 * Brings gifts of one campaign into its newest gifts. Repeats and any order give the same: the newest twenty by time of
 * payment. Another writer at the same moment is noticed by the item's version, and the work is done again on its result.
 * Comments and names that wait for a person are put into their list, and the data of the people who gave is kept.
 */
export async function projectGifts(table: Table, slug: string, gifts: readonly Gift[]): Promise<void> {
  const key = keys.latestGifts(slug);
  await retryOnConflict(async () => {
    const people = uniqueCheckouts(gifts).map(keys.person);
    const read = await readItems(table, [key, ...people], { consistent: true });
    await keepPeople(table, people.map(read.itemAt));
    const stored = read.itemAt(key);
    const told = readIntact(gifts, (gift) => {
      const person = read.itemAt(keys.person(gift.checkoutId));
      return { gift, person: person && fromPersonItem(person) };
    });
    for (const { gift, person } of told) {
      if (person && waitsOf(person).length > 0) await enlistWords(table, gift);
    }
    const fresh = told
      .filter(({ gift }) => isListed(gift))
      .map(({ gift, person }): LatestGift => ({ order: giftOrder(gift), gift: toPublicGift(gift, person) }));
    const latest = mergeLatest(latestOf(stored), fresh);
    return (await writeLatestGifts(table, slug, latest, stored)) || undefined;
  });
}

function uniqueCheckouts(gifts: readonly Gift[]): string[] {
  return [...new Set(gifts.map((gift) => gift.checkoutId))];
}

import { commit, type Expression, isNew } from '#platform/table/commit.ts';
import type { Item, Table } from '#platform/table/table.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { type LatestGift, toLatestGiftsItem, toLatestWordsItem } from './latest-gifts-item.ts';

/**
 * Writes a campaign's newest gifts, made from what was read; their words stay as they are.
 * @param read the item that they were made from; undefined when there was none
 * @returns false, and nothing written, when another writer came between: then they have to be made again
 */
export function writeLatestGifts(
  table: Table,
  slug: string,
  latest: readonly LatestGift[],
  read: Item | undefined,
): Promise<boolean> {
  return writeOne(table, {
    put: toLatestGiftsItem(slug, latest, versionOf(read) + 1),
    condition: unchanged(read),
  });
}

/**
 * Writes a campaign's newest gifts and their approved words in one transaction, so that words that were refused meanwhile do
 * not come back with a slower writer.
 *
 * @returns false, and nothing written, when another writer came between
 */
export async function writeLatestGiftsAndWords(
  table: Table,
  slug: string,
  latest: readonly LatestGift[],
  read: Item | undefined,
): Promise<boolean> {
  const outcome = await commit(table, () => ({
    gifts: { put: toLatestGiftsItem(slug, latest, versionOf(read) + 1), condition: unchanged(read) },
    words: { put: toLatestWordsItem(slug, latest) },
  }));
  return outcome.committed;
}

function versionOf(read: Item | undefined): number {
  return (read?.version as number | undefined) ?? 0;
}

function unchanged(read: Item | undefined): Expression {
  return read ? { expression: 'version = :version', values: { ':version': versionOf(read) } } : isNew;
}

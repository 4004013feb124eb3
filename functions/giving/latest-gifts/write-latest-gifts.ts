import type { Context } from '#platform/context/context.ts';
import { commit, type Expression, isNew } from '#platform/table/commit.ts';
import { read } from '#platform/table/read-item.ts';
import type { Item } from '#platform/table/table.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { type LatestGift, toLatestCommentsItem, toLatestGiftsItem } from './latest-gifts-item.ts';

/**
 * Writes a campaign's newest gifts, made from what was read; their words stay as they are.
 * @param before the item that they were made from; undefined when there was none
 * @returns false, and nothing written, when another writer came between: then they have to be made again
 */
export function writeLatestGifts(
  {
    slug,
    latest,
    before,
  }: { readonly slug: string; readonly latest: readonly LatestGift[]; readonly before: Item | undefined },
  { table }: Pick<Context, 'table'>,
): Promise<boolean> {
  return writeOne(table, {
    put: toLatestGiftsItem(slug, latest, versionOf(before) + 1),
    condition: unchanged(before),
  });
}

/**
 * Writes a campaign's newest gifts and their approved words in one transaction, so that words that were refused meanwhile do
 * not come back with a slower writer.
 *
 * @returns false, and nothing written, when another writer came between
 */
export async function writeLatestGiftsAndComments(
  {
    slug,
    latest,
    before,
  }: { readonly slug: string; readonly latest: readonly LatestGift[]; readonly before: Item | undefined },
  { table }: Pick<Context, 'table'>,
): Promise<boolean> {
  const outcome = await commit(table, () => ({
    gifts: { put: toLatestGiftsItem(slug, latest, versionOf(before) + 1), condition: unchanged(before) },
    words: { put: toLatestCommentsItem(slug, latest) },
  }));
  return outcome.committed;
}

function versionOf(before: Item | undefined): number {
  return (before && read(before).maybeInt('version')) ?? 0;
}

function unchanged(before: Item | undefined): Expression {
  return before ? { expression: 'version = :version', values: { ':version': versionOf(before) } } : isNew;
}

import type { Context } from '#platform/context/context.ts';
import { commit, type Expression, isNew } from '#platform/table/commit.ts';
import { read } from '#platform/table/read-item.ts';
import type { Item } from '#platform/table/table.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { type LatestGift, toLatestCommentsItem, toLatestGiftsItem } from './latest-gifts-item.ts';

/** A campaign's newest gifts, computed from what was read. */
interface NewestGifts {
  readonly slug: string;
  readonly latest: readonly LatestGift[];
  /** The item that they were computed from; undefined when there was none. */
  readonly before: Item | undefined;
}

/**
 * Writes a campaign's newest gifts; their comments stay as they are.
 * @returns false, and nothing written, when another writer was faster: then they have to be computed again
 */
export function writeLatestGifts(
  { slug, latest, before }: NewestGifts,
  { table }: Pick<Context, 'table'>,
): Promise<boolean> {
  return writeOne(table, {
    put: toLatestGiftsItem(slug, latest, versionOf(before) + 1),
    condition: unchanged(before),
  });
}

/**
 * Writes a campaign's newest gifts and their approved comments in one transaction, so that a slower writer does not bring back a
 * comment that was rejected meanwhile.
 *
 * @returns false, and nothing written, when another writer was faster
 */
export async function writeLatestGiftsAndComments(
  { slug, latest, before }: NewestGifts,
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

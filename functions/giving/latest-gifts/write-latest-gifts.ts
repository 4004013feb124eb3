import type { Context } from '#platform/context/context.ts';
import { commit, type Expression, isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import type { Item } from '#platform/table/table.ts';
import type { SeparateChange } from '#platform/table/write-each.ts';
import { type LatestGift, toLatestCommentsItem, toLatestGiftsItem } from './latest-gifts-item.ts';

/** A campaign's newest gifts, computed from what was read. */
interface NewestGifts {
  readonly slug: string;
  readonly latest: readonly LatestGift[];
  /** The item that they were computed from; undefined when there was none. */
  readonly before: Item | undefined;
}

/** A campaign's newest gifts as a change, which is not written when another writer was faster; their comments stay as they are. */
export function toLatestGiftsChange({ slug, latest, before }: NewestGifts): SeparateChange {
  const item = toLatestGiftsItem(slug, latest, versionOf(before) + 1);
  if (!before) return { put: item, condition: isNew };
  const { v, version, latest: stored } = item;
  return {
    update: keys.latestGifts(slug),
    set: {
      expression: 'SET v = :v, version = :next, latest = :latest',
      values: { ':v': v, ':next': version, ':latest': stored, ':version': versionOf(before) },
    },
    condition: 'version = :version',
  };
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

import type { Context } from '#platform/context/context.ts';
import { type Change, type Changes, commit } from '#platform/table/commit.ts';
import type { Item } from '#platform/table/table.ts';

/** Changes of the caller's, written in the same transaction as the stock, or not at all. */
export interface Along {
  readonly along?: Changes<string> | undefined;
}

/** The caller's own changes are not possible, so nothing was changed; with the items that stood in the way. */
export interface Refused {
  readonly outcome: 'refused';
  readonly failed: ReadonlyMap<string, Item | undefined>;
}

/** What the stock's own items have in a commit, so that no name of the caller's is among them. */
const own = 'stock ';

/**
 * Writes a hold, slices and what goes along.
 * @param decide gives the change of the hold and those of slices, anew for each attempt, so that it can draw others
 * @returns undefined when another writer came between, so that all has to be read and decided anew
 */
export async function writeStock(
  decide: () => readonly Change[],
  { along }: Along,
  { table }: Pick<Context, 'table'>,
): Promise<{ readonly outcome: 'written' } | Refused | undefined> {
  const changes = (): Changes<string> => ({
    ...along,
    ...Object.fromEntries(decide().map((change, index) => [`${own}${index}`, change])),
  });
  const written = await commit(table, changes, { isPatient: true });
  if (written.committed) return { outcome: 'written' };
  const { failed } = written;
  return [...failed.keys()].some((name) => name.startsWith(own)) ? undefined : { outcome: 'refused', failed };
}

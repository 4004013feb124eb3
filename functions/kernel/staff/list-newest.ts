import { read, readIntact } from '#platform/table/read-item.ts';
import type { Item } from '#platform/table/table.ts';
import type { StaffPaging } from './list-cursor.ts';

/** A page of a list, newest first. */
export interface StaffPage<One> {
  readonly data: readonly One[];
  /** The `listOrder` after which the following page begins; undefined at the end of the list. */
  readonly next: string | undefined;
}

/**
 * Reads a page of a list for the staff. An item that is corrupt is left out of it and logged.
 *
 * @param readNewest is asked for one item more than the page shows: it tells whether another page follows
 */
export async function listNewest<One>(
  { before, limit }: StaffPaging,
  readNewest: (options: {
    readonly order: 'newest';
    readonly limit: number;
    readonly before?: string;
  }) => Promise<Item[]>,
  readOne: (item: Item) => One,
): Promise<StaffPage<One>> {
  const items = await readNewest({ order: 'newest', limit: limit + 1, ...(before && { before }) });
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  const next = items.length > limit && last ? read(last).text('listOrder') : undefined;
  return { data: readIntact(shown, readOne), next };
}

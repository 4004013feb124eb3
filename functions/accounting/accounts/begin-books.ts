import { raisedKeys, raisedMonths } from '#kernel/totals/read-raised-months.ts';
import { hongKongMonth, type Month, monthsBetween } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { commit } from '#platform/table/commit.ts';
import { retryOnConflict } from '#platform/table/retry-on-conflict.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import { toBeginningChange } from './beginning-item.ts';
import { type Books, readBooks } from './read-books.ts';

/**
 * Reads the books, and writes since when there are any: the first month of what was raised, or, while nothing is written, the one in
 * which the first campaign opens. What stands there is never made later. For the tasks of the books; whoever only shows them, and the
 * webhook, writes nothing.
 */
export async function beginBooks({ table, now }: Pick<Context, 'table' | 'now'>): Promise<Books> {
  const { slugs, months } = await readBooks({ table, now });
  const candidates = [months[0], ...(await monthsOfAll(table, slugs))].filter((month) => month !== undefined);
  const [first] = candidates.filter((month) => month <= hongKongMonth(now)).sort();
  return first === undefined ? readBooks({ table, now }) : beginBooksBy(first, { table, now });
}

/** Has the books begin in a month or before: an entry of that month is about to be written. */
export async function beginBooksBy(
  month: Month,
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<Books> {
  return retryOnConflict(async () => {
    const books = await readBooks({ table, now });
    if (books.begun !== undefined && books.begun <= month) return books;
    const { committed } = await commit(table, () => ({ beginning: toBeginningChange(month, books.begun) }));
    if (!committed) return undefined;
    return { ...books, begun: month, months: monthsBetween(month, hongKongMonth(now)) };
  });
}

/** Every month in which a campaign raised or gave back anything. */
async function monthsOfAll(table: Table, slugs: readonly string[]): Promise<Month[]> {
  const read = await readItems(table, slugs.flatMap(raisedKeys), { consistent: true });
  return slugs.flatMap((slug) => raisedMonths(slug, read));
}

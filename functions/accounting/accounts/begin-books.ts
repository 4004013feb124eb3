import { raisedKeys, raisedMonths } from '#kernel/totals/read-raised-months.ts';
import { hongKongMonth, type Month, monthsBetween } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { commit } from '#platform/table/commit.ts';
import { retryOnConflict } from '#platform/table/retry-on-conflict.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import { toBeginningChange } from './beginning-item.ts';
import { type Books, readBooks } from './read-books.ts';

/**
 * Reads the books, and records their first month if it is not recorded yet: the first month in which anything was raised, or, while
 * there is no entry, the month in which the first campaign opens. A recorded month never moves to a later one. Only the tasks of the
 * books call this; pages and the webhook write nothing.
 */
export async function beginBooks({ table, now }: Pick<Context, 'table' | 'now'>): Promise<Books> {
  const { slugs, months } = await readBooks({ table, now });
  const candidates = [months[0], ...(await monthsOfAll(table, slugs))].filter((month) => month !== undefined);
  const [first] = candidates.filter((month) => month <= hongKongMonth(now)).sort();
  return first === undefined ? readBooks({ table, now }) : beginBooksBy(first, { table, now });
}

/** Makes the books begin in this month or earlier: the caller is about to write an entry of that month. */
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

/** Every month in which a campaign received a gift or reversed one. */
async function monthsOfAll(table: Table, slugs: readonly string[]): Promise<Month[]> {
  const read = await readItems(table, slugs.flatMap(raisedKeys), { consistent: true });
  return slugs.flatMap((slug) => raisedMonths(slug, read));
}

import { endOfMonth } from '#kernel/ledger/closed-month.ts';
import { touchedAtOf } from '#kernel/ledger/touched-month-item.ts';
import { clocksDiffer, type Month } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';

/**
 * A month that was touched is due for so long: its entry is written just after the mark, and the lists show it some moments later.
 * Milliseconds.
 */
const dueFor = 600_000;

/**
 * Reads which months may have changed since their sums were computed: those that were not over for a day then, with a day besides for
 * clocks that differ, and those that took a late entry.
 * @param since when the last run began that computed every due month; without one every month is due
 */
export async function readDueMonths(
  { months, since }: { readonly months: readonly Month[]; readonly since: Date | undefined },
  { table }: Pick<Context, 'table'>,
): Promise<Month[]> {
  if (since === undefined) return [...months];
  const found = await readItems(table, months.map(keys.touchedMonth), { consistent: true });
  return months.filter((month) => {
    const touched = found.itemAt(keys.touchedMonth(month));
    const isTouched = touched !== undefined && touchedAtOf(touched).getTime() + dueFor >= since.getTime();
    return isTouched || endOfMonth(month).getTime() + 2 * clocksDiffer >= since.getTime();
  });
}

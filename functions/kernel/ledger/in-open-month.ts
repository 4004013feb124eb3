import { hongKongMonth, type Month, monthsBetween } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { type Changes, commit, isNew, type Outcome } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { retryOnConflict } from '#platform/table/retry-on-conflict.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { isAlwaysSummed, mayBeClosed } from './closed-month.ts';
import { toTouchedMonthItem } from './touched-month-item.ts';

/**
 * Commits a ledger entry with all that comes with it, in a month of the books that is open: the Hong Kong month in which it
 * happened, or the first open one after it. Every entry of the ledger is written through here. A month that may be closed is
 * looked up, and held open by the transaction itself: when it is closed meanwhile nothing is written, and the next is taken. A past
 * month is marked as touched first, in a write for itself: so many late entries at once never meet in one item of their transactions.
 *
 * @param when.at when it happened
 * @param when.now the present moment
 * @param decide gives the changes, with the entry in the month that it is given; called anew for each attempt
 * @throws whatever `decide` or `commit` throws
 */
export function inOpenMonth<Name extends string>(
  table: Table,
  { at, now }: { readonly at: Date; readonly now: Date },
  decide: (month: Month) => Changes<Name>,
): Promise<Outcome<Name>> {
  const own = hongKongMonth(at);
  return retryOnConflict(async () => {
    const month = await firstOpenMonth(table, own, now);
    if (!isAlwaysSummed(month, now)) await writeOne(table, { put: toTouchedMonthItem(month, now) });
    if (!mayBeClosed(month, now)) return commit(table, () => decide(month));
    const outcome: Outcome<Name | 'openMonth'> = await commit(table, () => ({
      ...(decide(month) as Changes<Name | 'openMonth'>),
      openMonth: { check: keys.closedMonth(month), condition: isNew },
    }));
    const isClosedNow = !outcome.committed && outcome.failed.has('openMonth');
    return isClosedNow ? undefined : (outcome as Outcome<Name>);
  });
}

/** The month of the books in which what happened at a moment would count by now. */
export function readBooksMonth(
  { at }: { readonly at: Date },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<Month> {
  return firstOpenMonth(table, hongKongMonth(at), now);
}

/** The first month from one on that is not closed; without a request when the month cannot be closed yet. */
async function firstOpenMonth(table: Table, month: Month, now: Date): Promise<Month> {
  if (!mayBeClosed(month, now)) return month;
  const months = monthsBetween(month, hongKongMonth(now));
  const closed = await readClosedMonths(table, months, now);
  return months.find((each) => !closed.has(each)) ?? hongKongMonth(now);
}

/** Which of these months are closed. */
async function readClosedMonths(
  table: Table,
  months: readonly Month[],
  now: Date,
): Promise<ReadonlySet<Month>> {
  const old = months.filter((each) => mayBeClosed(each, now));
  if (old.length === 0) return new Set();
  const read = await readItems(table, old.map(keys.closedMonth), { consistent: true });
  return new Set(old.filter((each) => read.itemAt(keys.closedMonth(each))));
}

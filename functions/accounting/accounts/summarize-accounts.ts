import { Attempts } from '#kernel/attention/attempt-each.ts';
import { isClosable } from '#kernel/ledger/closed-month.ts';
import { closedAtOf } from '#kernel/ledger/closed-month-item.ts';
import type { Account } from '#kernel/ledger/ledger-entry.ts';
import type { Month } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { readCursor, writeCursor } from '#platform/table/cursor.ts';
import { keys } from '#platform/table/keys.ts';
import { type Item, readItems } from '#platform/table/table.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { sameValue } from '#platform/values.ts';
import { type AccountMonth, fromAccountMonthItem, toAccountMonthItem } from './account-month-item.ts';
import { beginBooks } from './begin-books.ts';
import { coverageOf } from './coverage.ts';
import { toCoverageItem } from './coverage-item.ts';
import { addToDay, type DaySums } from './day-sums.ts';
import { fromDaySumsItem, toDaySumsItem } from './day-sums-item.ts';
import { readDueMonths } from './read-due-months.ts';
import { readLedger } from './read-ledger.ts';

/** This long after a month was closed, its lists show everything that was written before. Milliseconds. */
const listsCatchUp = 300_000;

const task = 'summarize-accounts';

/**
 * Adds up what each month of the books changed in each account, and then whether the money that funds hold is there. A closed month is
 * added up once more and then left alone. Memory does not grow with entries.
 *
 * @param ledger reads a month's entries; by default `readLedger`
 * @param only `due` leaves the sums of months alone that cannot have changed since the last run; by default every open month is read
 * @returns how many months were added up
 * @throws WorkFailed at the end when some months failed; the others were added up
 */
export async function summarizeAccounts({
  table,
  now,
  only,
  ledger = readLedger,
}: Pick<Context, 'table' | 'now'> & {
  readonly only?: 'due';
  readonly ledger?: typeof readLedger;
}): Promise<number> {
  const { slugs, months } = await beginBooks({ table, now });
  const since = only && (await readCursor(table, task));
  const due = new Set(await readDueMonths({ months, since }, { table }));
  const wanted = months.flatMap((month) => [
    ...[keys.accountMonth(month), keys.closedMonth(month), keys.daySums(month)],
  ]);
  const read = await readItems(table, wanted, { consistent: true });
  const all: Pick<AccountMonth, 'month' | 'sums'>[] = [];
  let summarized = 0;
  const attempts = new Attempts({ table, now });
  const summarize = async (month: Month) => {
    const item = read.itemAt(keys.accountMonth(month));
    const standing = item && fromAccountMonthItem(item);
    const days = read.itemAt(keys.daySums(month));
    if (standing && days && (standing.isFinal || !due.has(month))) {
      all.push(standing);
      return;
    }
    const marker = read.itemAt(keys.closedMonth(month));
    const isFinal = marker !== undefined && now.getTime() - closedAtOf(marker).getTime() > listsCatchUp;
    const { sums, entries, byDay } = await addUp({ month, slugs, ledger }, { table, now });
    const put = toDaySumsItem(month, byDay);
    if (!days || !sameValue(toDaySumsItem(month, fromDaySumsItem(days)), put)) await writeOne(table, { put });
    await writeOne(table, { put: toAccountMonthItem({ month, sums, entries, asOf: now, isFinal }) });
    all.push({ month, sums });
    summarized += 1;
  };
  await attempts.each('account-month', months, (month) => month, summarize);
  // Some of the months alone cannot say whether the money is there.
  attempts.end('months could not be added up.');
  const coverage = coverageOf(all, (month) => isClosable(month, now));
  await writeOne(table, { put: toCoverageItem(coverage, now) });
  await writeCursor(table, task, now);
  return summarized;
}

/** Adds up the entries of a month, by account and by day. @throws Error when an entry cannot be read: the sums would be wrong without it */
async function addUp(
  asked: { readonly month: Month; readonly slugs: readonly string[]; readonly ledger: typeof readLedger },
  { table, now }: Pick<Context, 'table' | 'now'>,
) {
  const { month, slugs, ledger } = asked;
  const sums: Partial<Record<Account, number>> = {};
  const byDay = new Map<string, DaySums>();
  let entries = 0;
  const odd = new Attempts({ table, now });
  const tell = (item: Item, error: unknown) => odd.note('ledger-entry', item.pk, error);
  for await (const page of ledger({ month, slugs, tell }, { table })) {
    entries += page.length;
    for (const entry of page) {
      addToDay(byDay, entry);
      for (const { account, amount } of entry.postings) sums[account] = (sums[account] ?? 0) + amount;
    }
  }
  if (odd.failed > 0) throw new Error(`${odd.failed} entries of the month cannot be read.`);
  return { sums, entries, byDay };
}

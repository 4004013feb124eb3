import { fromAccountMonthItem } from '#accounting/accounts/account-month-item.ts';
import { fromDaySumsItem } from '#accounting/accounts/day-sums-item.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import { hongKongMonth } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { keys } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { readItems } from '#platform/table/table.ts';
import { type Income, incomeOf, monthsOfIncome } from './income.ts';

/** What came in and went out, as it was last added up; undefined before the first sums of this month. */
export interface StatedIncome extends Income {
  readonly asOf: Date | undefined;
}

/** Reads the totals in one request, however many payments there are. */
export async function readIncome(
  _permitted: { readonly permit: Permit<'ledger.read'> },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<StatedIncome> {
  const months = monthsOfIncome(now);
  const present = keys.accountMonth(hongKongMonth(now));
  const found = await readItems(table, [...months.map(keys.daySums), present]);
  const days = readIntact(
    months.flatMap((month) => found.itemAt(keys.daySums(month)) ?? []),
    fromDaySumsItem,
  );
  const item = found.itemAt(present);
  const added = item && readIntact([item], fromAccountMonthItem)[0];
  return { ...incomeOf(days, now), asOf: added?.asOf };
}

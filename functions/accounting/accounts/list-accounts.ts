import { closedAtOf } from '#kernel/ledger/closed-month-item.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Month } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';
import { byName } from '#platform/values.ts';
import { type AccountMonth, fromAccountMonthItem } from './account-month-item.ts';
import type { Coverage } from './coverage.ts';
import { fromCoverageItem } from './coverage-item.ts';
import { readBooks } from './read-books.ts';

/** What every account holds, and what each month changed. */
export interface Accounts {
  /** Minor units by account. */
  readonly balances: Readonly<Record<string, number>>;
  readonly months: readonly AccountMonth[];
  /** Undefined before the first sums. */
  readonly asOf: Date | undefined;
  readonly coverage: Coverage | undefined;
}

/** The balance of every account, from the latest sums of the months, and whether the money that the funds hold is there. */
export async function listAccounts(
  _permitted: { readonly permit: Permit<'ledger.read'> },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<Accounts> {
  const { months } = await readBooks({ table, now });
  const read = await readItems(table, [...months.map(keys.accountMonth), keys.coverage()]);
  const added = months.flatMap((month) => {
    const item = read.itemAt(keys.accountMonth(month));
    return item ? [fromAccountMonthItem(item)] : [];
  });
  const balances: Record<string, number> = {};
  for (const [account, amount] of added.flatMap(({ sums }) => Object.entries(sums))) {
    balances[account] = (balances[account] ?? 0) + (amount ?? 0);
  }
  return {
    balances: byName(balances),
    months: added,
    asOf: earliest(added),
    coverage: fromCoverageItem(read.itemAt(keys.coverage())),
  };
}

/** The latest moment for which the shown balances are surely complete: the age of the oldest sum of an open month. */
function earliest(added: readonly AccountMonth[]): Date | undefined {
  const open = added.filter(({ isFinal }) => !isFinal).map(({ asOf }) => asOf.getTime());
  return open.length > 0 ? new Date(Math.min(...open)) : undefined;
}

/** A month of the books with the time when it was closed, ISO 8601; null while it is open. */
export interface BookMonth {
  readonly month: Month;
  readonly closedAt: string | null;
}

/** Every month of the books, in order. */
export async function listMonths(
  _permitted: { readonly permit: Permit<'ledger.read'> },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<BookMonth[]> {
  const { months } = await readBooks({ table, now });
  const read = await readItems(table, months.map(keys.closedMonth), { consistent: true });
  return months.map((month) => {
    const item = read.itemAt(keys.closedMonth(month));
    return { month, closedAt: item ? closedAtOf(item).toISOString() : null };
  });
}

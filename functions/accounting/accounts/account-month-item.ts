import type { Account } from '#kernel/ledger/ledger-entry.ts';
import type { Month } from '#platform/clock.ts';
import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { byName } from '#platform/values.ts';

/** What a month of the books changed in each account. */
export interface AccountMonth {
  readonly month: Month;
  /** Minor units by account. */
  readonly sums: Readonly<Partial<Record<Account, number>>>;
  readonly entries: number;
  /** When it was added up. */
  readonly asOf: Date;
  /** Whether it was added up after the month was closed: then it stays for ever. */
  readonly isFinal: boolean;
}

/** The item of a month's sums. */
export function toAccountMonthItem({ month, sums, entries, asOf, isFinal }: AccountMonth): Item {
  return toItem(keys.accountMonth(month), 'account-month', 1, {
    month,
    sums,
    entries,
    asOf: asOf.toISOString(),
    isFinal,
  });
}

/** Reads a month's sums. */
export function fromAccountMonthItem(item: Item): AccountMonth {
  const fields = read(item);
  return {
    month: fields.text('month'),
    sums: byName(fields.record('sums').ints()),
    entries: fields.int('entries'),
    asOf: fields.date('asOf'),
    isFinal: fields.flag('isFinal'),
  };
}

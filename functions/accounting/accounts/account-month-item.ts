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
  /** When the sums were computed. */
  readonly asOf: Date;
  /** Whether the sums were computed after the month was closed: then nothing computes them again. */
  readonly isFinal: boolean;
}

export function toAccountMonthItem({ month, sums, entries, asOf, isFinal }: AccountMonth): Item {
  return toItem(keys.accountMonth(month), 'account-month', 1, {
    month,
    sums,
    entries,
    asOf: asOf.toISOString(),
    isFinal,
  });
}

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

import type { Change } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import type { Item } from '#platform/table/table.ts';

/**
 * Counts money that is paid out, in the transaction that books it: the fund's own count, kept apart from the sums that tasks make from
 * the books. Whether money may be paid out is decided by the fund's balance, not by this count.
 * @param amount minor units
 */
export function toGivenOutChange(slug: string, amount: number): Change {
  return {
    update: keys.fundBalance(slug),
    set: {
      expression: 'SET entity = :entity, v = :v ADD givenOut :amount',
      values: { ':entity': 'fund-balance', ':v': 1, ':amount': amount },
    },
  };
}

/** What a fund has paid out, minor units; 0 before the first payment. */
export function givenOutOf(item: Item | undefined): number {
  return (item && read(item).maybeInt('givenOut')) ?? 0;
}

import type { Change } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import type { Item } from '#platform/table/table.ts';

/**
 * Counts money that is handed over, in the transaction that books it: what the fund itself knows to have given out, beside what
 * is added up from the books. What may be handed over is decided by the fund's moves.
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

/** What a fund has given out, minor units; nothing before the first handing over. */
export function givenOutOf(item: Item | undefined): number {
  return (item && read(item).maybeInt('givenOut')) ?? 0;
}

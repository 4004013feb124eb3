import type { Change } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';

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

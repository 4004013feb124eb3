import type { Change } from '#platform/table/commit.ts';
import type { Key } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import type { Item } from '#platform/table/table.ts';

/**
 * The running sum of money that must not be paid out twice: of a fund, by other entries than gifts and refunds (opening, transfers,
 * disbursements, the fees it bears), in cash or in the bank. Lists show an entry a moment late; this item shows it at once.
 */
export interface RunningSum {
  /** Minor units; what left is negative. */
  readonly sum: number;
  /** Grows with each change, so that of two changes that were decided on the same read only one is written. */
  readonly changes: number;
}

/**
 * Adds to the sum whatever it is: Stripe or a person reports what has already happened.
 * @param key `keys.fundSum(slug)` or `keys.moneySum(account)`
 */
export function toSumChange(key: Key, amount: number): Change {
  return {
    update: key,
    set: {
      expression: 'SET entity = :entity, v = :v ADD moved :amount, moves :one',
      values: { ':entity': 'moves', ':v': 1, ':amount': amount, ':one': 1 },
    },
  };
}

/** Adds to the sum if it did not change since the read: of two changes that would each take the last cent, one fails. */
export function toGuardedSumChange(key: Key, amount: number, seen: RunningSum): Change {
  return {
    update: key,
    set: {
      expression: 'SET entity = :entity, v = :v ADD moved :amount, moves :one',
      values: { ':entity': 'moves', ':v': 1, ':amount': amount, ':one': 1, ':seen': seen.changes },
    },
    condition: seen.changes === 0 ? 'attribute_not_exists(pk) OR moves = :seen' : 'moves = :seen',
  };
}

/** Reads a running sum; zero when nothing was added. */
export function fromRunningSumItem(item: Item | undefined): RunningSum {
  const fields = item && read(item);
  return { sum: fields?.maybeInt('moved') ?? 0, changes: fields?.maybeInt('moves') ?? 0 };
}

import type { Change } from '#platform/table/commit.ts';
import type { Key } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import type { Item } from '#platform/table/table.ts';

/**
 * The sum and the number of moves of money that must not be taken twice: of a fund, by other entries than gifts and refunds (opening,
 * transfers, disbursements, the fees it bears), in cash or in the bank. Lists show an entry a moment late; this item shows it at once.
 */
export interface Moves {
  /** Minor units; what left is negative. */
  readonly moved: number;
  /** Grows with each move, so that of two moves that were decided on the same read only one is written. */
  readonly moves: number;
}

/**
 * Moves money whatever the balance is: Stripe or a person reports what has already happened.
 * @param key `keys.fundMoves(slug)` or `keys.moneyMoves(account)`
 */
export function toMove(key: Key, amount: number): Change {
  return {
    update: key,
    set: {
      expression: 'SET entity = :entity, v = :v ADD moved :amount, moves :one',
      values: { ':entity': 'moves', ':v': 1, ':amount': amount, ':one': 1 },
    },
  };
}

/** Moves money if no other move came since the read: of two that would each take the last cent, one fails. */
export function toGuardedMove(key: Key, amount: number, seen: Moves): Change {
  return {
    update: key,
    set: {
      expression: 'SET entity = :entity, v = :v ADD moved :amount, moves :one',
      values: { ':entity': 'moves', ':v': 1, ':amount': amount, ':one': 1, ':seen': seen.moves },
    },
    condition: seen.moves === 0 ? 'attribute_not_exists(pk) OR moves = :seen' : 'moves = :seen',
  };
}

/** Reads moves; none when nothing was moved. */
export function fromMovesItem(item: Item | undefined): Moves {
  const fields = item && read(item);
  return { moved: fields?.maybeInt('moved') ?? 0, moves: fields?.maybeInt('moves') ?? 0 };
}

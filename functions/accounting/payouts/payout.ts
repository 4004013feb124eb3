import type { LedgerEntry } from '#kernel/ledger/ledger-entry.ts';
import { isOfBooks, sum } from '#platform/money.ts';
import type { BalanceMovement } from './balance-movement.ts';
import { entryOf, nameOf } from './balance-movement.ts';

/** How a movement of Stripe's balance can differ from the books. */
export const differencesOfMovements = [
  'unknown-charge',
  'unknown-refund',
  'unknown-dispute',
  'unknown-payout',
  'unknown-movement',
  'other-amount',
  'other-currency',
] as const;

/** How a payout can differ: by a movement in it, or by its sum. */
export const differencesOfPayouts = [...differencesOfMovements, 'sum'] as const;

/** Something in a payout that differs from the books, by name. */
export interface Difference {
  readonly kind: (typeof differencesOfPayouts)[number];
  /** Stripe's id of the charge's payment, the refund, or the balance transaction; of the payout for `sum`. */
  readonly id: string;
  /** By how much the books differ, minor units. */
  readonly amount: number;
  /** Set when it is not the currency of the books: then the amount is in this one. */
  readonly currency?: string;
}

const kindOfUnknown = {
  charge: 'unknown-charge',
  refund: 'unknown-refund',
  'refund-failed': 'unknown-refund',
  dispute: 'unknown-dispute',
  payout: 'unknown-payout',
  'payout-failed': 'unknown-payout',
  fee: 'unknown-movement',
  other: 'unknown-movement',
} as const;

/**
 * Compares a movement of Stripe's balance with its journal entry.
 * @param entry undefined when the books do not hold it
 */
export function compareMovement(
  movement: BalanceMovement,
  entry: LedgerEntry | undefined,
): Difference | undefined {
  const { currency, amount } = movement;
  if (!isOfBooks(currency)) return { kind: 'other-currency', id: nameOf(movement), amount, currency };
  const expected = entryOf(movement);
  if (!expected || !entry) {
    const id = expected?.sourceId ?? movement.id;
    return { kind: kindOfUnknown[movement.kind], id, amount: movement.amount };
  }
  const booked = sum(
    entry.postings.filter(({ account }) => account === 'stripe').map(({ amount }) => amount),
  );
  if (booked === expected.amount) return undefined;
  return { kind: 'other-amount', id: expected.sourceId, amount: expected.amount - booked };
}

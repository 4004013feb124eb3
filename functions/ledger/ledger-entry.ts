import { hongKongMonth, type Month } from '../platform/clock.ts';
import { type Currency, sum } from '../platform/money.ts';

/** An account of the books. */
export type Account =
  | 'stripe'
  | 'bank'
  | 'cash'
  | 'fee'
  | 'dispute-fee'
  | 'cover'
  | `raised:${string}`
  | `passed-on:${string}`;

/** One side of an entry; money in is positive. */
export interface Side {
  readonly account: Account;
  /** Minor units. */
  readonly amount: number;
}

/** An immutable fact of the books: sides that sum to zero. */
export interface LedgerEntry {
  /** The id of what caused it; with `kind` the entry's key. */
  readonly sourceId: string;
  readonly kind: 'gift';
  readonly sides: readonly Side[];
  readonly currency: Currency;
  /** When it happened, by Stripe's clock. */
  readonly at: Date;
  /** The Hong Kong month of `at`. */
  readonly month: Month;
}

/**
 * Makes an entry of the books.
 * @throws Error when there are fewer than two sides, a side is no integer, or the sides do not sum to zero
 */
export function ledgerEntry(entry: Omit<LedgerEntry, 'month'>): LedgerEntry {
  const amounts = entry.sides.map((side) => side.amount);
  if (amounts.length < 2) throw new Error(`Ledger entry ${entry.sourceId}: it needs two sides or more.`);
  if (!amounts.every(Number.isSafeInteger)) {
    throw new Error(`Ledger entry ${entry.sourceId}: amounts are whole minor units.`);
  }
  if (sum(amounts) !== 0) {
    throw new Error(`Ledger entry ${entry.sourceId}: its sides sum to ${sum(amounts)}, not to zero.`);
  }
  return { ...entry, month: hongKongMonth(entry.at) };
}

import type { LedgerEntry } from '#kernel/ledger/ledger-entry.ts';
import { hongKongDay } from '#platform/clock.ts';
import { sum } from '#platform/money.ts';
import { moneyAccounts } from './account.ts';

/** What came in and went out on a day. Amounts are minor units. */
export interface DaySums {
  readonly payments: number;
  /** All that was taken: gifts, sales and fee cover. */
  readonly gross: number;
  /** What Stripe took, with the fees of disputes. */
  readonly fees: number;
  /** Refunds that have not failed, and what disputes took, less what was reinstated. */
  readonly refunded: number;
}

/** Sums by Hong Kong day, `YYYY-MM-DD`. */
export type Days = ReadonlyMap<string, DaySums>;

const nothing: DaySums = { payments: 0, gross: 0, fees: 0, refunded: 0 };

/** What is left of what came in. */
export function netOf({ gross, fees, refunded }: DaySums): number {
  return gross - fees - refunded;
}

/** The sums of several days together. */
export function togetherOf(days: Iterable<DaySums>): DaySums {
  let all = nothing;
  for (const { payments, gross, fees, refunded } of days) {
    all = {
      payments: all.payments + payments,
      gross: all.gross + gross,
      fees: all.fees + fees,
      refunded: all.refunded + refunded,
    };
  }
  return all;
}

const places: ReadonlySet<string> = new Set(['stripe', ...moneyAccounts]);
const reversals: ReadonlySet<string> = new Set([
  ...['refund', 'refund-failed', 'dispute-withdrawn', 'dispute-reinstated'],
]);

/** Adds an entry to the day on which it happened. What neither came from a donor nor went back to one counts its fees only. */
export function addToDay(days: Map<string, DaySums>, { kind, postings, at }: LedgerEntry): void {
  const of = (isIt: (account: string) => boolean) =>
    sum(postings.filter(({ account }) => isIt(account)).map(({ amount }) => amount));
  const change = of((account) => places.has(account));
  const fees = of((account) => account === 'fee' || account === 'dispute-fee');
  const isPayment = kind === 'payment';
  const day = hongKongDay(at);
  const added = {
    payments: isPayment ? 1 : 0,
    gross: isPayment ? change : 0,
    fees,
    // The entry of a dispute includes its fee.
    refunded: reversals.has(kind) ? 0 - change - fees : 0,
  };
  if (Object.values(added).every((amount) => amount === 0)) return;
  days.set(day, togetherOf([days.get(day) ?? nothing, added]));
}

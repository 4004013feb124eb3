import { hongKongMonth, type Month } from '#platform/clock.ts';
import { type Currency, sum } from '#platform/money.ts';

/**
 * An account of the books. `opening` and `cash-difference` balance opening balances and miscounts;
 * `fee-reimbursement` of what the receiver pays in for fees; `unassigned` of money at Stripe that nobody has claimed (yet).
 */
export type Account = (typeof sharedAccounts)[number] | `${(typeof fundAccounts)[number]}:${string}`;

/** Accounts of all funds together. */
const sharedAccounts = [
  'stripe',
  'bank',
  'cash',
  'opening',
  'cash-difference',
  'fee',
  'dispute-fee',
  'fee-reimbursement',
  'unassigned',
  'cover',
] as const;
/** Accounts that each fund has: what it raised and sold, what its sales cost, and what it paid out. */
const fundAccounts = ['raised', 'sales', 'costs', 'passed-on'] as const;

/** The fund whose account it is; undefined for accounts of all funds together. */
export function fundOf(account: string): string | undefined {
  const [name, slug] = account.split(':', 2);
  return fundAccounts.some((each) => each === name) ? slug : undefined;
}

/** Whether no posting is of a fund's account, so that an entry has to say which fund it is about. */
export function namesNoFund(postings: readonly Posting[]): boolean {
  return postings.every(({ account }) => fundOf(account) === undefined);
}

/** Whether a text names an account of the books. */
export function isAccount(text: string): text is Account {
  return (
    sharedAccounts.some((each) => each === text) || fundAccounts.some((each) => text.startsWith(`${each}:`))
  );
}

/** One line of an entry; money in is positive. */
export interface Posting {
  readonly account: Account;
  /** Minor units. */
  readonly amount: number;
}

/** Every kind of entry: what happened to the money. With its source each is booked once. */
export const entryKinds = [
  'payment',
  'refund',
  'refund-failed',
  'dispute-withdrawn',
  'dispute-reinstated',
  'fee',
  'payout',
  'payout-failed',
  'unassigned',
  'opening-balance',
  'transfer',
  'hand-over',
  'cash-float',
  'cash-count',
  'fee-reimbursement',
  'correction',
] as const;

export type EntryKind = (typeof entryKinds)[number];

/** An immutable fact of the books: postings that sum to zero. */
export interface LedgerEntry {
  /** The id of what caused it; with `kind` the entry's key. */
  readonly sourceId: string;
  readonly kind: EntryKind;
  readonly postings: readonly Posting[];
  readonly currency: Currency;
  /** When it happened, by Stripe's clock. */
  readonly at: Date;
  /** The month of the books that it counts in: the Hong Kong month of `at`, or a later one when that was closed. */
  readonly month: Month;
  /** The payment whose money it is about, where another object of Stripe's is the source: a fee's, a refund's, a dispute's. */
  readonly payment?: string;
  /** The campaign whose money it is about, where the postings do not say so: a fee's. */
  readonly fund?: string;
  /** Who bears it, by the configuration of its day: a fee's. */
  readonly borneBy?: 'receiver' | 'fund';
  /** Why the staff entered it; it names no person. */
  readonly reason?: string;
}

/**
 * Makes an entry of the books.
 * @param month the month it counts in, when the Hong Kong month of `at` is closed
 * @throws Error when there are fewer than two postings, a side is no integer, or the postings do not sum to zero
 */
export function ledgerEntry(
  entry: Omit<LedgerEntry, 'month'>,
  month: Month = hongKongMonth(entry.at),
): LedgerEntry {
  requireBalanced(entry);
  return { ...entry, month };
}

/**
 * Holds for every entry that is written, however it was made.
 * @throws Error when there are fewer than two postings, a side is no integer, or the postings do not sum to zero
 */
export function requireBalanced(entry: Pick<LedgerEntry, 'sourceId' | 'postings'>): void {
  const amounts = entry.postings.map((posting) => posting.amount);
  if (amounts.length < 2) throw new Error(`Ledger entry ${entry.sourceId}: it needs two postings or more.`);
  if (!amounts.every(Number.isSafeInteger)) {
    throw new Error(`Ledger entry ${entry.sourceId}: amounts are whole minor units.`);
  }
  if (sum(amounts) !== 0) {
    throw new Error(`Ledger entry ${entry.sourceId}: its postings sum to ${sum(amounts)}, not to zero.`);
  }
}

/** The name of an entry in lists and files: its source and kind. */
export function entryName({ sourceId, kind }: Pick<LedgerEntry, 'sourceId' | 'kind'>): string {
  return `${sourceId}/${kind}`;
}

import { moneyAccounts } from '#accounting/accounts/account.ts';
import { fundOf, type LedgerEntry, type Posting } from '#kernel/ledger/ledger-entry.ts';
import { sum } from '#platform/money.ts';

/** What a journal entry did, as a statement of account says it. Amounts are minor units, none below zero. */
export interface StatementSums {
  /** What came into Stripe, the bank and the cash box together, or left them. */
  readonly came: number;
  readonly went: number;
  /** What changed its place or its fund only; 0 where money came or went. */
  readonly moved: number;
  /** The slugs of the funds that it is about. */
  readonly funds: readonly string[];
}

/** Where money is. */
const places: ReadonlySet<string> = new Set(['stripe', ...moneyAccounts]);

/** Sums an entry up for a reader who does not know debit from credit. */
export function statementSums({ postings, fund }: LedgerEntry): StatementSums {
  const change = sum(postings.filter(({ account }) => places.has(account)).map(({ amount }) => amount));
  const named = postings.flatMap(({ account }) => fundOf(account) ?? []);
  return {
    came: Math.max(0, change),
    went: Math.max(0, 0 - change),
    moved: change === 0 ? sum(postings.map(({ amount }) => Math.max(0, amount))) : 0,
    funds: [...new Set(fund === undefined ? named : [fund, ...named])],
  };
}

/** Whether an entry stands in a statement: what Stripe took of a payment stands beside that payment. */
export function hasLine({ kind, payment }: Pick<LedgerEntry, 'kind' | 'payment'>): boolean {
  return kind !== 'fee' || payment === undefined;
}

/** From where to where a transfer, a float or a payout went: the account that lost, and the one that gained. */
export function wayOf(postings: readonly Posting[]): readonly [from: string, to: string] {
  // What a fund holds has the opposite sign of what the bank holds.
  const gain = ({ account, amount }: Posting) => (fundOf(account) === undefined ? amount : -amount);
  const inOrder = [...postings].sort((a, b) => gain(a) - gain(b));
  return [inOrder[0]?.account ?? '', inOrder.at(-1)?.account ?? ''];
}

import type { Account, Posting } from '#kernel/ledger/ledger-entry.ts';

/** What an entry changes in the money that funds hold: minor units by campaign. */
export function fundAmountsOf(postings: readonly Posting[]): ReadonlyMap<string, number> {
  const amounts = new Map<string, number>();
  for (const { account, amount } of postings) {
    const slug = holderOf(account);
    if (slug !== undefined) amounts.set(slug, (amounts.get(slug) ?? 0) - amount);
  }
  return amounts;
}

/** Accounts of money that a person can count or look up: their balance is known at once, without adding up entries. */
export const moneyAccounts = ['cash', 'bank'] as const;

export type MoneyAccount = (typeof moneyAccounts)[number];

/** What an entry changes in cash and bank, minor units; only the accounts that it touches. */
export function moneyAmountsOf(postings: readonly Posting[]): ReadonlyMap<MoneyAccount, number> {
  const amounts = new Map<MoneyAccount, number>();
  for (const { account, amount } of postings) {
    const money = moneyAccounts.find((each) => each === account);
    if (money) amounts.set(money, (amounts.get(money) ?? 0) + amount);
  }
  return amounts;
}

/** The fund that holds the money of an account; undefined for every other account, and for sales, of which no result is booked yet. */
export function holderOf(account: Account): string | undefined {
  return /^(?:raised|passed-on):(.+)$/.exec(account)?.[1];
}

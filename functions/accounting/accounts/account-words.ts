import type { FundName } from '#kernel/staff/desk-context.ts';

const shared: Readonly<Record<string, string>> = {
  stripe: 'the balance at Stripe',
  bank: 'the bank',
  cash: 'the cash box',
  fee: 'card fees',
  'dispute-fee': 'fees of disputes',
  'fee-reimbursement': 'card fees that were paid in',
  cover: 'what donors added for card fees',
  unassigned: 'money that nobody has claimed',
  opening: 'opening balances',
  'cash-difference': 'differences of the cash box',
};

const ofFund: Readonly<Record<string, (title: string) => string>> = {
  raised: (title) => `“${title}”`,
  sales: (title) => `sales of “${title}”`,
  costs: (title) => `costs of “${title}”`,
  'passed-on': (title) => `what was paid out for “${title}”`,
};

/** An account as people call it. */
export function accountName(account: string, funds: readonly FundName[]): string {
  const [kind = '', slug] = account.split(':', 2);
  if (slug === undefined) return shared[account] ?? account;
  const title = funds.find((fund) => fund.slug === slug)?.title ?? slug;
  return ofFund[kind]?.(title) ?? account;
}

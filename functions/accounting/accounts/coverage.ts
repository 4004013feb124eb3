import type { Account } from '#kernel/ledger/ledger-entry.ts';
import type { Month } from '#platform/clock.ts';
import { sum } from '#platform/money.ts';
import { holderOf } from './account.ts';

/** Whether the money that funds hold is there. All amounts are minor units. */
export interface Coverage {
  /** At Stripe, in the bank and in cash, without what is on the account `unassigned`. */
  readonly money: number;
  /** What all funds hold together; an overdrawn fund counts as zero, not as less. */
  readonly held: number;
  /** Card fees that the receiver has not paid in, of months that cannot be closed yet: the receiver still has time. */
  readonly feesNotDue: number;
}

/** What a month of the books changed in each account. */
type MonthSums = { readonly month: Month; readonly sums: Readonly<Partial<Record<Account, number>>> };

const whereMoneyIs = ['stripe', 'bank', 'cash'] as const;
const whatFeesMove = ['fee', 'dispute-fee', 'cover'] as const;

/**
 * Compares the money at Stripe, in the bank and in cash with what all funds hold. Where the receiver bears the card fees, the money
 * falls short until the receiver pays them in; each payment counts for the oldest fees first.
 *
 * @param months all months of the books
 * @param isDue whether the fees of a month must be paid in by now
 */
export function coverageOf(months: readonly MonthSums[], isDue: (month: Month) => boolean): Coverage {
  const total = (accounts: readonly Account[], of: readonly MonthSums[] = months) =>
    sum(of.flatMap(({ sums }) => accounts.map((account) => sums[account] ?? 0)));
  const funds = new Map<string, number>();
  for (const [account, amount] of months.flatMap(({ sums }) => Object.entries(sums))) {
    const slug = holderOf(account as Account);
    if (slug !== undefined) funds.set(slug, (funds.get(slug) ?? 0) - (amount ?? 0));
  }
  const notDue = months.filter(({ month }) => !isDue(month));
  return {
    // Unassigned money that came in does not belong to the funds; unassigned money that went out is missing until a person explains it.
    money: total(whereMoneyIs) + Math.min(0, total(['unassigned'])),
    held: sum([...funds.values()].map((amount) => Math.max(0, amount))),
    feesNotDue: Math.max(
      0,
      Math.min(total(whatFeesMove, notDue), total([...whatFeesMove, 'fee-reimbursement'])),
    ),
  };
}

/** How much money is missing to cover what funds hold, minor units; 0 when nothing is. */
export function missingMoney({ money, held, feesNotDue }: Coverage): number {
  return Math.max(0, held - money - feesNotDue);
}

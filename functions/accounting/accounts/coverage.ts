import type { Account } from '#kernel/ledger/ledger-entry.ts';
import type { Month } from '#platform/clock.ts';
import { sum } from '#platform/money.ts';
import { fundOf } from './account.ts';

/** Whether the money that funds hold is there. All amounts are minor units. */
export interface Coverage {
  /** At Stripe, in the bank and in cash, without what nobody has claimed. */
  readonly money: number;
  /** What all funds hold together; one that is overdrawn holds nothing of another's. */
  readonly held: number;
  /** Fees that were not paid in, as far as they are of months that cannot be closed yet: their bearer still has time. */
  readonly feesNotDue: number;
}

/** What was moved in a month of the books, by account. */
type MonthSums = { readonly month: Month; readonly sums: Readonly<Partial<Record<Account, number>>> };

const whereMoneyIs = ['stripe', 'bank', 'cash'] as const;
const whatFeesMove = ['fee', 'dispute-fee', 'cover'] as const;

/**
 * Compares what is at Stripe, in the bank and in cash with what all funds hold. When somebody else than the funds bears the card fees,
 * it falls short until they are paid in: what is paid in counts for the oldest fees first.
 *
 * @param months all months of the books
 * @param isDue whether the fees of a month have to be paid in by now
 */
export function coverageOf(months: readonly MonthSums[], isDue: (month: Month) => boolean): Coverage {
  const total = (accounts: readonly Account[], of: readonly MonthSums[] = months) =>
    sum(of.flatMap(({ sums }) => accounts.map((account) => sums[account] ?? 0)));
  const funds = new Map<string, number>();
  for (const [account, amount] of months.flatMap(({ sums }) => Object.entries(sums))) {
    const slug = fundOf(account as Account);
    if (slug !== undefined) funds.set(slug, (funds.get(slug) ?? 0) - (amount ?? 0));
  }
  const notDue = months.filter(({ month }) => !isDue(month));
  return {
    // What came in and nobody has claimed is not the funds'; what went out so is gone until somebody explains it.
    money: total(whereMoneyIs) + Math.min(0, total(['unassigned'])),
    held: sum([...funds.values()].map((amount) => Math.max(0, amount))),
    feesNotDue: Math.max(
      0,
      Math.min(total(whatFeesMove, notDue), total([...whatFeesMove, 'fee-reimbursement'])),
    ),
  };
}

/** What is missing of the money that funds hold, minor units; 0 when it is there. */
export function missingMoney({ money, held, feesNotDue }: Coverage): number {
  return Math.max(0, held - money - feesNotDue);
}

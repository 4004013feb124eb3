import type { Posting } from '#kernel/ledger/ledger-entry.ts';
import {
  fromRunningSumItem,
  type RunningSum,
  toGuardedSumChange,
  toSumChange,
} from '#kernel/ledger/running-sum-item.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { formatMoney } from '#platform/money.ts';
import type { Change } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';
import { type MoneyAccount, moneyAmountsOf } from './account.ts';

/** Changes of cash and bank, by account. */
export type MoneyChanges = Partial<Record<MoneyAccount, Change>>;

/** Reads the balance of cash or bank, strongly consistent. */
export async function readMoneyAccount(
  account: MoneyAccount,
  { table }: Pick<Context, 'table'>,
): Promise<RunningSum> {
  const key = keys.moneySum(account);
  return fromRunningSumItem((await readItems(table, [key], { consistent: true })).itemAt(key));
}

/**
 * What an entry by hand changes in cash and bank. An account cannot be overdrawn: an entry that takes money out is written only if the
 * account did not change since it was read, so of two entries that take the last dollar, one has to read again.
 *
 * @param options.pointer the field that names the account or the amount, for the error
 * @param options.counted the cash balance that a count was compared with; the count holds only while that balance stays
 * @throws Problem `not-in-account` with the balance
 */
export async function moneyChanges(
  {
    postings,
    pointer,
    counted: countedCash,
  }: {
    readonly postings: readonly Posting[];
    readonly pointer: (account: MoneyAccount) => string;
    readonly counted?: RunningSum | undefined;
  },
  { table }: Pick<Context, 'table'>,
): Promise<MoneyChanges> {
  const changes: MoneyChanges = {};
  for (const [account, amount] of moneyAmountsOf(postings)) {
    const counted = account === 'cash' ? countedCash : undefined;
    if (amount >= 0 && !counted) {
      changes[account] = toSumChange(keys.moneySum(account), amount);
      continue;
    }
    const seen = counted ?? (await readMoneyAccount(account, { table }));
    if (amount < 0 && seen.sum + amount < 0) throw notInAccount(account, seen, pointer(account));
    changes[account] = toGuardedSumChange(keys.moneySum(account), amount, seen);
  }
  return changes;
}

const whatIsMissing = {
  cash: 'enter the float that filled the box, or a count, first',
  bank: 'enter what came into the account first',
} as const satisfies Record<MoneyAccount, string>;

function notInAccount(account: MoneyAccount, { sum }: RunningSum, pointer: string): Problem {
  const holds = formatMoney(Math.max(0, sum), 'hkd');
  const detail = `By the books the account ${account} holds ${holds}: ${whatIsMissing[account]}.`;
  return new Problem('not-in-account', detail, { errors: [{ pointer, detail }] });
}

import type { MoneyAccount } from '#accounting/accounts/account.ts';
import { toSumChange } from '#kernel/ledger/running-sum-item.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import type { Table } from '#platform/table/table.ts';

/** Lets cash or the bank hold money, minor units, that no entry explains: for stories that begin later. */
export async function fillAccount(table: Table, account: MoneyAccount, amount: number): Promise<void> {
  await commit(table, () => ({ filled: toSumChange(keys.moneySum(account), amount) }));
}

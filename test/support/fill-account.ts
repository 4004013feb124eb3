import type { MoneyAccount } from '#accounting/accounts/account.ts';
import { toMove } from '#kernel/ledger/moves-item.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import type { Table } from '#platform/table/table.ts';

/** Lets cash or the bank hold money, minor units, that no entry explains: for stories that begin later. */
export async function fillAccount(table: Table, account: MoneyAccount, amount: number): Promise<void> {
  await commit(table, () => ({ filled: toMove(keys.moneyMoves(account), amount) }));
}

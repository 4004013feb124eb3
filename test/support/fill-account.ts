import { toMove } from '../../functions/ledger/moves-item.ts';
import type { MoneyAccount } from '../../functions/ledger/staff-entry.ts';
import { commit } from '../../functions/table/commit.ts';
import { keys } from '../../functions/table/keys.ts';
import type { Table } from '../../functions/table/table.ts';

/** Lets cash or the bank hold money, minor units, that no entry tells of: for stories that begin later. */
export async function fillAccount(table: Table, account: MoneyAccount, amount: number): Promise<void> {
  await commit(table, () => ({ filled: toMove(keys.moneyMoves(account), amount) }));
}

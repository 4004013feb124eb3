import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { keys } from '../table/keys.ts';
import { readItems, type Table } from '../table/table.ts';
import { fromAccountMonthItem, toAccountMonthItem } from './account-month-item.ts';
import { closedAtOf } from './closed-month-item.ts';
import type { Account } from './ledger-entry.ts';
import { readBooks } from './read-books.ts';
import { readLedger } from './read-ledger.ts';

/** So long after a month was closed its lists show all that was written before. */
const listsCatchUp = 300_000;

/**
 * Adds up every month of the books that is not added up for ever: what it changed in each account. A closed month is added up
 * once more and then left. Memory does not grow with entries.
 *
 * @returns how many months were added up
 */
export async function summarizeAccounts(table: Table, now: Date): Promise<number> {
  const { slugs, months } = await readBooks(table, now);
  const wanted = months.flatMap((month) => [keys.accountMonth(month), keys.closedMonth(month)]);
  const read = await readItems(table, wanted, { consistent: true });
  let summarized = 0;
  for (const month of months) {
    const standing = read.itemAt(keys.accountMonth(month));
    if (standing && fromAccountMonthItem(standing).isFinal) continue;
    const marker = read.itemAt(keys.closedMonth(month));
    const isFinal = marker !== undefined && now.getTime() - closedAtOf(marker).getTime() > listsCatchUp;
    const sums: Partial<Record<Account, number>> = {};
    let entries = 0;
    for await (const page of readLedger(table, month, slugs)) {
      entries += page.length;
      for (const { account, amount } of page.flatMap((entry) => entry.sides)) {
        sums[account] = (sums[account] ?? 0) + amount;
      }
    }
    const Item = toAccountMonthItem({ month, sums, entries, asOf: now, isFinal });
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
    summarized += 1;
  }
  return summarized;
}

import { fromRunningSumItem, type RunningSum } from '#kernel/ledger/running-sum-item.ts';
import { fromTotalsItem } from '#kernel/totals/totals-item.ts';
import type { Context } from '#platform/context/context.ts';
import { sum } from '#platform/money.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';

/** What a fund holds at the moment. */
export interface Fund {
  /** Raised and transferred in, less what left; minor units. Negative when Stripe took back money that was already paid out. */
  readonly held: number;
  readonly runningSum: RunningSum;
}

/** Reads the balance of a fund, strongly consistent. The cost does not grow with the number of gifts. */
export async function readFund(slug: string, { table }: Pick<Context, 'table'>): Promise<Fund> {
  const totals = keys.allTotals(slug);
  const read = await readItems(table, [...totals, keys.fundSum(slug)], { consistent: true });
  const raised = totals.map((key) => {
    const item = read.itemAt(key);
    return item ? fromTotalsItem(item).raised : 0;
  });
  const runningSum = fromRunningSumItem(read.itemAt(keys.fundSum(slug)));
  return { held: sum(raised) + runningSum.sum, runningSum };
}

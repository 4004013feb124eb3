import { fromMovesItem, type Moves } from '#kernel/ledger/moves-item.ts';
import { fromTotalsItem } from '#kernel/totals/totals-item.ts';
import type { Context } from '#platform/context/context.ts';
import { sum } from '#platform/money.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';

/** What a fund holds at the moment. */
export interface Fund {
  /** Raised and moved here, less what left; minor units. Below zero when Stripe took back what was passed on already. */
  readonly held: number;
  readonly moves: Moves;
}

/** Reads what a fund holds, with every write that was answered before. Its cost does not grow with gifts. */
export async function readFund(slug: string, { table }: Pick<Context, 'table'>): Promise<Fund> {
  const totals = keys.allTotals(slug);
  const read = await readItems(table, [...totals, keys.fundMoves(slug)], { consistent: true });
  const raised = totals.map((key) => {
    const item = read.itemAt(key);
    return item ? fromTotalsItem(item).raised : 0;
  });
  const moves = fromMovesItem(read.itemAt(keys.fundMoves(slug)));
  return { held: sum(raised) + moves.moved, moves };
}

import { fromPayoutItem, type PayoutState } from '#accounting/payouts/payout-item.ts';
import { fromDifferenceItem } from '#accounting/reconciliation/difference-item.ts';
import type { Month } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { CorruptItem } from '#platform/errors.ts';
import { lists } from '#platform/table/keys.ts';
import { type Item, readWholeList, type Table } from '#platform/table/table.ts';

const resolved: ReadonlySet<PayoutState> = new Set(['matched', 'failed', 'accepted']);

/**
 * What of a month must be resolved before its books are closed, by name: payouts that do not match to the cent, and differences from
 * Stripe that are neither gone nor accepted. A corrupt item counts as open.
 */
export async function openQuestions(month: Month, { table }: Pick<Context, 'table'>): Promise<string[]> {
  return [
    ...(await openIn(table, lists.payouts(month), ofPayout)),
    ...(await openIn(table, lists.differences(month), ofDifference)),
  ];
}

function ofPayout(item: Item): string | undefined {
  const { payoutId, state, due } = fromPayoutItem(item);
  if (due === '' && resolved.has(state)) return undefined;
  return `${payoutId}: ${due === '' ? state : 'being matched'}`;
}

function ofDifference(item: Item): string | undefined {
  const { id, state } = fromDifferenceItem(item);
  return state === 'open' ? `${id}: differs from Stripe` : undefined;
}

async function openIn(
  table: Table,
  list: string,
  questionOf: (item: Item) => string | undefined,
): Promise<string[]> {
  const open: string[] = [];
  for await (const page of readWholeList(table, list)) {
    for (const item of page) {
      const question = orCorrupt(item, questionOf);
      if (question !== undefined) open.push(question);
    }
  }
  return open;
}

function orCorrupt(item: Item, questionOf: (item: Item) => string | undefined): string | undefined {
  try {
    return questionOf(item);
  } catch (error) {
    if (error instanceof CorruptItem) return `${error.subject}: ${error.fault}`;
    throw error;
  }
}

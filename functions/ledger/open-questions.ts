import type { Month } from '../platform/clock.ts';
import { fromDifferenceItem } from '../reconciliation/difference-item.ts';
import { lists } from '../table/keys.ts';
import { readWholeList, type Table } from '../table/table.ts';
import { fromPayoutItem, type PayoutState } from './payout-item.ts';

const settled: ReadonlySet<PayoutState> = new Set(['matched', 'failed', 'accepted']);

/**
 * What of a month must be settled before its books are closed, by name: payouts that are not matched to the cent, and
 * differences from Stripe that are not gone and that nobody accepted.
 */
export async function openQuestions(table: Table, month: Month): Promise<string[]> {
  const open: string[] = [];
  for await (const page of readWholeList(table, lists.payouts(month))) {
    for (const { payoutId, state, due } of page.map(fromPayoutItem)) {
      if (due !== '' || !settled.has(state))
        open.push(`${payoutId}: ${due === '' ? state : 'being matched'}`);
    }
  }
  for await (const page of readWholeList(table, lists.differences(month))) {
    for (const { id, state } of page.map(fromDifferenceItem)) {
      if (state === 'open') open.push(`${id}: differs from Stripe`);
    }
  }
  return open;
}

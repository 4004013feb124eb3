import { fromPayoutItem, type PayoutState } from '#accounting/payouts/payout-item.ts';
import { fromDifferenceItem } from '#accounting/reconciliation/difference-item.ts';
import type { Month } from '#platform/clock.ts';
import { lists } from '#platform/table/keys.ts';
import { readWholeList, type Table } from '#platform/table/table.ts';

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

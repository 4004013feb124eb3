import { settledAlong } from '#kernel/attention/attention-item.ts';
import { auditChange } from '#kernel/audit-log/audit-change.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import { Problem } from '#platform/errors.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import { fromPayoutItem, type StoredPayout, toAcceptedPayout } from './payout-item.ts';

/**
 * Settles a payout that a person looked at: one with differences, or that was made by hand; and what asked for that person. Again
 * changes nothing.
 *
 * @throws Problem `not-found`, `payout-settled` when there is nothing to accept (yet)
 */
export async function acceptPayout(
  payoutId: string,
  reason: string,
  permit: Permit<'attention.settle'>,
  { table, now }: { readonly table: Table; readonly now: Date },
): Promise<StoredPayout> {
  for (;;) {
    const key = keys.payout(payoutId);
    const item = /^\w{1,100}$/.test(payoutId)
      ? (await readItems(table, [key], { consistent: true })).itemAt(key)
      : undefined;
    if (!item) throw new Problem('not-found', 'There is no such payout.');
    const payout = fromPayoutItem(item);
    if (payout.state === 'accepted') return payout;
    if (payout.state !== 'differs' && payout.state !== 'by-hand') {
      throw new Problem('payout-settled', `The payout is ${payout.state}: there is nothing to accept.`);
    }
    const attentionKey = keys.attention(`payout-${payout.state}`, payoutId);
    const attention = (await readItems(table, [attentionKey], { consistent: true })).itemAt(attentionKey);
    const outcome = await commit(table, () => ({
      payout: toAcceptedPayout(payout, reason),
      ...settledAlong(attention, { by: permit.actor.id, at: now, note: reason }),
      audit: auditChange(
        permit,
        {
          object: { kind: 'attention', id: payoutId },
          before: { state: payout.state },
          after: { state: 'accepted' },
        },
        now,
      ),
    }));
    if (outcome.committed) return { ...payout, state: 'accepted', reason };
  }
}

import { settledAlong } from '#kernel/attention/attention-item.ts';
import { auditChange } from '#kernel/audit-log/audit-change.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import { Problem } from '#platform/errors.ts';
import { type Change, commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import { isDifferenceId } from './difference.ts';
import {
  attentionOf,
  fromDifferenceItem,
  type StoredDifference,
  toAcceptedDifference,
} from './difference-item.ts';

/**
 * Settles a difference that a person looked at and that will not go by itself. Again changes nothing.
 *
 * @throws Problem `not-found`, `difference-settled` when it is gone already
 */
export async function acceptDifference(
  id: string,
  reason: string,
  permit: Permit<'ledger.enter'>,
  { table, now }: { readonly table: Table; readonly now: Date },
): Promise<StoredDifference> {
  for (;;) {
    const key = keys.difference(id);
    const item = isDifferenceId(id)
      ? (await readItems(table, [key], { consistent: true })).itemAt(key)
      : undefined;
    if (!item) throw new Problem('not-found', 'There is no such difference.');
    const difference = fromDifferenceItem(item);
    if (difference.state === 'accepted') return difference;
    if (difference.state === 'resolved') {
      throw new Problem('difference-settled', 'The difference is gone: there is nothing to accept.');
    }
    const attention = await settleAlong(difference, reason, permit, { table, now });
    const outcome = await commit(table, () => ({
      difference: toAcceptedDifference(difference, reason),
      ...attention,
      audit: auditChange(
        permit,
        { object: { kind: 'attention', id }, before: { state: 'open' }, after: { state: 'accepted' } },
        now,
      ),
    }));
    if (outcome.committed) return { ...difference, state: 'accepted', reason };
  }
}

/**
 * What called a person goes with the difference. Money in another currency stays listed as settled: whatever told of it tells of it
 * again.
 */
async function settleAlong(
  difference: StoredDifference,
  reason: string,
  permit: Permit<'ledger.enter'>,
  { table, now }: { readonly table: Table; readonly now: Date },
): Promise<{ readonly attention?: Change }> {
  const key = attentionOf(difference);
  if (difference.kind !== 'other-currency') return { attention: { remove: key } };
  const item = (await readItems(table, [key], { consistent: true })).itemAt(key);
  return settledAlong(item, { by: permit.actor.id, at: now, note: reason });
}

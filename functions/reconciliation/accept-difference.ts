import { auditChange } from '../audit/audit-change.ts';
import { Problem } from '../platform/errors.ts';
import type { Permit } from '../staff/rights.ts';
import { commit } from '../table/commit.ts';
import { keys } from '../table/keys.ts';
import { readItems, type Table } from '../table/table.ts';
import { isDifferenceId } from './difference.ts';
import { fromDifferenceItem, type StoredDifference, toAcceptedDifference } from './difference-item.ts';

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
    const outcome = await commit(table, () => ({
      difference: toAcceptedDifference(difference, reason),
      attention: { remove: keys.attention('books-differ', id) },
      audit: auditChange(
        permit,
        { object: { kind: 'attention', id }, before: { state: 'open' }, after: { state: 'accepted' } },
        now,
      ),
    }));
    if (outcome.committed) return { ...difference, state: 'accepted', reason };
  }
}

import { auditChange } from '#kernel/audit-log/audit-change.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import { Problem } from '#platform/errors.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import {
  type AttentionKind,
  fromAttentionItem,
  type ListedAttention,
  toSettledChange,
} from './attention-item.ts';

/**
 * Settles something that asked for a person, with what was found or done. It is kept, with who settled it when; again changes
 * nothing, and the first note stays. When the same thing happens once more it is open once more.
 *
 * @throws Problem `not-found`
 */
export async function settleAttention(
  about: { readonly kind: AttentionKind; readonly id: string },
  note: string,
  permit: Permit<'attention.settle'>,
  { table, now }: { readonly table: Table; readonly now: Date },
): Promise<{ readonly attention: ListedAttention; readonly changed: boolean }> {
  const key = keys.attention(about.kind, about.id);
  for (;;) {
    const item = (await readItems(table, [key], { consistent: true })).itemAt(key);
    if (!item) throw new Problem('not-found', 'Nothing of this kind and id asks for a person.');
    const attention = fromAttentionItem(item);
    if (attention.settled) return { attention, changed: false };
    const settled = { by: permit.actor.id, at: now, note };
    const outcome = await commit(table, () => ({
      attention: toSettledChange(key, settled),
      audit: auditChange(
        permit,
        {
          object: { kind: 'attention', id: `${about.kind}:${about.id}` },
          before: { state: 'open' },
          after: { state: 'settled' },
        },
        now,
      ),
    }));
    if (outcome.committed) return { attention: { ...attention, settled }, changed: true };
  }
}

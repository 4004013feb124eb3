import type { Operation, Permit } from '#kernel/staff/rights.ts';
import { newId } from '#platform/ids.ts';
import { isNew, type PutAlong } from '#platform/table/commit.ts';
import { type AuditEntry, type AuditedKind, type AuditFields, auditEntry } from './audit-entry.ts';
import { toAuditEntryItem, toAuditReferenceItem } from './audit-entry-item.ts';

/**
 * The audit entry of a change, to be put into the same `commit` as the change. Who acts and what is done come from the permit.
 *
 * @param change.before what changed, as it was; absent for what is new
 * @param change.after what changed, as it is now; absent for what was taken away
 * @throws Error when a field may not stand in an audit entry (`auditEntry`)
 */
export function auditChange<Kind extends AuditedKind>(
  permit: Permit<Operation>,
  change: {
    readonly object: { readonly kind: Kind; readonly id: string };
    readonly before?: AuditFields<Kind> | undefined;
    readonly after?: AuditFields<Kind> | undefined;
  },
  now: Date,
): PutAlong {
  const entry: AuditEntry = auditEntry({
    id: newId('auditEntry'),
    actor: permit.actor.id,
    action: permit.operation,
    object: change.object,
    before: change.before as AuditFields | undefined,
    after: change.after as AuditFields | undefined,
    at: now,
  });
  return { put: toAuditEntryItem(entry), condition: isNew, along: toAuditReferenceItem(entry) };
}

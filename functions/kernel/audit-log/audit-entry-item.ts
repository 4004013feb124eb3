import type { Operation } from '#kernel/staff/rights.ts';
import { type Key, keys, lists } from '#platform/table/keys.ts';
import { type Fields, read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import {
  type AuditEntry,
  type AuditedKind,
  type AuditFields,
  auditedFields,
  auditedKinds,
} from './audit-entry.ts';

/** The item of an audit entry: it stands with its object, and in the list of its month. */
export function toAuditEntryItem(entry: AuditEntry): Item {
  return toItem(keys.auditEntry(entry.object.kind, entry.object.id, auditOrder(entry)), 'audit-entry', 1, {
    id: entry.id,
    actor: entry.actor,
    action: entry.action,
    object: entry.object,
    ...(entry.before && { before: entry.before }),
    ...(entry.after && { after: entry.after }),
    at: entry.at.toISOString(),
    month: entry.month,
    list: lists.audit(entry.month),
    listOrder: auditOrder(entry),
  });
}

/** Where an audit entry stands, among all that its person did. */
export function toAuditReferenceItem(entry: AuditEntry): Item {
  return toItem(keys.auditOf(entry.actor, auditOrder(entry)), 'audit-reference', 1, {
    object: entry.object,
    listOrder: auditOrder(entry),
  });
}

/** The key of the audit entry that stands there. */
export function keyOfReferred(item: Item): Key {
  const fields = read(item);
  const object = fields.record('object');
  return keys.auditEntry(object.text('kind'), object.text('id'), fields.text('listOrder'));
}

export function fromAuditEntryItem(item: Item): AuditEntry {
  const fields = read(item);
  const object = fields.record('object');
  const kind = object.oneOf('kind', auditedKinds);
  return {
    id: fields.text('id'),
    actor: fields.text('actor'),
    // An entry stands for ever, and may name a right that no longer exists.
    action: fields.text('action') as Operation,
    object: { kind, id: object.text('id') },
    before: inOrder(kind, fields.maybeRecord('before')),
    after: inOrder(kind, fields.maybeRecord('after')),
    at: fields.date('at'),
    month: fields.text('month'),
  };
}

/** The fields in the order of their kind's list: the table keeps none. */
function inOrder(kind: AuditedKind, fields: Fields | undefined): AuditFields | undefined {
  if (!fields) return undefined;
  const known = auditedFields[kind].map((name) => [name, fields.maybePlain(name)] as const);
  return Object.fromEntries(known.filter(([, value]) => value !== undefined));
}

/** Sorts audit entries by time; two of one millisecond by their id. */
function auditOrder(entry: Pick<AuditEntry, 'at' | 'id'>): string {
  return `${entry.at.toISOString()}#${entry.id}`;
}

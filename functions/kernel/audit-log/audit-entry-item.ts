import type { Operation } from '#kernel/staff/rights.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import {
  type AuditEntry,
  type AuditedKind,
  type AuditFields,
  type AuditValue,
  auditedFields,
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

/** Reads an audit entry's item. */
export function fromAuditEntryItem(item: Item): AuditEntry {
  const { kind, id } = item.object as AuditEntry['object'];
  return {
    id: item.id as string,
    actor: item.actor as string,
    action: item.action as Operation,
    object: { kind, id },
    before: inOrder(kind, item.before as AuditFields | undefined),
    after: inOrder(kind, item.after as AuditFields | undefined),
    at: new Date(item.at as string),
    month: item.month as string,
  };
}

/** The fields in the order of their kind's list: the table keeps none. */
function inOrder(kind: AuditedKind, fields: AuditFields | undefined): AuditFields | undefined {
  if (!fields) return undefined;
  const known: Readonly<Record<string, AuditValue | undefined>> = fields;
  const names = auditedFields[kind].filter((name) => known[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, known[name]]));
}

/** Sorts audit entries by time; two of one millisecond by their id. */
export function auditOrder(entry: Pick<AuditEntry, 'at' | 'id'>): string {
  return `${entry.at.toISOString()}#${entry.id}`;
}

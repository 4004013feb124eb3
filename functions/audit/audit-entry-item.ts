import type { Operation } from '../staff/rights.ts';
import { keys, lists } from '../table/keys.ts';
import { type Item, toItem } from '../table/table.ts';
import type { AuditEntry, AuditFields } from './audit-entry.ts';

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
  return {
    id: item.id as string,
    actor: item.actor as string,
    action: item.action as Operation,
    object: item.object as AuditEntry['object'],
    before: item.before as AuditFields | undefined,
    after: item.after as AuditFields | undefined,
    at: new Date(item.at as string),
    month: item.month as string,
  };
}

/** Sorts audit entries by time; two of one millisecond by their id. */
export function auditOrder(entry: Pick<AuditEntry, 'at' | 'id'>): string {
  return `${entry.at.toISOString()}#${entry.id}`;
}

import type { StaffPaging } from '#kernel/staff/list-cursor.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Month } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { read, readIntact } from '#platform/table/read-item.ts';
import { type Item, readCollection, readList } from '#platform/table/table.ts';
import type { AuditEntry, AuditedKind } from './audit-entry.ts';
import { fromAuditEntryItem } from './audit-entry-item.ts';

/** A page of audit entries, newest first; `next` is where the following page begins. */
export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  readonly next: string | undefined;
}

/** Reads a page of the audit entries of a Hong Kong month. */
export async function listAuditOfMonth(
  {
    month,
    paging,
  }: { readonly month: Month; readonly paging: StaffPaging; readonly permit: Permit<'audit.read'> },
  { table }: Pick<Context, 'table'>,
): Promise<AuditPage> {
  return toPage(await readList(table, lists.audit(month), options(paging)), paging.limit);
}

/** Reads a page of the audit entries of one object. */
export async function listAuditOfObject(
  {
    paging,
    ...object
  }: { readonly kind: AuditedKind; readonly id: string } & {
    readonly paging: StaffPaging;
    readonly permit: Permit<'audit.read'>;
  },
  { table }: Pick<Context, 'table'>,
): Promise<AuditPage> {
  const { pk } = keys.auditEntry(object.kind, object.id, '');
  return toPage(await readCollection(table, pk, options(paging)), paging.limit);
}

function options({ before, limit }: StaffPaging) {
  return { order: 'newest', limit: limit + 1, ...(before && { before }) } as const;
}

function toPage(items: readonly Item[], limit: number): AuditPage {
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  const next = items.length > limit && last ? read(last).text('listOrder') : undefined;
  return { entries: readIntact(shown, fromAuditEntryItem), next };
}

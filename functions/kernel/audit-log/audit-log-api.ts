import { anyObject, paged } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import { nextCursor, pageOf, type StaffPaging } from '#kernel/staff/list-cursor.ts';
import { listNewest, type StaffPage } from '#kernel/staff/list-newest.ts';
import { month } from '#kernel/staff/month-input.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Month } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { inPath, page } from '#platform/http/input.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { readCollection, readItems, readList } from '#platform/table/table.ts';
import { type AuditEntry, type AuditedKind, auditedFields } from './audit-entry.ts';
import { fromAuditEntryItem, keyOfReferred } from './audit-entry-item.ts';

/** Reads a page of the audit entries of a Hong Kong month. */
export async function listAuditOfMonth(
  {
    month,
    paging,
  }: { readonly month: Month; readonly paging: StaffPaging; readonly permit: Permit<'audit.read'> },
  { table }: Pick<Context, 'table'>,
): Promise<StaffPage<AuditEntry>> {
  return listNewest(paging, (options) => readList(table, lists.audit(month), options), fromAuditEntryItem);
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
): Promise<StaffPage<AuditEntry>> {
  const { pk } = keys.auditEntry(object.kind, object.id, '');
  return listNewest(paging, (options) => readCollection(table, pk, options), fromAuditEntryItem);
}

/** Reads a page of the audit entries of what one person did. */
export async function listAuditOfPerson(
  {
    person,
    paging,
  }: { readonly person: string; readonly paging: StaffPaging; readonly permit: Permit<'audit.read'> },
  { table }: Pick<Context, 'table'>,
): Promise<StaffPage<AuditEntry>> {
  const { pk } = keys.auditOf(person, '');
  const page = await listNewest(paging, (options) => readCollection(table, pk, options), keyOfReferred);
  const read = await readItems(table, page.data, { consistent: true });
  const entries = page.data.flatMap((key) => read.itemAt(key) ?? []);
  return { ...page, data: readIntact(entries, fromAuditEntryItem) };
}

/** The person whose changes are asked for, in the path. */
export const auditedPerson = {
  id: inPath({ description: 'The person, as their token’s subject.', example: 'sub-1' }),
};

/** The object whose audit entries are asked for, in the path. */
export const auditedObject = {
  kind: inPath({ description: 'The kind of thing.', example: 'campaign' }, readKind),
  id: inPath({ description: 'Which one.', example: 'soup-kitchen' }),
};

const answer = () => paged('Each audit entry.', anyObject);

const listAudit = endpoint({
  id: 'listAudit',
  method: 'get',
  path: '/api/staff/audit',
  right: 'audit.read',
  summary: 'What the staff did in a month',
  description: 'Newest first.',
  input: { month, ...page },
  answer,
  run: async ({ month: of, ...paging }, { table, permit }) => {
    const list = `audit ${of}`;
    return toJson(
      list,
      await listAuditOfMonth({ month: of, paging: pageOf(list, paging), permit }, { table }),
    );
  },
});

const listAuditOfOne = endpoint({
  id: 'listAuditOfObject',
  method: 'get',
  path: '/api/staff/audit/{kind}/{id}',
  right: 'audit.read',
  summary: 'What the staff did with one thing',
  description: 'Newest first.',
  input: { ...auditedObject, ...page },
  answer,
  problems: ['not-found'],
  run: async ({ kind, id, ...paging }, { table, permit }) => {
    const list = `audit of ${kind} ${id}`;
    return toJson(
      list,
      await listAuditOfObject({ kind, id, paging: pageOf(list, paging), permit }, { table }),
    );
  },
});

const listAuditOfOnePerson = endpoint({
  id: 'listAuditOfPerson',
  method: 'get',
  path: '/api/staff/team/{id}/audit',
  right: 'audit.read',
  summary: 'What one person of the staff did',
  description: 'Newest first.',
  input: { ...auditedPerson, ...page },
  answer,
  run: async ({ id: person, ...paging }, { table, permit }) => {
    const list = `audit of the person ${person}`;
    return toJson(list, await listAuditOfPerson({ person, paging: pageOf(list, paging), permit }, { table }));
  },
});

/** What the staff did: by month, by object and by person, newest first. */
export const auditLogApi = [listAudit, listAuditOfOne, listAuditOfOnePerson];

function readKind(kind: string): AuditedKind {
  if (isAuditedKind(kind)) return kind;
  throw new Problem('not-found', 'There are no audit entries of this kind.');
}

function isAuditedKind(kind: string): kind is AuditedKind {
  return Object.hasOwn(auditedFields, kind);
}

function toJson(list: string, { data, next }: StaffPage<AuditEntry>) {
  return {
    data: data.map(entryJson),
    nextCursor: nextCursor(list, next),
  };
}

function entryJson({ id, actor, action, object, before, after, at }: AuditEntry) {
  return {
    id,
    actor,
    action,
    object,
    before: fieldsJson(before),
    after: fieldsJson(after),
    at: at.toISOString(),
  };
}

function fieldsJson(fields: AuditEntry['before']) {
  if (!fields) return null;
  const { currency } = fields as { readonly currency?: string };
  return currency === undefined ? fields : { ...fields, currency: currency.toUpperCase() };
}

import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import { nextCursor, pageOf } from '#kernel/staff/list-cursor.ts';
import { choosableMonths, earlierMonth, month } from '#kernel/staff/month-input.ts';
import { readNames } from '#kernel/staff/read-names.ts';
import { page } from '#platform/http/input.ts';
import { AuditOfMonth, AuditOfObject, AuditOfPerson, auditOf } from './audit-desk.tsx';
import {
  auditedObject,
  auditedPerson,
  listAuditOfMonth,
  listAuditOfObject,
  listAuditOfPerson,
} from './audit-log-api.ts';
import { auditWords as words } from './audit-words.ts';

const ofMonth = deskPage({
  path: '/staff/audit',
  right: 'audit.read',
  label: words.label,
  input: { month, ...page },
  read: async ({ month: of, ...paging }, { table, now, permit, directory }) => {
    const list = `audit ${of}`;
    const { data, next } = await listAuditOfMonth(
      { month: of, paging: pageOf(list, paging), permit },
      { table },
    );
    const cursor = nextCursor(list, next);
    return {
      entries: data,
      names: await readNames({ directory }),
      next: cursor === null ? undefined : `/staff/audit?month=${of}&cursor=${cursor}`,
      ...{ month: of, earlier: earlierMonth(of) },
      months: choosableMonths(of, now),
    };
  },
  title: () => words.title,
  show: (data, view) => AuditOfMonth({ ...data, view }),
});

const ofObject = deskPage({
  path: '/staff/audit/{kind}/{id}',
  right: 'audit.read',
  input: { ...auditedObject, ...page },
  read: async ({ kind, id, ...paging }, { table, permit, directory }) => {
    const list = `audit of ${kind} ${id}`;
    const { data, next } = await listAuditOfObject(
      { kind, id, paging: pageOf(list, paging), permit },
      { table },
    );
    const cursor = nextCursor(list, next);
    const at = `/staff/audit/${kind}/${encodeURIComponent(id)}`;
    const names = await readNames({ directory });
    return { entries: data, names, next: cursor === null ? undefined : `${at}?cursor=${cursor}`, kind, id };
  },
  title: ({ kind }) => words.ofObject(words.kinds[kind]),
  show: (data, view) => AuditOfObject({ ...data, view }),
});

const ofPerson = deskPage({
  path: '/staff/team/{id}/audit',
  right: 'audit.read',
  input: { ...auditedPerson, ...page },
  read: async ({ id, ...paging }, { table, permit, directory }) => {
    const list = `audit of the person ${id}`;
    const { data, next } = await listAuditOfPerson(
      { person: id, paging: pageOf(list, paging), permit },
      { table },
    );
    const cursor = nextCursor(list, next);
    const names = await readNames({ directory });
    return {
      entries: data,
      names,
      next: cursor === null ? undefined : `${auditOf(id)}?cursor=${cursor}`,
      id,
    };
  },
  title: ({ names, id }) => words.ofPerson(names.get(id)),
  show: (data, view) => AuditOfPerson({ ...data, view }),
});

/** The pages of the audit log. */
export const auditPages = [ofMonth, ofObject, ofPerson];

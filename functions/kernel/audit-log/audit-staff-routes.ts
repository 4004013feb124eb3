import { Hono } from 'hono';
import { nextCursor, readMonth, readPaging } from '#kernel/staff/list-cursor.ts';
import { permit } from '#kernel/staff/rights.ts';
import type { StaffDeps, StaffEnv } from '#kernel/staff/staff-deps.ts';
import { hongKongMonth } from '#platform/clock.ts';
import { Problem } from '#platform/errors.ts';
import { type AuditEntry, type AuditedKind, auditedFields } from './audit-entry.ts';
import { type AuditPage, listAuditOfMonth, listAuditOfObject } from './list-audit-entries.ts';

/** What the staff did, as JSON: by month and by object, newest first. */
export function auditStaffRoutes(deps: StaffDeps): Hono<StaffEnv> {
  const app = new Hono<StaffEnv>();
  app.get('/api/staff/audit', async (c) => {
    const allowed = permit(c.get('actor'), 'audit.read');
    const month = readMonth(c.req.query('month') ?? hongKongMonth(deps.clock()));
    const list = `audit ${month}`;
    return c.json(toJson(list, await listAuditOfMonth(deps.table, month, readPaging(c, list), allowed)));
  });
  app.get('/api/staff/audit/:kind/:id', async (c) => {
    const allowed = permit(c.get('actor'), 'audit.read');
    const { kind, id } = c.req.param();
    if (!isAuditedKind(kind)) throw new Problem('not-found', 'There are no audit entries of this kind.');
    const list = `audit of ${kind} ${id}`;
    const page = await listAuditOfObject(deps.table, { kind, id }, readPaging(c, list), allowed);
    return c.json(toJson(list, page));
  });
  return app;
}

function isAuditedKind(kind: string): kind is AuditedKind {
  return Object.hasOwn(auditedFields, kind);
}

function toJson(list: string, { entries, next }: AuditPage) {
  return {
    data: entries.map(entryJson),
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

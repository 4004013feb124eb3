import { type Context, Hono } from 'hono';
import { parseLimit } from '../gifts/gift-paging.ts';
import { hongKongMonth } from '../platform/clock.ts';
import { Problem } from '../platform/errors.ts';
import { permit } from '../staff/rights.ts';
import type { StaffDeps, StaffEnv } from '../staff/staff-app.ts';
import { type AuditEntry, type AuditedKind, auditedFields } from './audit-entry.ts';
import {
  type AuditPage,
  type AuditPaging,
  listAuditOfMonth,
  listAuditOfObject,
} from './list-audit-entries.ts';

/** What the staff did, as JSON: by month and by object, newest first. */
export function auditStaffRoutes(deps: StaffDeps): Hono<StaffEnv> {
  const app = new Hono<StaffEnv>();
  app.get('/api/staff/audit', async (c) => {
    const allowed = permit(c.get('actor'), 'audit.read');
    const month = c.req.query('month') ?? hongKongMonth(deps.clock());
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw wrong('month', 'The month has the form 2026-11.');
    return c.json(toJson(await listAuditOfMonth(deps.table, month, readPaging(c), allowed)));
  });
  app.get('/api/staff/audit/:kind/:id', async (c) => {
    const allowed = permit(c.get('actor'), 'audit.read');
    const { kind, id } = c.req.param();
    if (!isAuditedKind(kind)) throw new Problem('not-found', 'There are no audit entries of this kind.');
    return c.json(toJson(await listAuditOfObject(deps.table, { kind, id }, readPaging(c), allowed)));
  });
  return app;
}

function isAuditedKind(kind: string): kind is AuditedKind {
  return Object.hasOwn(auditedFields, kind);
}

function readPaging(c: Context): AuditPaging {
  const limit = parseLimit(c.req.query('limit'));
  const cursor = c.req.query('cursor');
  if (cursor === undefined) return { limit, before: undefined };
  const before = Buffer.from(cursor, 'base64url').toString();
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#aud_[0-9a-f]{32}$/.test(before)) {
    throw wrong('cursor', 'The cursor is the nextCursor of an earlier page.');
  }
  return { limit, before };
}

function wrong(field: string, detail: string): Problem {
  return new Problem('invalid', detail, { errors: [{ pointer: `/${field}`, detail }] });
}

function toJson({ entries, next }: AuditPage) {
  return {
    data: entries.map(entryJson),
    nextCursor: next ? Buffer.from(next).toString('base64url') : null,
  };
}

function entryJson({ id, actor, action, object, before, after, at }: AuditEntry) {
  return {
    id,
    actor,
    action,
    object,
    before: before ?? null,
    after: after ?? null,
    at: at.toISOString(),
  };
}

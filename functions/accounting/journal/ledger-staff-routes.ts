import { Hono } from 'hono';
import * as z from 'zod/mini';
import { missingMoney } from '#accounting/accounts/coverage.ts';
import { listAccounts } from '#accounting/accounts/list-accounts.ts';
import { readBooks } from '#accounting/accounts/read-books.ts';
import { entryAnswer } from '#kernel/ledger/entry-answer.ts';
import { orderSchema, readMonth } from '#kernel/staff/list-cursor.ts';
import { permit } from '#kernel/staff/rights.ts';
import type { StaffDeps, StaffEnv } from '#kernel/staff/staff-deps.ts';
import { hongKongMonth } from '#platform/clock.ts';
import { Problem } from '#platform/errors.ts';
import { readCursor, writeCursor } from '#platform/http/cursors.ts';
import { readIdempotencyKey, readJson } from '#platform/http/requests.ts';
import { enterEntry } from './enter-entry.ts';
import { listLedger } from './list-ledger.ts';
import { isEntryPath, parseEntry } from './staff-entry-request.ts';

/** Which of the month's lists, and before which of its items. */
const cursorSchema = z.strictObject({ list: z.int().check(z.gte(0)), before: z.optional(orderSchema) });

/** What the staff does with the books, as JSON. */
export function ledgerStaffRoutes({ table, clock }: StaffDeps): Hono<StaffEnv> {
  const app = new Hono<StaffEnv>();
  app.get('/api/staff/accounts', async (c) => {
    const allowed = permit(c.get('actor'), 'ledger.read');
    const { balances, months, asOf, coverage } = await listAccounts(table, clock(), allowed);
    const data = Object.entries(balances).map(([account, balance]) => ({ account, balance }));
    return c.json({
      data,
      currency: 'HKD',
      months,
      asOf: asOf ?? null,
      coverage: coverage ? { ...coverage, missing: missingMoney(coverage) } : null,
    });
  });
  app.get('/api/staff/ledger', async (c) => {
    const allowed = permit(c.get('actor'), 'ledger.read');
    const month = readMonth(c.req.query('month') ?? hongKongMonth(clock()));
    const { slugs } = await readBooks(table, clock());
    const list = `ledger ${month}`;
    const account = c.req.query('account');
    const cursor = readCursor(c.req.query('cursor'), list, cursorSchema);
    const { entries, next } = await listLedger(table, { month, slugs, account, cursor }, allowed);
    return c.json({ data: entries.map(entryAnswer), nextCursor: next ? writeCursor(list, next) : null });
  });
  app.post('/api/staff/ledger/:kind', async (c) => {
    const allowed = permit(c.get('actor'), 'ledger.enter');
    const { kind } = c.req.param();
    if (!isEntryPath(kind)) throw new Problem('not-found', 'There are no entries of this kind.');
    const request = parseEntry(kind, await readJson(c));
    const deps = { table, now: clock(), permit: allowed };
    const entry = await enterEntry(request, readIdempotencyKey(c), deps);
    return c.json(entryAnswer(entry), 201);
  });
  return app;
}

import { Hono } from 'hono';
import { listMonths } from '#accounting/accounts/list-accounts.ts';
import { readMonth } from '#kernel/staff/list-cursor.ts';
import { permit } from '#kernel/staff/rights.ts';
import type { StaffDeps, StaffEnv } from '#kernel/staff/staff-deps.ts';
import { closeMonth } from './close-month.ts';

/** The months of the books, as JSON. */
export function monthStaffRoutes({ table, clock }: StaffDeps): Hono<StaffEnv> {
  const app = new Hono<StaffEnv>();
  app.get('/api/staff/months', async (c) => {
    const allowed = permit(c.get('actor'), 'ledger.read');
    return c.json({ data: await listMonths(table, clock(), allowed) });
  });
  app.post('/api/staff/months/:month/close', async (c) => {
    const allowed = permit(c.get('actor'), 'month.close');
    const month = readMonth(c.req.param('month'));
    const closed = await closeMonth(month, allowed, { table, now: clock() });
    return c.json({ month, closedAt: closed.closedAt.toISOString() });
  });
  return app;
}

import { Hono } from 'hono';
import { permit } from '#kernel/staff/rights.ts';
import type { StaffDeps, StaffEnv } from '#kernel/staff/staff-deps.ts';
import { sendAgain } from './send-again.ts';

/** What the staff does with mails that were stopped, as JSON. */
export function mailStaffRoutes(deps: StaffDeps): Hono<StaffEnv> {
  const app = new Hono<StaffEnv>();
  app.post('/api/staff/mails/:id/send-again', async (c) => {
    const allowed = permit(c.get('actor'), 'mail.send-again');
    const id = c.req.param('id');
    const { as, changed } = await sendAgain(id, allowed, { table: deps.table, now: deps.clock() });
    return c.json({ id, as, changed });
  });
  return app;
}

import { Hono } from 'hono';
import { permit } from '#kernel/staff/rights.ts';
import type { StaffDeps, StaffEnv } from '#kernel/staff/staff-deps.ts';
import { parseFields } from '#platform/http/fields.ts';
import { readIdempotencyKey, readJson } from '#platform/http/requests.ts';
import { nameDecisionSchema, wordsDecisionSchema } from './comment-request.ts';
import { listNames } from './list-names.ts';
import { listWaitingWords } from './list-waiting-comments.ts';
import { moderateWords } from './moderate-comment.ts';

/** What the staff does with what donors wrote for the page, their comments and names, as JSON. */
export function wordsStaffRoutes(deps: StaffDeps): Hono<StaffEnv> {
  const app = new Hono<StaffEnv>();
  app.get('/api/staff/words', async (c) => {
    permit(c.get('actor'), 'words.moderate');
    const waiting = await listWaitingWords(deps.table, deps.clock());
    return c.json({ data: waiting.map((words) => ({ ...words, at: words.at.toISOString() })) });
  });
  app.post('/api/staff/words/:checkoutId', async (c) => {
    const allowed = permit(c.get('actor'), 'words.moderate');
    const { decision } = parseFields(wordsDecisionSchema, await readJson(c));
    const moderation = { checkoutId: c.req.param('checkoutId'), about: 'message', decision } as const;
    const outcome = await moderateWords(moderation, readIdempotencyKey(c), allowed, {
      table: deps.table,
      now: deps.clock(),
    });
    return c.json({ checkoutId: moderation.checkoutId, decision, changed: outcome === 'changed' });
  });
  app.get('/api/staff/campaigns/:slug/names', async (c) => {
    const allowed = permit(c.get('actor'), 'words.moderate');
    const names = await listNames(deps.table, c.req.param('slug'), deps.clock(), allowed);
    return c.json({
      data: names.map((named) => ({ ...named, at: named.at.toISOString() })),
      nextCursor: null,
    });
  });
  app.post('/api/staff/names/:checkoutId', async (c) => {
    const allowed = permit(c.get('actor'), 'words.moderate');
    const checkoutId = c.req.param('checkoutId');
    const { decision } = parseFields(nameDecisionSchema, await readJson(c));
    const outcome = await moderateWords(
      { checkoutId, about: 'name', decision: decision === 'show' ? 'approve' : 'refuse' },
      readIdempotencyKey(c),
      allowed,
      { table: deps.table, now: deps.clock() },
    );
    return c.json({ checkoutId, decision, changed: outcome === 'changed' });
  });
  return app;
}

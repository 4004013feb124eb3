import { Hono } from 'hono';
import { nextCursor, readMonth, readPaging } from '#kernel/staff/list-cursor.ts';
import { permit } from '#kernel/staff/rights.ts';
import type { StaffDeps, StaffEnv } from '#kernel/staff/staff-deps.ts';
import { hongKongMonth } from '#platform/clock.ts';
import { Problem } from '#platform/errors.ts';
import { parseFields } from '#platform/http/fields.ts';
import { readIdempotencyKey, readJson, wrongParameter } from '#platform/http/requests.ts';
import { type AttentionKind, attentionKinds, type ListedAttention } from './attention-item.ts';
import { attentionNoteSchema } from './attention-request.ts';
import { listAttention } from './list-attention.ts';
import type { AccountTrouble } from './mail-advice.ts';
import { stopAdvice, troubleAdvice } from './mail-advice.ts';
import { settleAttention } from './settle-attention.ts';

/** What waits for a person, as JSON. */
export function attentionStaffRoutes(deps: StaffDeps): Hono<StaffEnv> {
  const app = new Hono<StaffEnv>();
  app.get('/api/staff/attention', async (c) => {
    const allowed = permit(c.get('actor'), 'attention.read');
    const month = readMonth(c.req.query('month') ?? hongKongMonth(deps.clock()));
    const asked = c.req.query('kind');
    const kind = asked === undefined ? undefined : readKind(asked);
    if (kind === null) throw wrongParameter('kind', `The kind is one of ${attentionKinds.join(', ')}.`);
    const settled = readSettled(c.req.query('settled'));
    const list = `attention ${month}`;
    const page = await listAttention(deps.table, { month, kind, settled }, readPaging(c, list), allowed);
    return c.json({ data: page.data.map(toJson), nextCursor: nextCursor(list, page.next) });
  });
  app.post('/api/staff/attention/:kind/:id/settle', async (c) => {
    const allowed = permit(c.get('actor'), 'attention.settle');
    const kind = readKind(c.req.param('kind'));
    if (kind === null) throw new Problem('not-found', 'Nothing of this kind asks for a person.');
    const { note } = parseFields(attentionNoteSchema, await readJson(c));
    const about = { kind, id: c.req.param('id') };
    const { attention, changed } = await settleAttention(about, note, readIdempotencyKey(c), allowed, {
      table: deps.table,
      now: deps.clock(),
    });
    return c.json({ ...toJson(attention), changed });
  });
  return app;
}

function readKind(text: string): AttentionKind | null {
  return attentionKinds.find((kind) => kind === text) ?? null;
}

function readSettled(text: string | undefined): boolean {
  if (text === undefined || text === 'false') return false;
  if (text === 'true') return true;
  throw wrongParameter('settled', 'settled is true or false.');
}

/** What a person does about it, where one sentence says it. */
function adviceFor({ kind, reason }: ListedAttention): string | null {
  if (kind === 'mail-account') return troubleAdvice[reason as AccountTrouble] ?? null;
  return kind === 'mail-stopped' ? stopAdvice(reason) : null;
}

function toJson(attention: ListedAttention) {
  const { kind, id, at, settled } = attention;
  return {
    kind,
    id,
    at: at.toISOString(),
    paymentId: attention.paymentId ?? null,
    checkoutId: attention.checkoutId ?? null,
    reason: attention.reason ?? null,
    advice: adviceFor(attention),
    dueBy: attention.dueBy?.toISOString() ?? null,
    settled: settled ? { by: settled.by, at: settled.at.toISOString(), note: settled.note } : null,
  };
}

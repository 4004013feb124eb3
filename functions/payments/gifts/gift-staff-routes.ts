import { Hono } from 'hono';
import { entryAnswer } from '#kernel/ledger/entry-answer.ts';
import { mayDo, permit } from '#kernel/staff/rights.ts';
import type { StaffDeps, StaffEnv } from '#kernel/staff/staff-deps.ts';
import { type GiftFile, readGift } from './read-gift.ts';
import { releaseGift } from './release-gift.ts';

/** What the staff does with gifts, as JSON. */
export function giftStaffRoutes(deps: StaffDeps): Hono<StaffEnv> {
  const app = new Hono<StaffEnv>();
  app.get('/api/staff/gifts/:paymentId', async (c) => {
    const actor = c.get('actor');
    const mayReadPerson = mayDo(actor, 'person.read');
    const personPermit = mayReadPerson ? permit(actor, 'person.read') : undefined;
    const file = await readGift(
      deps.table,
      c.req.param('paymentId'),
      permit(actor, 'gift.read'),
      personPermit,
    );
    return c.json({ ...toJson(file), ...(mayReadPerson && { person: personJson(file) }) });
  });
  app.post('/api/staff/gifts/:paymentId/release', async (c) => {
    const allowed = permit(c.get('actor'), 'gift.hold-release');
    const paymentId = c.req.param('paymentId');
    const outcome = await releaseGift(paymentId, allowed, { table: deps.table, now: deps.clock() });
    return c.json({ paymentId, changed: outcome === 'changed' });
  });
  return app;
}

function toJson({ gift, entries, checkoutStatus }: GiftFile) {
  return {
    paymentId: gift.paymentId,
    campaign: gift.campaign,
    amount: gift.amount,
    cover: gift.cover,
    refunded: gift.refunded,
    currency: gift.currency.toUpperCase(),
    frequency: gift.frequency,
    language: gift.language,
    at: gift.at.toISOString(),
    month: gift.month,
    held: gift.held ?? null,
    checkout: { status: checkoutStatus ?? null },
    entries: entries.map(entryAnswer),
  };
}

/** The giver, null when erased. */
function personJson({ person }: GiftFile) {
  if (!person) return null;
  const { name, displayName, email, hideName, hideAmount, message } = person;
  return { name, displayName: displayName ?? null, email, hideName, hideAmount, message: message ?? null };
}

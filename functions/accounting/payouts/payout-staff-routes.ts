import { Hono } from 'hono';
import { readMonth } from '#kernel/staff/list-cursor.ts';
import { permit } from '#kernel/staff/rights.ts';
import type { StaffDeps, StaffEnv } from '#kernel/staff/staff-deps.ts';
import { hongKongMonth } from '#platform/clock.ts';
import { parseFields } from '#platform/http/fields.ts';
import { readIdempotencyKey, readJson } from '#platform/http/requests.ts';
import { lists } from '#platform/table/keys.ts';
import { readList } from '#platform/table/table.ts';
import { acceptPayout } from './accept-payout.ts';
import { fromPayoutItem, type PayoutState, type StoredPayout } from './payout-item.ts';
import { payoutReasonSchema } from './payout-request.ts';

/** More payouts than a month can have: Stripe pays out once a day. */
const mostPayouts = 1000;

/** What a person does about a payout that stands so. */
const toDo: Readonly<Record<PayoutState, string | null>> = {
  expected: null,
  matched: null,
  failed: 'Look at Stripe why the bank refused it; its money is in the next payout.',
  differs:
    'Look up each difference at Stripe. What is ours matches by itself once it is booked. What nobody has claimed stands on the account unassigned and never does: accept the payout with a reason.',
  'by-hand':
    'Stripe does not say what is in a payout made by hand: compare it with the bank, then accept it with a reason.',
  accepted: null,
};

/** What the staff does with payouts, as JSON. */
export function payoutStaffRoutes({ table, clock }: StaffDeps): Hono<StaffEnv> {
  const app = new Hono<StaffEnv>();
  app.get('/api/staff/payouts', async (c) => {
    permit(c.get('actor'), 'ledger.read');
    const month = readMonth(c.req.query('month') ?? hongKongMonth(clock()));
    const items = await readList(table, lists.payouts(month), { order: 'newest', limit: mostPayouts });
    return c.json({ data: items.map(fromPayoutItem).map(toJson), nextCursor: null });
  });
  app.post('/api/staff/payouts/:payoutId/accept', async (c) => {
    const allowed = permit(c.get('actor'), 'attention.settle');
    const { reason } = parseFields(payoutReasonSchema, await readJson(c));
    const deps = { table, now: clock() };
    const payout = await acceptPayout(c.req.param('payoutId'), reason, readIdempotencyKey(c), allowed, deps);
    return c.json(toJson(payout));
  });
  return app;
}

function toJson(payout: StoredPayout) {
  const { payoutId, amount, createdAt, arrivesAt, state, differences, reason } = payout;
  return {
    payoutId,
    amount,
    currency: 'HKD',
    createdAt: createdAt.toISOString(),
    arrivesAt: arrivesAt.toISOString(),
    state,
    unknownCharges: differences.filter(({ kind }) => kind === 'unknown-charge').map(({ id }) => id),
    differences,
    toDo: toDo[state],
    reason: reason ?? null,
  };
}

import { Hono } from 'hono';
import { payoutReasonSchema } from '#accounting/payouts/payout-request.ts';
import { readMonth } from '#kernel/staff/list-cursor.ts';
import { permit } from '#kernel/staff/rights.ts';
import type { StaffDeps, StaffEnv } from '#kernel/staff/staff-deps.ts';
import { hongKongMonth } from '#platform/clock.ts';
import { parseFields } from '#platform/http/fields.ts';
import { readIdempotencyKey, readJson } from '#platform/http/requests.ts';
import { lists } from '#platform/table/keys.ts';
import { readList } from '#platform/table/table.ts';
import { acceptDifference } from './accept-difference.ts';
import type { DifferenceKind } from './difference.ts';
import { fromDifferenceItem, monthOfDifference, type StoredDifference } from './difference-item.ts';

/** More than anybody looks through by hand; the rest is shown once these are settled. */
const mostDifferences = 1000;

const bookIt =
  'Look it up at Stripe by its id. It is gone by itself in the night after the books hold it; else accept it with a reason.';

/** What a person does about an open difference. */
const toDo: Readonly<Record<DifferenceKind, string>> = {
  'unknown-charge': bookIt,
  'unknown-refund': bookIt,
  'unknown-dispute': bookIt,
  'unknown-payout': bookIt,
  'unknown-movement': bookIt,
  'unknown-fee': bookIt,
  'other-amount':
    'Look up both amounts, enter a correction for what the books lack or have too much, then accept it with a reason.',
  'not-at-stripe':
    'The books hold what Stripe does not know: ask who entered it, correct it, then accept it with a reason.',
  'other-currency':
    'The books are kept in one currency, so it moved no account: look it up at Stripe, enter what it brought once it is changed, then accept it with a reason.',
  'other-status':
    'The dispute stands elsewhere at Stripe: it is read again with its next event; else accept it.',
};

/** What the staff does with differences between Stripe and the books, as JSON. */
export function differenceStaffRoutes({ table, clock }: StaffDeps): Hono<StaffEnv> {
  const app = new Hono<StaffEnv>();
  app.get('/api/staff/differences', async (c) => {
    permit(c.get('actor'), 'ledger.read');
    const month = readMonth(c.req.query('month') ?? hongKongMonth(clock()));
    const items = await readList(table, lists.differences(month), {
      order: 'newest',
      limit: mostDifferences,
    });
    return c.json({ data: items.map(fromDifferenceItem).map(toJson), nextCursor: null });
  });
  app.post('/api/staff/differences/:id/accept', async (c) => {
    const allowed = permit(c.get('actor'), 'ledger.enter');
    const { reason } = parseFields(payoutReasonSchema, await readJson(c));
    const deps = { table, now: clock() };
    const key = readIdempotencyKey(c);
    const difference = await acceptDifference(c.req.param('id'), reason, key, allowed, deps);
    return c.json(toJson(difference));
  });
  return app;
}

function toJson(difference: StoredDifference) {
  const {
    id,
    kind,
    stripeId,
    amount,
    currency = 'hkd',
    at,
    state,
    firstSeen,
    lastSeen,
    resolvedAt,
    reason,
  } = difference;
  return {
    id,
    kind,
    stripeId,
    amount,
    currency: currency.toUpperCase(),
    at: at.toISOString(),
    month: monthOfDifference(difference),
    state,
    firstSeen: firstSeen.toISOString(),
    lastSeen: lastSeen.toISOString(),
    resolvedAt: resolvedAt?.toISOString() ?? null,
    toDo: state === 'open' ? toDo[kind] : null,
    reason: reason ?? null,
  };
}

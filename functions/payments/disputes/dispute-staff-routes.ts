import { Hono } from 'hono';
import { readMonth } from '#kernel/staff/list-cursor.ts';
import { permit } from '#kernel/staff/rights.ts';
import type { StaffDeps, StaffEnv } from '#kernel/staff/staff-deps.ts';
import { formatMoment } from '#platform/clock.ts';
import { sum } from '#platform/money.ts';
import { freezes, needsResponse, phaseOf } from './dispute.ts';
import type { Dispute } from './dispute-item.ts';
import { listDisputes } from './list-disputes.ts';

/** What the staff sees of disputes, as JSON. They are answered at Stripe. */
export function disputeStaffRoutes(deps: StaffDeps): Hono<StaffEnv> {
  const app = new Hono<StaffEnv>();
  app.get('/api/staff/disputes', async (c) => {
    const allowed = permit(c.get('actor'), 'dispute.read');
    const asked = c.req.query('month');
    const month = asked === undefined ? undefined : readMonth(asked);
    const disputes = await listDisputes(deps.table, month, deps.clock(), allowed);
    return c.json({ data: disputes.map(toJson) });
  });
  return app;
}

function toJson(dispute: Dispute) {
  const { status, dueBy, booked } = dispute;
  return {
    id: dispute.id,
    status,
    phase: phaseOf(status),
    needsResponse: needsResponse(status),
    dueBy: dueBy?.toISOString() ?? null,
    dueByText: dueBy ? formatMoment(dueBy) : null,
    reason: dispute.reason,
    amount: dispute.amount,
    currency: dispute.currency.toUpperCase(),
    /** What it holds of our money now, and what its fees were, minor units. */
    withdrawn: -sum(booked.map(({ amount }) => amount)) || 0,
    fee: sum(booked.map(({ fee }) => fee)),
    freezesRefunds: freezes(dispute),
    campaign: dispute.campaign ?? null,
    paymentId: dispute.paymentId ?? null,
    chargeId: dispute.chargeId,
    unbookable: dispute.unbookable ?? null,
    openedAt: dispute.openedAt.toISOString(),
  };
}

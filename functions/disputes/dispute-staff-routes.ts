import { Hono } from 'hono';
import { formatMoment } from '../platform/clock.ts';
import { Problem } from '../platform/errors.ts';
import { sum } from '../platform/money.ts';
import { permit } from '../staff/rights.ts';
import type { StaffDeps, StaffEnv } from '../staff/staff-app.ts';
import { freezes, needsResponse, phaseOf } from './dispute.ts';
import type { Dispute } from './dispute-item.ts';
import { listDisputes } from './list-disputes.ts';

/** What the staff sees of disputes, as JSON. They are answered at Stripe. */
export function disputeStaffRoutes(deps: StaffDeps): Hono<StaffEnv> {
  const app = new Hono<StaffEnv>();
  app.get('/api/staff/disputes', async (c) => {
    const allowed = permit(c.get('actor'), 'dispute.read');
    const month = c.req.query('month');
    if (month !== undefined && !/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) {
      const detail = 'The month has the form 2026-11.';
      throw new Problem('invalid', detail, { errors: [{ pointer: '/month', detail }] });
    }
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

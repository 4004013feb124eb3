import { Hono } from 'hono';
import { permit } from '#kernel/staff/rights.ts';
import type { StaffDeps, StaffEnv } from '#kernel/staff/staff-deps.ts';
import { Problem } from '#platform/errors.ts';
import { parseFields } from '#platform/http/fields.ts';
import { readIdempotencyKey, readJson } from '#platform/http/requests.ts';
import { askRefund } from './ask-refund.ts';
import { type GiftRefunds, listRefunds } from './list-refunds.ts';
import type { Refund } from './refund.ts';
import { refundSchema } from './refund-answer.ts';
import type { RefundRequest } from './refund-request.ts';

/** What the staff does with refunds of a gift, as JSON. */
export function refundStaffRoutes(deps: StaffDeps): Hono<StaffEnv> {
  const app = new Hono<StaffEnv>();
  app.post('/api/staff/gifts/:paymentId/refunds', async (c) => {
    const allowed = permit(c.get('actor'), 'gift.refund');
    const { stripe, table, clock, random = Math.random } = deps;
    if (!stripe) throw new Problem('payments-unavailable', 'This stage has no way to Stripe.');
    const body = parseFields(refundSchema, await readJson(c));
    const { request, isNew } = await askRefund(
      { paymentId: c.req.param('paymentId'), ...body },
      readIdempotencyKey(c),
      allowed,
      { table, stripe, now: clock(), random },
    );
    if (request.state === 'asked') return c.json(requestJson(request), 202);
    return c.json(requestJson(request), isNew ? 201 : 200);
  });
  app.get('/api/staff/gifts/:paymentId/refunds', async (c) => {
    const allowed = permit(c.get('actor'), 'gift.read');
    return c.json(toJson(await listRefunds(deps.table, c.req.param('paymentId'), deps.clock(), allowed)));
  });
  return app;
}

function toJson({ left, refunds, requests, currency }: GiftRefunds) {
  return {
    left,
    currency: currency.toUpperCase(),
    refunds: refunds.map(refundJson),
    requests: requests.map(requestJson),
  };
}

function refundJson(refund: Refund) {
  return {
    refundId: refund.refundId,
    amount: refund.amount,
    currency: refund.currency.toUpperCase(),
    status: refund.status,
    at: refund.at.toISOString(),
    failedAt: refund.failedAt?.toISOString() ?? null,
    requestId: refund.requestId ?? null,
  };
}

function requestJson(request: RefundRequest) {
  return {
    id: request.id,
    paymentId: request.paymentId,
    amount: request.amount,
    currency: request.currency.toUpperCase(),
    reason: request.reason,
    state: request.state,
    refundId: request.refundId ?? null,
    refusal: request.refusal ?? null,
    askedBy: request.actor,
    at: request.at.toISOString(),
  };
}

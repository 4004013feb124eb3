import * as z from 'zod/mini';
import { cents, described, list, oneOf, text, time, truth } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import { anyMonth } from '#kernel/staff/month-input.ts';
import { formatMoment } from '#platform/clock.ts';
import { sum } from '#platform/money.ts';
import { freezes, needsResponse, phaseOf } from './dispute.ts';
import type { Dispute } from './dispute-item.ts';
import { listDisputes } from './list-disputes.ts';

const shape = () =>
  z.object({
    id: text,
    status: described(text, 'As Stripe calls it.'),
    phase: oneOf(['inquiry', 'dispute', 'appeal', 'closed']),
    needsResponse: described(truth, 'Whether the bank waits for our evidence, given at Stripe.'),
    dueBy: z.nullable(time),
    dueByText: described(z.nullable(text), 'The same on Hong Kong’s clock.'),
    reason: text,
    amount: cents(),
    currency: text,
    withdrawn: cents('What it holds of our money now. Minor units.'),
    fee: cents(),
    freezesRefunds: truth,
    campaign: z.nullable(text),
    paymentId: z.nullable(text),
    chargeId: text,
    unbookable: described(z.nullable(text), 'Why its money is not in the books.'),
    openedAt: time,
  });

const disputes = endpoint({
  id: 'listDisputes',
  method: 'get',
  path: '/api/staff/disputes',
  right: 'dispute.read',
  summary: 'Disputes by their month',
  description: 'Newest first; without a month those of the last twelve.',
  input: { month: anyMonth('A month of Hong Kong in which they were opened.') },
  answer: () => list('Each dispute.', shape()),
  run: async ({ month }, { table, now, permit }) => ({
    data: (await listDisputes({ month, permit }, { table, now })).map(toJson),
  }),
});

/** What the staff sees of disputes. They are answered at Stripe. */
export const disputeApi = [disputes];

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
    campaign: dispute.fund ?? null,
    paymentId: dispute.paymentId ?? null,
    chargeId: dispute.chargeId,
    unbookable: dispute.unbookable ?? null,
    openedAt: dispute.openedAt.toISOString(),
  };
}

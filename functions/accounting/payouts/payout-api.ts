import * as z from 'zod/mini';
import { cents, described, list, nextCursor, oneOf, text, time } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import { month } from '#kernel/staff/month-input.ts';
import { inPath, json } from '#platform/http/input.ts';
import { acceptPayout } from './accept-payout.ts';
import type { StoredPayout } from './payout-item.ts';
import { payoutReasonSchema } from './payout-request.ts';
import { payoutToDo } from './payout-words.ts';
import { readPayouts } from './read-payouts.ts';

const shape = () =>
  z.object({
    payoutId: text,
    amount: cents(),
    currency: text,
    createdAt: time,
    arrivesAt: time,
    state: oneOf(['expected', 'matched', 'failed', 'differs', 'by-hand', 'accepted']),
    unknownCharges: described(z.array(text), 'Payments in it that are not in the books.'),
    differences: z.array(z.object({ kind: text, id: text, amount: cents() })),
    toDo: z.nullable(text),
    reason: z.nullable(text),
  });

const payouts = endpoint({
  id: 'listPayouts',
  method: 'get',
  path: '/api/staff/payouts',
  right: 'ledger.read',
  summary: 'A month’s payouts of Stripe',
  description: 'Each with what the books do not hold of it, and with the next step.',
  input: { month },
  answer: () => list('Each payout, the newest first.', shape(), { nextCursor }),
  run: async ({ month: of }, { table, permit }) => {
    const data = await readPayouts({ month: of, permit }, { table });
    return { data: data.map(toJson), nextCursor: null };
  },
});

/** Accepts a payout as it is. */
export const acceptPayoutEndpoint = endpoint({
  id: 'acceptPayout',
  method: 'post',
  path: '/api/staff/payouts/{payoutId}/accept',
  right: 'attention.settle',
  summary: 'Accept a payout that differs',
  description: 'With a reason; the audit log records who did it.',
  input: {
    payoutId: inPath({ description: 'Stripe’s payout.', example: 'po_1Q0example' }),
    body: json({ PayoutReason: payoutReasonSchema }, { reason: 'A sale of the other shop on this account.' }),
  },
  answer: shape,
  problems: ['idempotency-key-reused', 'not-found', 'payout-settled'],
  run: async ({ payoutId, body: { reason } }, { permit, idempotencyKey, ...ctx }) =>
    toJson(await acceptPayout({ payoutId, reason, idempotencyKey, permit }, ctx)),
});

export const payoutApi = [payouts, acceptPayoutEndpoint];

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
    toDo: payoutToDo[state],
    reason: reason ?? null,
  };
}

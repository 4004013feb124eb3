import * as z from 'zod/mini';
import { payoutReasonSchema } from '#accounting/payouts/payout-request.ts';
import { cents, described, list, nextCursor, oneOf, text, time } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import { month } from '#kernel/staff/month-input.ts';
import { inPath, json } from '#platform/http/input.ts';
import { acceptDifference } from './accept-difference.ts';
import { monthOfDifference, type StoredDifference } from './difference-item.ts';
import { differenceToDo } from './difference-words.ts';
import { readDifferences } from './read-differences.ts';

/** More than anybody can look through by hand; the rest is shown once these are resolved. */
const mostDifferences = 1000;

const shape = () =>
  z.object({
    id: text,
    kind: oneOf([
      'unknown-charge',
      'unknown-refund',
      'unknown-dispute',
      'unknown-payout',
      'unknown-movement',
      'unknown-fee',
      'not-at-stripe',
      'other-amount',
      'other-currency',
      'other-status',
    ]),
    stripeId: text,
    amount: cents('What the books lack, or have too much of when below zero. Minor units.'),
    currency: text,
    at: time,
    month: described(text, 'The month of the books that it keeps open.'),
    state: oneOf(['open', 'resolved', 'accepted']),
    firstSeen: time,
    lastSeen: time,
    resolvedAt: z.nullable(time),
    toDo: z.nullable(text),
    reason: z.nullable(text),
  });

const differences = endpoint({
  id: 'listDifferences',
  method: 'get',
  path: '/api/staff/differences',
  right: 'ledger.read',
  summary: 'Differences between Stripe and the books',
  description: 'By the month in which the money moved, as the last night found it, each with the next step.',
  input: { month },
  answer: () => list('Each difference, the newest first.', shape(), { nextCursor }),
  run: async ({ month: of }, { table, permit }) => {
    const paging = { before: undefined, limit: mostDifferences };
    const { data } = await readDifferences({ month: of, paging, permit }, { table });
    return { data: data.map(toJson), nextCursor: null };
  },
});

/** Accepts a difference that will not resolve by itself. */
export const acceptDifferenceEndpoint = endpoint({
  id: 'acceptDifference',
  method: 'post',
  path: '/api/staff/differences/{id}/accept',
  right: 'ledger.enter',
  summary: 'Accept a difference that will not resolve by itself',
  description:
    'With a reason; the audit log records who did it. It no longer keeps the books of its month open.',
  input: {
    id: inPath({ description: 'The difference.', example: 'unknown-charge.pi_3Q0example' }),
    body: json({ PayoutReason: payoutReasonSchema }, { reason: 'A sale of the other shop on this account.' }),
  },
  answer: shape,
  problems: ['idempotency-key-reused', 'not-found', 'difference-settled'],
  run: async ({ id, body: { reason } }, { permit, idempotencyKey, ...ctx }) =>
    toJson(await acceptDifference({ id, reason, idempotencyKey, permit }, ctx)),
});

export const differenceApi = [differences, acceptDifferenceEndpoint];

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
    toDo: state === 'open' ? differenceToDo[kind] : null,
    reason: reason ?? null,
  };
}

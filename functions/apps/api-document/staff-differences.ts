import { idempotencyKey, type Operation, schema } from './operation.ts';
import {
  amount,
  bodyProblems,
  inPath,
  list,
  month,
  nextCursor,
  object,
  ofStaff,
  oneOf,
  orNull,
  text,
  time,
} from './staff-parts.ts';

const difference = object({
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
  amount: {
    ...amount,
    description: 'What the books lack, or have too much of when below zero. Minor units.',
  },
  currency: text,
  at: time,
  month: { ...text, description: 'The month of the books that it keeps open.' },
  state: oneOf(['open', 'resolved', 'accepted']),
  firstSeen: time,
  lastSeen: time,
  resolvedAt: orNull(time),
  toDo: orNull(text),
  reason: orNull(text),
});

/** What the staff does with differences between Stripe and the books. */
export const differences: readonly Operation[] = [
  ofStaff({
    id: 'listDifferences',
    method: 'get',
    path: '/api/staff/differences',
    summary: 'What Stripe and the books do not say alike',
    tells:
      'By the month in which the money moved, as the last night found it, each with what to do about it.',
    right: 'ledger.read',
    parameters: [month],
    answers: list('Each difference, the newest first.', { nextCursor }, difference),
    problems: ['invalid'],
  }),
  ofStaff({
    id: 'acceptDifference',
    method: 'post',
    path: '/api/staff/differences/{id}/accept',
    summary: 'Accept a difference that will not go by itself',
    tells: 'With a reason; the audit keeps who did. It no longer keeps the books of its month open.',
    right: 'ledger.enter',
    parameters: [inPath('id', 'The difference.', 'unknown-charge.pi_3Q0example'), idempotencyKey],
    body: {
      schema: schema('PayoutReason'),
      example: { reason: 'A sale of the other shop on this account.' },
    },
    answers: difference,
    problems: [
      ...bodyProblems,
      'idempotency-key-missing',
      'idempotency-key-reused',
      'not-found',
      'difference-settled',
    ],
  }),
];

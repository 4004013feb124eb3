import { refundReasons } from '#payments/refunds/refund-request.ts';
import { idempotencyKey, type Operation, schema } from './operation.ts';
import {
  amount,
  bodyProblems,
  inPath,
  list,
  month,
  object,
  ofStaff,
  oneOf,
  orNull,
  text,
  time,
} from './staff-parts.ts';

const paymentId = inPath('paymentId', 'Stripe’s PaymentIntent.', 'pi_3Q0example');

const refund = object({
  refundId: text,
  amount,
  currency: text,
  status: oneOf(['pending', 'succeeded', 'failed']),
  at: time,
  failedAt: orNull(time),
  requestId: orNull(text),
});

const request = object({
  id: text,
  paymentId: text,
  amount,
  currency: text,
  reason: oneOf(refundReasons),
  state: {
    ...oneOf(['asked', 'done', 'refused']),
    description: '`asked`: Stripe’s answer is not known yet.',
  },
  refundId: orNull(text),
  refusal: { ...orNull(text), description: 'The code of the problem for which Stripe did not make it.' },
  askedBy: text,
  at: time,
});

const dispute = object({
  id: text,
  status: { ...text, description: 'As Stripe calls it.' },
  phase: oneOf(['inquiry', 'dispute', 'appeal', 'closed']),
  needsResponse: {
    type: 'boolean',
    description: 'Whether the bank waits for our evidence, given at Stripe.',
  },
  dueBy: orNull(time),
  dueByText: { ...orNull(text), description: 'The same on Hong Kong’s clock.' },
  reason: text,
  amount,
  currency: text,
  withdrawn: { ...amount, description: 'What it holds of our money now. Minor units.' },
  fee: amount,
  freezesRefunds: { type: 'boolean' },
  campaign: orNull(text),
  paymentId: orNull(text),
  chargeId: text,
  unbookable: { ...orNull(text), description: 'Why its money is not in the books.' },
  openedAt: time,
});

/** What the staff does with gifts that go back. */
export const refunds: readonly Operation[] = [
  ofStaff({
    id: 'askRefund',
    method: 'post',
    path: '/api/staff/gifts/{paymentId}/refunds',
    summary: 'Give a gift back, in full or in part',
    tells:
      'Once for ever under its key: repeated, it answers the same refund, with 200. 202 means that Stripe’s answer is not known yet; the sweep goes on.',
    right: 'gift.refund',
    parameters: [paymentId, idempotencyKey],
    body: { schema: schema('RefundRequest'), example: { amount: 20_000, reason: 'requested-by-giver' } },
    answers: request,
    statuses: { 201: 'Stripe makes it.', 202: 'Stripe has not answered yet.' },
    problems: [
      ...bodyProblems,
      'idempotency-key-missing',
      'idempotency-key-reused',
      'not-found',
      'refund-above-left',
      'gift-disputed',
      'refund-too-late',
      'refund-refused',
      'payments-unavailable',
    ],
  }),
  ofStaff({
    id: 'listRefunds',
    method: 'get',
    path: '/api/staff/gifts/{paymentId}/refunds',
    summary: 'What of a gift goes back',
    tells: 'Whoever gave it back, oldest first, and what the staff asked for.',
    right: 'gift.read',
    parameters: [paymentId],
    answers: object({
      left: { ...amount, description: 'What can still be asked for. Minor units.' },
      currency: text,
      refunds: { type: 'array', items: refund },
      requests: { type: 'array', items: request },
    }),
    problems: ['not-found'],
  }),
  ofStaff({
    id: 'listDisputes',
    method: 'get',
    path: '/api/staff/disputes',
    summary: 'Disputes by their month',
    tells: 'Newest first; without a month those of the last twelve.',
    right: 'dispute.read',
    parameters: [{ ...month, description: 'A month of Hong Kong in which they were opened.' }],
    answers: list('Each dispute.', {}, dispute),
    problems: ['invalid'],
  }),
];

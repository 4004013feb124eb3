import * as z from 'zod/mini';
import { cents, described, oneOf, text, time } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import { paymentInPath } from '#payments/payment/payment-input.ts';
import { Problem } from '#platform/errors.ts';
import { reply } from '#platform/http/endpoint.ts';
import { json } from '#platform/http/input.ts';
import { askRefund } from './ask-refund.ts';
import { listRefunds, type PaymentRefunds } from './list-refunds.ts';
import type { Refund } from './refund.ts';
import { type RefundRequest, refundReasons } from './refund-request.ts';

const amountSentence =
  'The amount is a whole number of cents above zero; leave it out for the whole refundable amount.';

/** What the staff sends to have a gift refunded. */
const refundSchema = z.strictObject(
  {
    amount: z.optional(
      z
        .int(amountSentence)
        .check(z.gte(1, amountSentence), z.describe('Minor units; by default the whole refundable amount.')),
    ),
    currency: z.optional(z.string('The currency is a code, such as "HKD".')),
    reason: z.enum(refundReasons, `The reason is one of: ${refundReasons.join(', ')}.`),
  },
  'The body is an object with the field reason, and perhaps amount and currency.',
);

const refundShape = () =>
  z.object({
    refundId: text,
    amount: cents(),
    currency: text,
    status: oneOf(['pending', 'succeeded', 'failed']),
    at: time,
    failedAt: z.nullable(time),
    requestId: z.nullable(text),
  });

const requestShape = () =>
  z.object({
    id: text,
    paymentId: text,
    amount: cents(),
    currency: text,
    reason: oneOf(refundReasons),
    state: described(oneOf(['asked', 'done', 'refused']), '`asked`: Stripe’s answer is not known yet.'),
    refundId: z.nullable(text),
    refusal: described(z.nullable(text), 'The code of the problem for which Stripe did not make it.'),
    askedBy: text,
    at: time,
  });

export const refundEndpoint = endpoint({
  id: 'askRefund',
  method: 'post',
  path: '/api/staff/gifts/{paymentId}/refunds',
  right: 'gift.refund',
  summary: 'Refund a gift, in full or in part',
  description:
    'Once for ever under its key: repeated, it answers the same refund, with 200. 202 means that Stripe’s answer is not known yet; the sweep goes on.',
  input: {
    paymentId: paymentInPath,
    body: json({ RefundRequest: refundSchema }, { amount: 20_000, reason: 'requested-by-giver' }),
  },
  answer: requestShape,
  statuses: { 200: 'Done.', 201: 'Stripe makes it.', 202: 'Stripe has not answered yet.' },
  problems: [
    'idempotency-key-reused',
    'not-found',
    'refund-above-left',
    'gift-disputed',
    'refund-too-late',
    'refund-refused',
    'payments-unavailable',
  ],
  run: async ({ paymentId, body }, { permit, idempotencyKey, stripe, ...ctx }) => {
    if (!stripe) throw new Problem('payments-unavailable', 'This stage has no way to Stripe.');
    const { request, isNew } = await askRefund(
      { paymentId, ...body, idempotencyKey, permit },
      { ...ctx, stripe },
    );
    if (request.state === 'asked') return reply(requestJson(request), { status: 202 });
    return reply(requestJson(request), { status: isNew ? 201 : 200 });
  },
});

const list = endpoint({
  id: 'listRefunds',
  method: 'get',
  path: '/api/staff/gifts/{paymentId}/refunds',
  right: 'gift.read',
  summary: 'What of a gift goes back',
  description: 'All of the gift, by the staff or at Stripe, oldest first, and what the staff asked for.',
  input: { paymentId: paymentInPath },
  answer: () =>
    z.object({
      left: cents('What can still be asked for. Minor units.'),
      currency: text,
      refunds: z.array(refundShape()),
      requests: z.array(requestShape()),
    }),
  problems: ['not-found'],
  run: async ({ paymentId }, { table, now, permit }) =>
    toJson(await listRefunds({ paymentId, permit }, { table, now })),
});

/** What the staff does with refunds of a gift. */
export const refundApi = [refundEndpoint, list];

function toJson({ left, refunds, requests, currency }: PaymentRefunds) {
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

import * as z from 'zod/mini';
import { cents, described, list, oneOf, text, time, truth } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import { Problem } from '#platform/errors.ts';
import { reply } from '#platform/http/endpoint.ts';
import { inPath, json } from '#platform/http/input.ts';
import { cancelEnteredPayment } from './cancel-entered-payment.ts';
import { enterPayment } from './enter-payment.ts';
import { dueAt, type EnteredPayment, means } from './entered-payment.ts';
import { enteredPaymentSchema } from './entered-payment-request.ts';
import { listEnteredPayments } from './list-entered-payments.ts';

const entry = () =>
  z.object({
    paymentId: text,
    campaign: text,
    means: oneOf(means),
    amount: cents(),
    currency: text,
    day: text,
    reference: text,
    thank: truth,
    enteredBy: text,
    enteredAt: time,
    dueAt: described(time, 'From then on it is booked, and cannot be undone.'),
  });

/** Enters money that came outside Stripe. */
export const enterEndpoint = endpoint({
  id: 'enterPayment',
  method: 'post',
  path: '/api/staff/payments',
  right: 'payment.enter',
  summary: 'Enter money that came outside Stripe',
  description:
    'By FPS, bank transfer, PayMe, cheque or in cash. It waits ten minutes, in which it can be undone; then it is booked, counted, and thanked for if you say so. The same fund, day, amount and reference are one payment.',
  input: {
    body: json(
      { EnteredPayment: enteredPaymentSchema },
      {
        fund: 'lai-chi-kok-warehouse',
        means: 'fps',
        day: '2026-11-22',
        amount: 50_000,
        reference: 'FPS 1234',
      },
    ),
  },
  answer: () => z.object({ paymentId: text, entry: z.nullable(entry()) }),
  answerName: 'EnteredPaymentAnswer',
  statuses: { 201: 'It waits to be booked. `entry` is null when it was booked or undone meanwhile.' },
  problems: ['idempotency-key-reused', 'already-entered', 'payments-unavailable'],
  run: async ({ body }, { permit, idempotencyKey, table, now, hash }) => {
    if (!hash) throw new Problem('payments-unavailable', 'This stage has no key for addresses.');
    const asked = { request: body, idempotencyKey, permit };
    const { id, entered } = await enterPayment(asked, { table, now, hash });
    return reply({ paymentId: id, entry: entered ? toJson(entered) : null }, { status: 201 });
  },
});

const waiting = endpoint({
  id: 'listEnteredPayments',
  method: 'get',
  path: '/api/staff/entered-payments',
  right: 'payment.enter',
  summary: 'Entries that are not booked yet',
  description: 'Newest first.',
  input: {},
  answer: () => list('Each entry.', entry()),
  run: async (_, { permit, ...ctx }) => ({ data: (await listEnteredPayments({ permit }, ctx)).map(toJson) }),
});

/** Undoes an entry that is not booked yet. */
export const undoEndpoint = endpoint({
  id: 'undoEnteredPayment',
  method: 'post',
  path: '/api/staff/entered-payments/{id}/undo',
  right: 'payment.enter',
  summary: 'Undo an entry that is not booked yet',
  description: 'Within ten minutes. The entry and its donor’s data are gone.',
  input: {
    id: inPath({ description: 'The payment’s id.', example: 'pay_0123456789abcdef0123456789abcdef' }),
  },
  answer: () => z.object({ paymentId: text }),
  problems: ['idempotency-key-reused', 'not-found', 'entry-booked'],
  run: async ({ id }, { permit, idempotencyKey, ...ctx }) => {
    await cancelEnteredPayment({ id, idempotencyKey, permit }, ctx);
    return { paymentId: id };
  },
});

/** The staff's operations on money that came outside Stripe. */
export const enteredPaymentApi = [enterEndpoint, waiting, undoEndpoint];

function toJson(entered: EnteredPayment) {
  return {
    paymentId: entered.id,
    campaign: entered.fund,
    means: entered.means,
    amount: entered.amount,
    currency: 'HKD',
    day: entered.day,
    reference: entered.reference,
    thank: entered.thank,
    enteredBy: entered.by,
    enteredAt: entered.enteredAt.toISOString(),
    dueAt: dueAt(entered).toISOString(),
  };
}

import type Stripe from 'stripe';
import { StripeUnavailableError } from '#payments/checkout/gateway.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { log } from '#platform/log.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';
import { type RefundContext, recordRefund } from './record-refund.ts';
import { findRefund, makeRefund } from './refund-gateway.ts';
import {
  fromRefundRequestItem,
  type RefundRefusal,
  type RefundRequest,
  toAnsweredRequestChange,
} from './refund-request.ts';
import { toUnreservedChange } from './refunded-payment-item.ts';

/** What asking for refunds needs from the outside. */
export type RefundAtStripe = RefundContext & { readonly stripe: () => Promise<Stripe> };

/**
 * Brings a request to Stripe and books what it answers. Nothing is refunded twice: Stripe knows the request's id as the call's key for
 * a day, and a request that may have been called before is looked for among the payment's refunds first.
 *
 * @param input.again whether Stripe may have been called for it before
 * @returns the request as it stands then: `done`; or `asked`, when Stripe did not answer and the sweep goes on with it
 * @throws Problem that says why it was refused; its reservation is released then
 */
export async function carryOutRefund(
  { request, again }: { readonly request: RefundRequest; readonly again: boolean },
  ctx: RefundAtStripe,
): Promise<RefundRequest> {
  if (request.state === 'refused' && request.refusal) throw toProblem(request.refusal);
  if (request.state !== 'asked') return request;
  try {
    const stripe = await ctx.stripe();
    const found = again ? await findRefund(request, { stripe }) : undefined;
    const answer = found ? ({ kind: 'made', fact: found } as const) : await makeRefund(request, { stripe });
    if (answer.kind === 'refused') return await refuse(request, answer.refusal, ctx);
    await recordRefund(answer.fact, ctx);
  } catch (error) {
    if (!(error instanceof StripeUnavailableError)) throw error;
    log('warn', 'refund-waits', { requestId: request.id, failure: error.failure });
  }
  return readRefundRequest(request.id, ctx);
}

/** Reads a request that is there. */
export async function readRefundRequest(
  id: string,
  { table }: Pick<Context, 'table'>,
): Promise<RefundRequest> {
  const at = keys.refundRequest(id);
  const item = (await readItems(table, [at], { consistent: true })).itemAt(at);
  if (!item) throw new Error(`Refund request ${id} is not there.`);
  return fromRefundRequestItem(item);
}

const year = 365 * 86_400_000;

/** Ends a request that Stripe refused and releases its reservation, unless it ended in between. */
async function refuse(
  request: RefundRequest,
  answer: RefundRefusal,
  ctx: RefundAtStripe,
): Promise<RefundRequest> {
  const at = keys.payment(request.paymentId);
  const item = (await readItems(ctx.table, [at])).itemAt(at);
  const age = item ? ctx.now.getTime() - fromPaymentItem(item).at.getTime() : 0;
  // Wallets refund nothing after a year, and not each of them has an error code for that.
  const refusal = answer === 'refund-refused' && age > year ? 'refund-too-late' : answer;
  const outcome = await commit(ctx.table, () => ({
    request: toAnsweredRequestChange(request, { refusal }),
    gift: toUnreservedChange(request.paymentId, request.amount),
  }));
  if (!outcome.committed) return readRefundRequest(request.id, ctx);
  log('info', 'refund-refused', { requestId: request.id, refusal });
  throw toProblem(refusal);
}

const sentences: Readonly<Record<RefundRefusal, string>> = {
  'refund-above-left': 'Stripe says that less than this can be refunded. Look at the gift’s refunds.',
  'gift-disputed':
    'Stripe says that the donor’s bank disputed this gift. While that is open nothing is refunded; what can be refunded later may need a bank transfer.',
  'refund-too-late':
    'The gift is too old: its wallet or card takes no refund any more. Agree with the donor on a bank transfer.',
  'refund-refused': 'Stripe did not make this refund. Its dashboard says why, at this payment.',
};

function toProblem(refusal: RefundRefusal): Problem {
  return new Problem(refusal, sentences[refusal]);
}

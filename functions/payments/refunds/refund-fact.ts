import type Stripe from 'stripe';
import { fromSeconds } from '#platform/clock.ts';
import { isRefundRequestId } from '#platform/id-shapes.ts';
import { isOfBooks } from '#platform/money.ts';
import type { RefundFact } from './refund.ts';

/** Under this name Stripe keeps the id of the staff's request with a refund. */
export const requestKey = 'tideover_refund';

/**
 * The fact that a refund of Stripe's reports.
 *
 * @param failedAt when it failed, if the event reports its failure
 * @returns undefined when it cannot be ours: without a PaymentIntent, or in another currency than the books
 */
export function toRefundFact(refund: Stripe.Refund, failedAt?: Date): RefundFact | undefined {
  const { payment_intent: payment, currency, metadata } = refund;
  const paymentId = typeof payment === 'string' ? payment : payment?.id;
  if (!paymentId || !isOfBooks(currency)) return undefined;
  const requestId = metadata?.[requestKey];
  return {
    refundId: refund.id,
    paymentId,
    amount: refund.amount,
    currency,
    at: fromSeconds(refund.created),
    // What failed had gone out before; the failure is a fact of its own.
    status: refund.status === 'pending' || refund.status === 'requires_action' ? 'pending' : 'succeeded',
    requestId: requestId && isRefundRequestId(requestId) ? requestId : undefined,
    failedAt,
  };
}

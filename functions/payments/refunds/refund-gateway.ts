import Stripe from 'stripe';
import { isPassing, StripeUnavailableError } from '#payments/checkout/gateway.ts';
import type { Context } from '#platform/context/context.ts';
import type { RefundFact } from './refund.ts';
import { requestKey, toRefundFact } from './refund-fact.ts';
import type { RefundRefusal, RefundRequest } from './refund-request.ts';

/** Stripe's answer to a request for a refund: made, or why not. */
export type RefundAnswer =
  | { readonly kind: 'made'; readonly fact: RefundFact }
  | { readonly kind: 'refused'; readonly refusal: RefundRefusal };

/**
 * Asks Stripe for a refund. What is sent follows from the stored request alone and goes under its id, so a repetition within a
 * day gets the same refund; after that Stripe no longer knows the key, and `findRefund` has to be asked first.
 *
 * @throws StripeUnavailableError when it is not known whether the refund was made
 */
export async function makeRefund(
  request: RefundRequest,
  { stripe }: Pick<Context, 'stripe'>,
): Promise<RefundAnswer> {
  try {
    const refund = await stripe.refunds.create(
      {
        payment_intent: request.paymentId,
        amount: request.amount,
        reason: stripeReasons[request.reason],
        metadata: { [requestKey]: request.id },
      },
      { idempotencyKey: request.id },
    );
    return { kind: 'made', fact: factOf(refund) };
  } catch (error) {
    if (isPassing(error)) throw new StripeUnavailableError('unavailable', error);
    if (error instanceof Stripe.errors.StripeError && error.statusCode === 409) {
      throw new StripeUnavailableError('in-progress', error);
    }
    if (error instanceof Stripe.errors.StripeInvalidRequestError) {
      return { kind: 'refused', refusal: refusalOf(error) };
    }
    throw error;
  }
}

/**
 * Looks for the refund that a request has made, by the request's id that Stripe keeps with it.
 * @throws StripeUnavailableError when Stripe does not answer
 */
export async function findRefund(
  request: RefundRequest,
  { stripe }: Pick<Context, 'stripe'>,
): Promise<RefundFact | undefined> {
  try {
    for await (const refund of stripe.refunds.list({ payment_intent: request.paymentId, limit: 100 })) {
      if (refund.metadata?.[requestKey] === request.id) return factOf(refund);
    }
    return undefined;
  } catch (error) {
    if (isPassing(error)) throw new StripeUnavailableError('unavailable', error);
    throw error;
  }
}

// Stripe puts the card of a refund for fraud on its block list; that is wanted for this reason alone.
const stripeReasons = {
  'requested-by-giver': 'requested_by_customer',
  duplicate: 'duplicate',
  'wrong-amount': 'requested_by_customer',
  fraudulent: 'fraudulent',
  other: 'requested_by_customer',
} as const satisfies Record<RefundRequest['reason'], Stripe.RefundCreateParams.Reason>;

/** Stripe's error codes that say more than no (docs.stripe.com/error-codes). */
const refusals: Readonly<Record<string, RefundRefusal>> = {
  charge_already_refunded: 'refund-above-left',
  charge_disputed: 'gift-disputed',
  refund_disputed_payment: 'gift-disputed',
  charge_expired_for_refund: 'refund-too-late',
};

function refusalOf({
  code,
  param,
}: InstanceType<typeof Stripe.errors.StripeInvalidRequestError>): RefundRefusal {
  return refusals[code ?? ''] ?? (param === 'amount' ? 'refund-above-left' : 'refund-refused');
}

function factOf(refund: Stripe.Refund): RefundFact {
  const fact = toRefundFact(refund);
  if (!fact) throw new Error(`Refund ${refund.id}: it is of no payment of ours.`);
  return fact;
}

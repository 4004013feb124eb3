import Stripe from 'stripe';
import { fromSeconds } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import type { ReportedDispute } from './dispute.ts';

/**
 * Reads a dispute at Stripe as it is now, with the balance transactions that moved its money.
 * @returns undefined when Stripe has no such dispute
 */
export async function readReportedDispute(
  id: string,
  { stripe }: Pick<Context, 'stripe'>,
): Promise<ReportedDispute | undefined> {
  try {
    return toReportedDispute(await stripe.disputes.retrieve(id));
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing') {
      return undefined;
    }
    throw error;
  }
}

function toReportedDispute(dispute: Stripe.Dispute): ReportedDispute {
  const { charge, payment_intent: payment, evidence_details: evidence } = dispute;
  return {
    id: dispute.id,
    paymentId: typeof payment === 'string' ? payment : payment?.id,
    chargeId: typeof charge === 'string' ? charge : charge.id,
    amount: dispute.amount,
    currency: dispute.currency,
    status: dispute.status,
    reason: dispute.reason,
    refundable: dispute.is_charge_refundable,
    dueBy: evidence.due_by ? fromSeconds(evidence.due_by) : undefined,
    openedAt: fromSeconds(dispute.created),
    movements: dispute.balance_transactions.map(({ id, amount, fee, currency, created }) => ({
      id,
      amount,
      fee,
      currency,
      at: fromSeconds(created),
    })),
  };
}

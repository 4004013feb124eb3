import Stripe from 'stripe';
import { inOpenMonth } from '#kernel/ledger/in-open-month.ts';
import { askWhose } from '#payments/payment/ask-whose.ts';
import { formatMoment, fromSeconds } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { count } from '#platform/log.ts';
import { keys } from '#platform/table/keys.ts';
import { retryOnConflict } from '#platform/table/retry-on-conflict.ts';
import { readItems } from '#platform/table/table.ts';
import { decideStep, type KnownDispute, type Step } from './decide-step.ts';
import type { ReportedDispute } from './dispute.ts';
import { fromDisputeItem } from './dispute-item.ts';

/**
 * Reads a dispute at Stripe as it is now, with the balance transactions that moved its money.
 * @returns undefined when Stripe has no such dispute
 */
async function readReportedDispute(
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

/** What re-reading an object of Stripe's needs from the outside. */
export type RefreshContext = Pick<Context, 'table' | 'stripe' | 'clock' | 'random'>;

/**
 * Reads a dispute at Stripe and commits its state: status, due date, freeze of the gift, and each movement of money as one entry.
 *
 * Events come in any order and refreshes run side by side, so the state is the object's, never the event's; and the table is read
 * before Stripe, and written only if nobody wrote meanwhile: what Stripe said earlier never covers what it said later.
 *
 * @returns `written`, `unchanged`, or `missing` when Stripe has no such dispute
 */
export async function refreshDispute(
  disputeId: string,
  ctx: RefreshContext,
): Promise<'written' | 'unchanged' | 'missing'> {
  let written = false;
  // A step that is not the last has a round after it, as one has that others came before.
  return retryOnConflict(async () => {
    const known = await readKnown(disputeId, ctx);
    if (!known) return 'missing';
    const step = decideStep(known);
    if (!step) return written ? 'written' : 'unchanged';
    const outcome = await inOpenMonth(ctx.table, { at: step.at, now: ctx.clock() }, (month) =>
      step.changes(ctx.random(), month),
    );
    if (!outcome.committed) return undefined;
    written = true;
    tell(step);
    return step.isLast ? 'written' : undefined;
  });
}

async function readKnown(
  disputeId: string,
  { table, stripe, clock }: RefreshContext,
): Promise<KnownDispute | undefined> {
  const at = keys.dispute(disputeId);
  const item = (await readItems(table, [at], { consistent: true })).itemAt(at);
  const reported = await readReportedDispute(disputeId, { stripe });
  if (!reported) return undefined;
  const paymentAt = keys.payment(reported.paymentId ?? 'none');
  const paymentItem = (await readItems(table, [paymentAt], { consistent: true })).itemAt(paymentAt);
  const now = clock();
  const asked = { paymentId: reported.paymentId, booked: paymentItem !== undefined, at: reported.openedAt };
  return {
    stored: item && fromDisputeItem(item),
    reported,
    paymentItem,
    whose: await askWhose(asked, { stripe, now }),
    now,
  };
}

/** Rings for what a person has to do; the list says it too, whatever becomes of the log. */
function tell({ dispute, opens, isUnknown }: Step): void {
  const fields = {
    disputeId: dispute.id,
    paymentId: dispute.paymentId,
    status: dispute.status,
    dueBy: dispute.dueBy && formatMoment(dispute.dueBy),
  };
  if (opens) count('DisputeOpened', fields);
  if (isUnknown) count('DisputeUnknownCharge', { ...fields, reason: dispute.unbookable });
}

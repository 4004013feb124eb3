import type Stripe from 'stripe';
import { fromMetadata } from '#payments/checkout/metadata.ts';
import { fromSeconds } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import type { BalanceMovement } from './balance-movement.ts';

/** Stripe gives at most a hundred balance transactions a page. */
const aPage = 100;

/** Stripe's types of balance transactions by their meaning for the books; every other type is `other`. */
const kinds: Readonly<Record<string, BalanceMovement['kind']>> = {
  charge: 'charge',
  payment: 'charge',
  refund: 'refund',
  payment_refund: 'refund',
  refund_failure: 'refund-failed',
  payment_failure_refund: 'refund-failed',
  payout: 'payout',
  payout_failure: 'payout-failed',
  payout_cancel: 'payout-failed',
  stripe_fee: 'fee',
  stripe_fx_fee: 'fee',
  tax_fee: 'fee',
  adjustment: 'fee',
};

/**
 * Reads Stripe's balance transactions page after page, newest first, with the objects that caused them.
 * @param filter a range of time, or an automatic payout
 */
export async function* listMovements(
  filter: { readonly from: Date; readonly until: Date } | { readonly payout: string },
  { stripe }: Pick<Context, 'stripe'>,
): AsyncGenerator<BalanceMovement> {
  const wanted =
    'payout' in filter
      ? { payout: filter.payout }
      : { created: { gte: toSeconds(filter.from), lt: toSeconds(filter.until) } };
  const list = stripe.balanceTransactions.list({ ...wanted, limit: aPage, expand: ['data.source'] });
  for await (const transaction of list) yield toMovement(transaction);
}

function toSeconds(moment: Date): number {
  return Math.floor(moment.getTime() / 1000);
}

/** The transaction's source must be expanded. */
function toMovement(transaction: Stripe.BalanceTransaction): BalanceMovement {
  const source = (transaction.source ?? undefined) as Expanded | undefined;
  const payment = source?.payment_intent;
  const ours = source?.object === 'charge' ? fromMetadata(source.metadata ?? null) : undefined;
  const isTaken = source?.status === 'succeeded' && source.currency === transaction.currency;
  return {
    id: transaction.id,
    kind: kindOf(transaction),
    amount: transaction.amount,
    fee: transaction.fee,
    currency: transaction.currency,
    at: fromSeconds(transaction.created),
    sourceId: source?.id,
    paymentId: typeof payment === 'string' ? payment : payment?.id,
    fund: ours?.fund,
    ours: isTaken ? ours : undefined,
  };
}

/** The fields that charges, refunds, disputes and payouts share. */
interface Expanded {
  readonly id: string;
  readonly object: string;
  readonly status?: string | null;
  readonly currency?: string;
  readonly payment_intent?: string | { readonly id: string } | null;
  readonly metadata?: Record<string, string> | null;
}

function kindOf({ type, reporting_category: category }: Stripe.BalanceTransaction): BalanceMovement['kind'] {
  // Stripe sends a dispute's money as an adjustment; only the reporting category tells it from other adjustments.
  if (category === 'dispute' || category === 'dispute_reversal') return 'dispute';
  return Object.hasOwn(kinds, type) ? (kinds[type] ?? 'other') : 'other';
}

export interface StripePayout {
  readonly id: string;
  readonly amount: number;
  readonly currency: string;
  readonly createdAt: Date;
  readonly arrivesAt: Date;
  readonly status: string;
  /** Whether Stripe's list of its contents is complete; never for a payout that was made by hand. */
  readonly isReconciled: boolean;
  readonly isAutomatic: boolean;
  /** When its money came back; undefined unless the payout failed. */
  readonly cameBackAt: Date | undefined;
}

export async function readPayout(
  payoutId: string,
  { stripe }: Pick<Context, 'stripe'>,
): Promise<StripePayout> {
  return toStripePayout(await stripe.payouts.retrieve(payoutId, { expand: ['failure_balance_transaction'] }));
}

/** Reads the payouts that Stripe made since a moment, newest first. */
export async function* listPayouts(
  since: Date,
  { stripe }: Pick<Context, 'stripe'>,
): AsyncGenerator<StripePayout> {
  for await (const payout of stripe.payouts.list({ created: { gte: toSeconds(since) }, limit: aPage })) {
    yield toStripePayout(payout);
  }
}

function toStripePayout(payout: Stripe.Payout): StripePayout {
  const back = payout.failure_balance_transaction;
  return {
    id: payout.id,
    amount: payout.amount,
    currency: payout.currency,
    createdAt: fromSeconds(payout.created),
    arrivesAt: fromSeconds(payout.arrival_date),
    status: payout.status,
    isReconciled: payout.reconciliation_status === 'completed',
    isAutomatic: payout.automatic,
    cameBackAt: back && typeof back === 'object' ? fromSeconds(back.created) : undefined,
  };
}

import { type LedgerEntry, ledgerEntry, type Posting } from '#kernel/ledger/ledger-entry.ts';
import type { TotalsChange } from '#kernel/totals/totals.ts';
import { decideReversal, type Payment } from '#payments/payment/payment.ts';

/** Money that a dispute moved: one of Stripe's balance transactions. Minor units. */
export interface Movement {
  /** Stripe's `txn_…`: each is booked once. */
  readonly id: string;
  /** Below zero when it was taken from us, above when it came back. */
  readonly amount: number;
  /** What Stripe takes for it; below zero when a fee comes back. */
  readonly fee: number;
  readonly currency: string;
  readonly at: Date;
}

/** A dispute as Stripe reports it now. */
export interface ReportedDispute {
  readonly id: string;
  /** Undefined when the charge belongs to no PaymentIntent. */
  readonly paymentId: string | undefined;
  readonly chargeId: string;
  /** What the payer's bank claims: the same as the charge, less or more. */
  readonly amount: number;
  readonly currency: string;
  readonly status: string;
  readonly reason: string;
  /** Whether Stripe still refunds the charge: during an inquiry it does, and a refund may end it. */
  readonly refundable: boolean;
  /** Until when evidence is taken. */
  readonly dueBy: Date | undefined;
  readonly openedAt: Date;
  readonly movements: readonly Movement[];
}

/** Where a dispute stands: the bank asks (no money moves), it claims, it claims again after we won, or all is said. */
export const phases = ['inquiry', 'dispute', 'appeal', 'closed'] as const;

export type Phase = (typeof phases)[number];

const closedStatuses: ReadonlySet<string> = new Set(['won', 'lost', 'warning_closed', 'prevented']);

export function phaseOf(status: string): Phase {
  if (closedStatuses.has(status)) return 'closed';
  if (status.startsWith('warning_')) return 'inquiry';
  return status.startsWith('appeal_') ? 'appeal' : 'dispute';
}

/** Whether the bank waits for our evidence. */
export function needsResponse(status: string): boolean {
  return status.endsWith('needs_response');
}

/** Whether a dispute keeps its gift from being refunded: while it is open, unless Stripe itself still refunds. */
export function freezes({ status, refundable }: Pick<ReportedDispute, 'status' | 'refundable'>): boolean {
  return phaseOf(status) !== 'closed' && !refundable;
}

/** A payment as far as disputes touch it. */
export interface DisputedPayment
  extends Pick<
    Payment,
    'paymentId' | 'checkoutId' | 'source' | 'donor' | 'fund' | 'parts' | 'currency' | 'refunded' | 'disputed'
  > {
  /** The disputes that keep it from being refunded. */
  readonly openDisputes: readonly string[];
}

/** What follows from a movement: its entry, what the totals change by, and what disputes now hold of the payment. */
export interface MovementBooking {
  readonly entry: LedgerEntry;
  readonly totals: TotalsChange;
  readonly disputed: number;
}

/**
 * Decides what follows from money that a dispute moved, in the movement's own month: out of which accounts it went, by the rule
 * that refunds follow too. A gift that is wholly gone has no supporter.
 */
export function decideMovement(payment: DisputedPayment, movement: Movement): MovementBooking {
  const disputed = payment.disputed - movement.amount;
  const { postings, totals } = decideReversal(payment, { disputed }, movement.at);
  const others: Posting[] = [
    { account: 'dispute-fee', amount: movement.fee },
    { account: 'stripe', amount: movement.amount - movement.fee },
  ];
  return {
    entry: ledgerEntry({
      sourceId: movement.id,
      kind: movement.amount - movement.fee > 0 ? 'dispute-reinstated' : 'dispute-withdrawn',
      postings: [...postings, ...others.filter(({ amount }) => amount !== 0)],
      currency: payment.currency,
      at: movement.at,
      payment: payment.paymentId,
      fund: payment.fund,
    }),
    totals,
    disputed,
  };
}

/** Days before the bank's date on which a person is reminded. */
const remindedDaysBefore = 3;

/** Whether evidence is due within three days, or was. */
export function isDueSoon({ status, dueBy }: Pick<ReportedDispute, 'status' | 'dueBy'>, now: Date): boolean {
  if (!needsResponse(status) || !dueBy) return false;
  return dueBy.getTime() - now.getTime() <= remindedDaysBefore * 86_400_000;
}

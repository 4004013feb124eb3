import { type LedgerEntry, ledgerEntry, namesNoFund } from '#kernel/ledger/ledger-entry.ts';
import type { TotalsChange } from '#kernel/totals/totals.ts';
import { decideReversal, isAboveGiven, type Payment } from '#payments/payment/payment.ts';
import { wholeOf } from '#payments/received/parts.ts';
import type { Currency } from '#platform/money.ts';

/** The fact that Stripe refunds money, as its events and its API report it. */
export interface RefundFact {
  readonly refundId: string;
  readonly paymentId: string;
  /** Minor units, above zero. */
  readonly amount: number;
  readonly currency: Currency;
  /** Stripe's time of the refund (`refund.created`), never of arrival. */
  readonly at: Date;
  readonly status: 'pending' | 'succeeded';
  /** The staff's request that it answers, where its metadata names one. */
  readonly requestId: string | undefined;
  /** When it failed: the time of the event that says so; undefined while it has not. */
  readonly failedAt: Date | undefined;
}

/** A refund as it stands in the books. */
export interface Refund {
  readonly refundId: string;
  readonly paymentId: string;
  readonly checkoutId: string;
  readonly fund: string;
  readonly amount: number;
  readonly currency: Currency;
  readonly at: Date;
  /** pending → succeeded → perhaps failed, which Stripe may report weeks later; never back. */
  readonly status: 'pending' | 'succeeded' | 'failed';
  readonly requestId: string | undefined;
  readonly failedAt: Date | undefined;
}

/** What follows from a refund, or from its failure. */
export interface RefundBooking {
  readonly entry: LedgerEntry;
  readonly totals: TotalsChange;
  /** All refunds of the gift from now on. */
  readonly refunded: number;
  /**
   * Whether refunds alone reversed the whole payment, before and from now on. What disputes took does not count: it may be reported
   * before a refund or after it.
   */
  readonly wasRefunded: boolean;
  readonly isRefunded: boolean;
  /** Whether more was reversed than was given, before and from now on. */
  readonly wasAboveLeft: boolean;
  readonly isAboveLeft: boolean;
}

/** Decides what follows from a refund. It counts from its making on, pending too, in the Hong Kong month of its own time. */
export function decideRefund(payment: Payment, fact: RefundFact): RefundBooking {
  return decide(payment, payment.refunded + fact.amount, { ...fact, kind: 'refund' });
}

/** Decides what follows when a refund fails: the money is the charity's again, in the month of the failure. */
export function decideRefundFailure(payment: Payment, refund: Refund, failedAt: Date): RefundBooking {
  const { refundId, currency } = refund;
  const refunded = payment.refunded - refund.amount;
  return decide(payment, refunded, { refundId, currency, at: failedAt, kind: 'refund-failed' });
}

interface Cause {
  readonly refundId: string;
  readonly currency: Currency;
  readonly at: Date;
  readonly kind: 'refund' | 'refund-failed';
}

function decide(payment: Payment, refunded: number, { refundId, currency, at, kind }: Cause): RefundBooking {
  const { postings, totals } = decideReversal(payment, { refunded }, at);
  return {
    entry: ledgerEntry({
      sourceId: refundId,
      kind,
      postings: [...postings, { account: 'stripe', amount: payment.refunded - refunded }],
      currency,
      at,
      payment: payment.paymentId,
      ...(namesNoFund(postings) && { fund: payment.fund }),
    }),
    totals,
    refunded,
    wasRefunded: isRefunded(payment),
    isRefunded: isRefunded({ ...payment, refunded }),
    wasAboveLeft: isAboveGiven(payment),
    isAboveLeft: isAboveGiven({ ...payment, refunded }),
  };
}

/** Whether refunds alone reversed the whole payment. */
function isRefunded({ parts, refunded }: Payment): boolean {
  return refunded >= wholeOf(parts);
}

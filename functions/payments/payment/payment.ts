import { type LedgerEntry, ledgerEntry, namesNoFund, type Posting } from '#kernel/ledger/ledger-entry.ts';
import type { TotalsChange } from '#kernel/totals/totals.ts';
import { guardLimits } from '#payments/guard/guard-limits.ts';
import { leftOf, postingsOf, reversalBetween, wholeOf } from '#payments/received/parts.ts';
import type { Frequency, PaymentFact } from '#payments/received/payment-fact.ts';
import { hongKongMonth, type Month } from '#platform/clock.ts';

/** Why a gift is under review: it is `large`, or it was paid after `many-declines`. */
export const reviewReasons = ['large', 'many-declines'] as const;

export type ReviewReason = (typeof reviewReasons)[number];

/** Money received for a fund, booked once. */
export interface Payment extends Omit<PaymentFact, 'isUnclear'> {
  readonly frequency: Frequency;
  /** The Hong Kong month of `at`. */
  readonly month: Month;
  /** All refunds that have not failed; above what was taken when Stripe refunded more. Minor units, as all that follow. */
  readonly refunded: number;
  /** Refunds that the staff asked Stripe for and that Stripe has not answered yet. */
  readonly refundReserved: number;
  /** What disputes have taken. */
  readonly disputed: number;
  /** While a dispute is open nothing is refunded. */
  readonly disputeOpen: boolean;
  /** Why it waits for a person before the public sees it; undefined when it does not. */
  readonly underReview?: ReviewReason | undefined;
}

/** What refunds and disputes have reversed of a payment, without refunds that Stripe has not answered yet. */
export type Reversed = Pick<Payment, 'parts' | 'refunded' | 'disputed'>;

/** What can still be refunded: all but what was refunded, disputed or is reserved for a refund. */
export function refundableAmount({ parts, refunded, disputed, refundReserved }: Payment): number {
  return Math.max(0, wholeOf(parts) - refunded - disputed - refundReserved);
}

/** Whether nothing is left of a payment: it counts no supporter and stands in no public list. */
export function isFullyReversed({ parts, refunded, disputed }: Reversed): boolean {
  return refunded + disputed >= wholeOf(parts);
}

/** Whether more was reversed than was given. */
export function isAboveGiven({ parts, refunded, disputed }: Reversed): boolean {
  return refunded + disputed > wholeOf(parts);
}

/** What is left of a payment's gift. */
export function netGift({ parts, refunded, disputed }: Reversed): number {
  return leftOf(parts, refunded + disputed).gift;
}

/** What follows from a reversal: the postings of the payment's own accounts, and what the totals change by. */
export interface Reversal {
  readonly postings: readonly Posting[];
  readonly totals: TotalsChange;
}

/** Decides what follows when refunds and disputes have reversed another sum of a payment, in the month in which that happened. */
export function decideReversal(
  payment: Reversed & Pick<Payment, 'fund' | 'source' | 'donor'>,
  now: Partial<Pick<Reversed, 'refunded' | 'disputed'>>,
  at: Date,
): Reversal {
  const after = { ...payment, ...now };
  const sums = { before: payment.refunded + payment.disputed, after: after.refunded + after.disputed };
  const { fund, parts } = payment;
  const taken = reversalBetween(parts, sums);
  return {
    postings: postingsOf(fund, taken),
    totals: {
      fund,
      month: hongKongMonth(at),
      raised: 0 - taken.gift,
      sales: 0 - taken.sales,
      supporters: Number(countsSupporter(after)) - Number(countsSupporter(payment)),
    },
  };
}

/** Whether a payment has a supporter: something of its gift is left, and it is no cash box, which nobody is known of. */
export function countsSupporter(payment: Reversed & Pick<Payment, 'source' | 'donor'>): boolean {
  const isOfNobody = payment.source === 'cash' && payment.donor === undefined;
  return payment.parts.gift > 0 && !isOfNobody && !isFullyReversed(payment);
}

/** What follows from money received. */
export interface Booking {
  readonly payment: Payment;
  readonly entry: LedgerEntry;
  readonly totals: TotalsChange;
}

const untouched = { refunded: 0, refundReserved: 0, disputed: 0, disputeOpen: false } as const;

/**
 * Decides what follows from money received: the payment, its journal entry, and what the totals grow by. The cover is in none of the
 * totals.
 * @param booksMonth the month of the books that the entry counts in; the payment and the totals keep their own
 */
export function decidePayment(received: PaymentFact, booksMonth?: Month): Booking {
  const { isUnclear: _, ...known } = received;
  const { source, paymentId, fund, parts, currency, at, planId } = received;
  const month = hongKongMonth(at);
  const payment: Payment = { ...known, frequency: planId ? 'monthly' : 'once', month, ...untouched };
  const postings: Posting[] = [{ account: source, amount: wholeOf(parts) }, ...postingsOf(fund, parts, -1)];
  const entry = ledgerEntry(
    { sourceId: paymentId, kind: 'payment', postings, currency, at, ...(namesNoFund(postings) && { fund }) },
    booksMonth,
  );
  const totals = {
    fund,
    month,
    raised: parts.gift,
    sales: parts.sales,
    supporters: Number(countsSupporter(payment)),
  };
  return { payment, entry, totals };
}

/**
 * Decides whether a gift waits for a person. It is booked, counted and thanked for like any other: only the public does not see it
 * before a person releases it.
 *
 * @param paid.amount minor units
 * @param paid.declines how many payments of its checkout were declined before
 */
export function reviewReason(paid: {
  readonly amount: number;
  readonly declines: number;
}): ReviewReason | undefined {
  if (paid.amount >= guardLimits.largeGift) return 'large';
  return paid.declines >= guardLimits.declinesForReview ? 'many-declines' : undefined;
}

/** Whether a payment may stand in a public list: it has a gift, is not fully reversed and not under review. */
export function isListed(payment: Payment): boolean {
  return payment.parts.gift > 0 && payment.underReview === undefined && !isFullyReversed(payment);
}

import { guardLimits } from '#payments/guard/guard-limits.ts';
import { isFullyReversed, type Payment, type ReviewReason } from './payment.ts';

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
  return paid.declines >= guardLimits.declinesToHold ? 'many-declines' : undefined;
}

/** Whether a payment may stand in a public list: it has a gift, is not fully reversed and not under review. */
export function isListed(payment: Payment): boolean {
  return payment.parts.gift > 0 && payment.underReview === undefined && !isFullyReversed(payment);
}

import { guardLimits } from '#payments/guard/guard-limits.ts';
import { type Gift, isFullyReversed, type ReviewReason } from './gift.ts';

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

/** Whether a gift may stand in a public list: it is not fully reversed and not under review. */
export function isListed(gift: Gift): boolean {
  return gift.underReview === undefined && !isFullyReversed(gift);
}

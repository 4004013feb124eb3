import { type LedgerEntry, ledgerEntry, type Posting } from '#kernel/ledger/ledger-entry.ts';
import type { TotalsChange } from '#kernel/totals/totals.ts';
import type { PaidCheckout } from '#payments/checkout/paid-checkout.ts';
import { guardLimits } from '#payments/guard/guard-limits.ts';
import type { Language } from '#platform/charity.ts';
import { hongKongMonth, type Month } from '#platform/clock.ts';
import type { Currency } from '#platform/money.ts';

/** Why a gift is under review: it is `large`, or it was paid after `many-declines`. */
export const reviewReasons = ['large', 'many-declines'] as const;

export type ReviewReason = (typeof reviewReasons)[number];

/** Money received for a campaign, once. */
export interface Gift {
  /** Stripe's PaymentIntent: a payment is booked once. */
  readonly paymentId: string;
  readonly checkoutId: string;
  readonly campaign: string;
  /** Without the cover; minor units. */
  readonly amount: number;
  readonly currency: Currency;
  readonly language: Language;
  readonly frequency: 'once';
  readonly at: Date;
  /** The Hong Kong month of `at`. */
  readonly month: Month;
  /** What was given towards the fees, besides the amount. Minor units, as all that follow. */
  readonly cover: number;
  /** All refunds that have not failed; above `amount + cover` when Stripe refunded more than it took. */
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

/** What refunds and disputes have reversed of a gift, without refunds that Stripe has not answered yet. */
type Reversed = Pick<Gift, 'amount' | 'cover' | 'refunded' | 'disputed'>;

/** What can still be refunded: all but what was refunded, disputed or is reserved for a refund. */
export function refundableAmount(gift: Gift): number {
  return Math.max(0, gift.amount + gift.cover - gift.refunded - gift.disputed - gift.refundReserved);
}

/** Whether a gift is fully reversed: it counts no supporter and stands in no public list. */
export function isFullyReversed({ amount, cover, refunded, disputed }: Reversed): boolean {
  return refunded + disputed >= amount + cover;
}

/** Whether more was reversed than was given. */
export function isAboveGiven({ amount, cover, refunded, disputed }: Reversed): boolean {
  return refunded + disputed > amount + cover;
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

/** Whether a gift may stand in a public list: it is not fully reversed and not under review. */
export function isListed(gift: Gift): boolean {
  return gift.underReview === undefined && !isFullyReversed(gift);
}

/** The net amount of a gift. Refunds and disputes take from it first, and from the cover only then. */
export function netAmount({ amount, refunded, disputed }: Reversed): number {
  return Math.max(0, amount - refunded - disputed);
}

/** Out of which accounts money of a gift went; below zero where it came back. Minor units. */
export interface Reversal {
  readonly raised: number;
  readonly cover: number;
}

/**
 * Decides which accounts a refund or dispute takes from, and which get back what it returns: first the amount, then the cover, and
 * beyond both what was raised again. Only the sums reversed before and after count, so that the accounts of a gift do not depend on
 * the order in which Stripe reports.
 *
 * @param reversed refunds and disputes together, before and from now on
 */
export function reversalBetween(
  { amount, cover }: Pick<Gift, 'amount' | 'cover'>,
  reversed: { readonly before: number; readonly after: number },
): Reversal {
  const ofCover = (sum: number) => Math.min(cover, Math.max(0, sum - amount));
  const fromCover = ofCover(reversed.after) - ofCover(reversed.before);
  return { raised: reversed.after - reversed.before - fromCover, cover: fromCover };
}

/** What follows from a paid checkout. */
export interface Booking {
  readonly gift: Gift;
  readonly entry: LedgerEntry;
  readonly totals: TotalsChange;
}

const untouched = { refunded: 0, refundReserved: 0, disputed: 0, disputeOpen: false } as const;

/**
 * Decides what follows from a paid gift: the gift, its ledger entry, and what the totals grow by. The cover is in none of the totals.
 * @param booksMonth the month of the books that the entry counts in; the gift and the totals keep their own
 */
export function decideGift(paid: PaidCheckout, booksMonth?: Month): Booking {
  const { paymentId, checkoutId, campaign, cover, currency, language, at } = paid;
  const month = hongKongMonth(at);
  const amount = paid.amount - cover;
  const gift: Gift = {
    paymentId,
    checkoutId,
    campaign,
    amount,
    cover,
    currency,
    language,
    frequency: 'once',
    at,
    month,
    ...untouched,
  };
  const postings: Posting[] = [
    { account: 'stripe', amount: paid.amount },
    { account: `raised:${campaign}`, amount: -amount },
    ...(cover === 0 ? [] : [{ account: 'cover', amount: -cover } as const]),
  ];
  const entry = ledgerEntry({ sourceId: paymentId, kind: 'gift', postings, currency, at }, booksMonth);
  return { gift, entry, totals: { campaign, month, raised: amount, supporters: 1 } };
}

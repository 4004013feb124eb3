import type { Language } from '#platform/charity.ts';
import { type Currency, sum } from '#platform/money.ts';

/** Where a checkout stands: open → processing → paid → perhaps refunded; or expired, failed. */
export const checkoutStatuses = ['open', 'processing', 'paid', 'expired', 'failed', 'refunded'] as const;

export type CheckoutStatus = (typeof checkoutStatuses)[number];

/** One thing that a checkout pays for. */
export interface CheckoutLine {
  /** The cover is what is given towards the card fee, beside the gift. */
  readonly kind: 'gift' | 'cover';
  /** Whose money it is; a cover is the account's that pays the fee. */
  readonly campaign?: string;
  /** What the payment page calls it, in the donor's language. */
  readonly title: string;
  /** Minor units. */
  readonly amount: number;
}

/** What a person is about to pay. */
export interface Checkout {
  /** A 128-bit secret that stands in no public list. */
  readonly id: string;
  readonly status: CheckoutStatus;
  readonly campaign: string;
  readonly lines: readonly CheckoutLine[];
  /** The sum of the lines, minor units. */
  readonly amount: number;
  readonly currency: Currency;
  readonly language: Language;
  /** The site that the donor comes back to, without a trailing slash. */
  readonly site: string;
  readonly createdAt: Date;
  /** When Stripe's Session ends. */
  readonly expiresAt: Date;
  /** Shows whether a request under the same key is a repetition. */
  readonly bodyDigest: string;
  /** The network that started it, as it is named in its window (`networkName`); declined payments count for it. */
  readonly network?: string | undefined;
  /** Stripe's Session, once it is made. */
  readonly sessionId: string | undefined;
  /** Stripe's time of payment. */
  readonly paidAt?: Date | undefined;
  /** When the donor corrected the address; that can be done once. */
  readonly addressCorrectedAt?: Date | undefined;
}

/** What a checkout pays towards the card fee, minor units. */
export function coverOf({ lines }: Pick<Checkout, 'lines'>): number {
  return sum(lines.filter(({ kind }) => kind === 'cover').map(({ amount }) => amount));
}

/** How long a Session can be paid, in milliseconds: Stripe allows 30 minutes to 24 hours (Checkout Sessions, `expires_at`). */
export const sessionLifetime = 2 * 3_600_000;
/** How long the choices of a checkout that was not paid are kept, in milliseconds. */
export const choicesLifetime = 24 * 3_600_000;
/** Stripe's shortest lifetime, with a minute for the way there. */
const shortestLifetime = 31 * 60_000;

/** Whether nothing can be paid under a checkout any more, and nothing was. */
export function isOver(checkout: Checkout, now: Date): boolean {
  if (checkout.status === 'open') return checkout.expiresAt <= now;
  return checkout.status === 'expired' || checkout.status === 'failed';
}

/** Whether a checkout waits for its payment, at Stripe's page if that was made. */
export function isWaiting(checkout: Checkout, now: Date): boolean {
  return checkout.status === 'open' && !isOver(checkout, now);
}

/** Whether Stripe would still make the checkout's Session, so that an attempt that failed can be repeated with the same bytes. */
export function canStartSession(checkout: Checkout, now: Date): boolean {
  return checkout.status === 'open' && checkout.expiresAt.getTime() - now.getTime() >= shortestLifetime;
}

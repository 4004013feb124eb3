import { noParts, type Parts, wholeOf } from '#payments/received/parts.ts';
import type { Subject } from '#payments/received/subject.ts';
import type { Language } from '#platform/charity.ts';
import type { Currency } from '#platform/money.ts';

/** Where a checkout stands: open → processing → paid → perhaps refunded; or expired, failed. */
export const checkoutStatuses = ['open', 'processing', 'paid', 'expired', 'failed', 'refunded'] as const;

export type CheckoutStatus = (typeof checkoutStatuses)[number];

/** How a checkout is paid: once by card, monthly by card, not at all, or with money that comes in otherwise. */
export const modes = ['payment', 'subscription', 'free', 'offline'] as const;

/** One thing that a checkout pays for. It holds ids, no titles; minor units. One-off and monthly lines never share a checkout. */
export type CheckoutLine = { readonly amount: number } & (
  | {
      readonly kind: 'gift';
      /** What within the fund it is meant for. */
      readonly for?: string;
      readonly every?: 'month';
    }
  | { readonly kind: 'ticket'; readonly type: string; readonly quantity: number }
  | { readonly kind: 'goods'; readonly item: string }
  /** What is given towards the card fee, beside the rest. */
  | { readonly kind: 'cover' }
);

/** What a person is about to pay. */
export interface Checkout {
  /** A 128-bit secret that stands in no public list. */
  readonly id: string;
  readonly status: CheckoutStatus;
  /** Whose money it is: one fund a checkout. */
  readonly fund: string;
  readonly subject: Subject;
  readonly mode: (typeof modes)[number];
  readonly lines: readonly CheckoutLine[];
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
  /** Who gives or buys. */
  readonly donor?: string | undefined;
  /** What is held for it of counted things. */
  readonly holdId?: string | undefined;
  /** Stripe's Session, once it is made. */
  readonly sessionId: string | undefined;
  /** Stripe's time of payment. */
  readonly paidAt?: Date | undefined;
  /** When the donor corrected the address; that can be done once. */
  readonly addressCorrectedAt?: Date | undefined;
}

const partOf = { gift: 'gift', ticket: 'sales', goods: 'sales', cover: 'cover' } as const;

/** What a checkout pays, as the parts of its payment. */
export function partsOf({ lines }: Pick<Checkout, 'lines'>): Parts {
  const parts = { ...noParts };
  for (const { kind, amount } of lines) parts[partOf[kind]] += amount;
  return parts;
}

/** All that a checkout pays, minor units. */
export function amountOf(checkout: Pick<Checkout, 'lines'>): number {
  return wholeOf(partsOf(checkout));
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

import type { Language } from '#platform/charity.ts';
import type { Currency } from '#platform/money.ts';

/** The fact that a checkout for a gift was paid, as Stripe's event reports it. */
export interface PaidCheckout {
  readonly checkoutId: string;
  /** Stripe's PaymentIntent. */
  readonly paymentId: string;
  readonly campaign: string;
  /** What Stripe took, the cover included; minor units. */
  readonly amount: number;
  /** How much of it was given towards the fees. */
  readonly cover: number;
  readonly currency: Currency;
  readonly language: Language;
  /** Stripe's time of payment (`event.created`), never of arrival. */
  readonly at: Date;
}

/**
 * How much of what Stripe took is cover. Where it took another sum than was to be paid, a person looks at it; until then the gift
 * has its part first, and all that goes beyond both.
 *
 * @param taken what Stripe took, minor units
 * @param wanted what was to be paid
 */
export function coverWithin(
  taken: number,
  wanted: { readonly giftAmount: number; readonly cover: number },
): number {
  return Math.min(wanted.cover, Math.max(0, taken - wanted.giftAmount));
}

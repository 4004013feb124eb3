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

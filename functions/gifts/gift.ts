import { type LedgerEntry, ledgerEntry } from '../ledger/ledger-entry.ts';
import type { Language } from '../platform/charity.ts';
import { hongKongMonth, type Month } from '../platform/clock.ts';
import type { Currency } from '../platform/money.ts';

/** The fact that a checkout for a gift was paid, as Stripe's event tells it. */
export interface PaidCheckout {
  readonly checkoutId: string;
  /** Stripe's PaymentIntent. */
  readonly paymentId: string;
  readonly campaign: string;
  /** What Stripe took, minor units. */
  readonly amount: number;
  readonly currency: Currency;
  readonly language: Language;
  /** Stripe's time of payment (`event.created`), never of arrival. */
  readonly at: Date;
}

/** Money received for a campaign, once. */
export interface Gift {
  /** Stripe's PaymentIntent: a payment is booked once. */
  readonly paymentId: string;
  readonly checkoutId: string;
  readonly campaign: string;
  readonly amount: number;
  readonly currency: Currency;
  readonly language: Language;
  readonly frequency: 'once';
  readonly at: Date;
  /** The Hong Kong month of `at`. */
  readonly month: Month;
}

/** What a campaign's totals grow by. */
export interface TotalsChange {
  readonly campaign: string;
  readonly month: Month;
  /** Minor units. */
  readonly raised: number;
  readonly supporters: number;
}

/** What follows from a paid checkout. */
export interface Booking {
  readonly gift: Gift;
  readonly entry: LedgerEntry;
  readonly totals: TotalsChange;
}

/** Decides what follows from a paid gift: the gift, its ledger entry, and what the totals grow by. */
export function decideGift(paid: PaidCheckout): Booking {
  const month = hongKongMonth(paid.at);
  const gift: Gift = { ...paid, frequency: 'once', month };
  const entry = ledgerEntry({
    sourceId: paid.paymentId,
    kind: 'gift',
    sides: [
      { account: 'stripe', amount: paid.amount },
      { account: `raised:${paid.campaign}`, amount: -paid.amount },
    ],
    currency: paid.currency,
    at: paid.at,
  });
  return { gift, entry, totals: { campaign: paid.campaign, month, raised: paid.amount, supporters: 1 } };
}

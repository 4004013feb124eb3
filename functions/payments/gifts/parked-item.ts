import type { PaidCheckout } from '#payments/checkout/paid-checkout.ts';
import type { Language } from '#platform/charity.ts';
import { utcHour } from '#platform/clock.ts';
import type { Currency } from '#platform/money.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { type Item, toItem } from '#platform/table/table.ts';

/** A payment whose checkout is not there (yet): ids and amounts only. */
export interface ParkedPayment {
  readonly paid: PaidCheckout;
  readonly parkedAt: Date;
}

/** The item of a parked payment, kept under the payment's id in the list of its hour. */
export function toParkedItem({ paid, parkedAt }: ParkedPayment): Item {
  return toItem(keys.parked(paid.paymentId), 'parked', 1, {
    ...paid,
    at: paid.at.toISOString(),
    parkedAt: parkedAt.toISOString(),
    list: lists.parked(utcHour(parkedAt)),
    listOrder: parkedAt.toISOString(),
  });
}

/** Reads a parked payment. */
export function fromParkedItem(item: Item): ParkedPayment {
  return {
    paid: {
      checkoutId: item.checkoutId as string,
      paymentId: item.paymentId as string,
      campaign: item.campaign as string,
      amount: item.amount as number,
      // Parked before anybody could cover the fee.
      cover: (item.cover as number | undefined) ?? 0,
      currency: item.currency as Currency,
      language: item.language as Language,
      at: new Date(item.at as string),
    },
    parkedAt: new Date(item.parkedAt as string),
  };
}

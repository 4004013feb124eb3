import type { PaidCheckout } from '#payments/checkout/paid-checkout.ts';
import { languages } from '#platform/charity.ts';
import { utcHour } from '#platform/clock.ts';
import { currencies } from '#platform/money.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
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

export function fromParkedItem(item: Item): ParkedPayment {
  const fields = read(item);
  return {
    paid: {
      checkoutId: fields.text('checkoutId'),
      paymentId: fields.text('paymentId'),
      campaign: fields.text('campaign'),
      amount: fields.int('amount'),
      // Parked before anybody could cover the fee.
      cover: fields.maybeInt('cover') ?? 0,
      currency: fields.oneOf('currency', currencies),
      language: fields.oneOf('language', languages),
      at: fields.date('at'),
    },
    parkedAt: fields.date('parkedAt'),
  };
}

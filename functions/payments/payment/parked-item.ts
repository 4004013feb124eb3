import { partsIn } from '#payments/received/parts-item.ts';
import type { PaymentFact } from '#payments/received/payment-fact.ts';
import { subjectKinds } from '#payments/received/subject.ts';
import { languages } from '#platform/charity.ts';
import { utcHour } from '#platform/clock.ts';
import { currencies } from '#platform/money.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';

/** A payment whose checkout is not there (yet): ids and amounts only. */
export interface ParkedPayment {
  readonly paid: PaymentFact;
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
      source: 'stripe',
      checkoutId: fields.text('checkoutId'),
      paymentId: fields.text('paymentId'),
      fund: fields.text('fund'),
      about: fields.oneOf('about', subjectKinds),
      for: fields.maybeText('for'),
      parts: partsIn(fields.record('parts')),
      currency: fields.oneOf('currency', currencies),
      language: fields.oneOf('language', languages),
      at: fields.date('at'),
      donor: fields.maybeText('donor'),
      isUnclear: fields.maybeFlag('isUnclear') || undefined,
    },
    parkedAt: fields.date('parkedAt'),
  };
}

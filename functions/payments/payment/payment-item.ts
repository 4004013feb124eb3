import { partsIn } from '#payments/received/parts-item.ts';
import { sources } from '#payments/received/payment-fact.ts';
import { subjectKinds } from '#payments/received/subject.ts';
import { languages } from '#platform/charity.ts';
import { shardOf } from '#platform/ids.ts';
import { currencies } from '#platform/money.ts';
import type { Change } from '#platform/table/commit.ts';
import { keys, lists, paymentShards } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { type Payment, reviewReasons } from './payment.ts';

/** The item of a new payment. It stands in the list of its fund's month; later reversals are written beside it. */
export function toPaymentItem(payment: Payment): Item {
  return toItem(keys.payment(payment.paymentId), 'payment', 1, {
    source: payment.source,
    paymentId: payment.paymentId,
    checkoutId: payment.checkoutId,
    fund: payment.fund,
    about: payment.about,
    parts: payment.parts,
    currency: payment.currency,
    language: payment.language,
    at: payment.at.toISOString(),
    month: payment.month,
    ...(payment.donor && { donor: payment.donor }),
    ...(payment.planId && { planId: payment.planId }),
    ...(payment.for && { for: payment.for }),
    list: lists.payments(payment.fund, payment.month, shardOf(payment.paymentId, paymentShards)),
    listOrder: paymentOrder(payment),
    ...(payment.underReview && { held: payment.underReview }),
  });
}

export function fromPaymentItem(item: Item): Payment {
  const fields = read(item);
  const underReview = fields.maybeOneOf('held', reviewReasons);
  const planId = fields.maybeText('planId');
  return {
    source: fields.oneOf('source', sources),
    paymentId: fields.text('paymentId'),
    checkoutId: fields.text('checkoutId'),
    fund: fields.text('fund'),
    about: fields.oneOf('about', subjectKinds),
    parts: partsIn(fields.record('parts')),
    currency: fields.oneOf('currency', currencies),
    language: fields.oneOf('language', languages),
    frequency: planId === undefined ? 'once' : 'monthly',
    at: fields.date('at'),
    month: fields.text('month'),
    donor: fields.maybeText('donor'),
    planId,
    for: fields.maybeText('for'),
    refunded: fields.maybeInt('refunded') ?? 0,
    refundReserved: fields.maybeInt('refundReserved') ?? 0,
    disputed: fields.maybeInt('disputed') ?? 0,
    disputeOpen: fields.maybeFlag('disputeOpen') ?? false,
    underReview: isReleased(item) ? undefined : underReview,
  };
}

/** The names of the entries of a payment's refunds and disputes, whose sources are other objects of Stripe's. */
export function otherEntriesOf(item: Item): string[] {
  return read(item).maybeTexts('otherEntries') ?? [];
}

/** Whether a gift was under review and a person has released it. */
export function isReleased(item: Item): boolean {
  return item.releasedAt !== undefined;
}

/** Releases a gift that is under review. The reason stays with it. */
export function toReleasedChange(paymentId: string, now: Date): Change {
  return {
    update: keys.payment(paymentId),
    set: { expression: 'SET releasedAt = :now', values: { ':now': now.toISOString() } },
    condition: 'attribute_exists(held) AND attribute_not_exists(releasedAt)',
  };
}

/** Sorts gifts by time; two of one second by their payment. */
export function paymentOrder(payment: Pick<Payment, 'at' | 'paymentId'>): string {
  return `${payment.at.toISOString()}#${payment.paymentId}`;
}

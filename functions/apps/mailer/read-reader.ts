import { mailNameOf } from '#kernel/outbox/outbox.ts';
import type { StoredMessage } from '#kernel/outbox/outbox-item.ts';
import type { Person } from '#kernel/people/person-item.ts';
import { personAt } from '#kernel/people/read-person.ts';
import type { Payment } from '#payments/payment/payment.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { type Key, keys } from '#platform/table/keys.ts';
import type { ItemsRead } from '#platform/table/table.ts';

/** The person who gets a mail, and the gift that it is about. */
export interface Reader {
  readonly gift: Payment;
  readonly person: Person;
}

/** The items that decide whether a message still has a reader. */
export function readerKeys({ paymentId, checkoutId }: StoredMessage<'mail'>): Key[] {
  return [keys.payment(paymentId), keys.person(checkoutId)];
}

/**
 * Decides whether a message still has a reader.
 *
 * @param read holds the items at `readerKeys`
 * @returns `erased` when the person's data is gone, or had ended before the gift was paid; `superseded` when the address was corrected
 * after the booking, so that another mail goes to the corrected one
 */
export function readerOf(message: StoredMessage<'mail'>, read: ItemsRead): Reader | 'erased' | 'superseded' {
  const giftItem = read.itemAt(keys.payment(message.paymentId));
  const gift = giftItem && fromPaymentItem(giftItem);
  const person = gift && personAt(read, message.checkoutId, gift.at);
  if (!person) return 'erased';
  const isFirst = mailNameOf(message) === 'gift-received';
  return isFirst && person.thankedAnew ? 'superseded' : { gift, person };
}

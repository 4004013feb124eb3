import type { Person } from '#kernel/people/person-item.ts';
import type { Payment } from '#payments/payment/payment.ts';
import { paymentOrder } from '#payments/payment/payment-item.ts';
import type { KeyedHash } from '#platform/ids.ts';
import { type Key, keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import type { SingleChange } from '#platform/table/write-one.ts';
import { hashedWords } from './name-words.ts';

/** Who a payment is of: the donor of its address; without one nobody knows of other payments. */
function holderOf({ donor, checkoutId }: Pick<Payment, 'donor' | 'checkoutId'>): string {
  return donor ?? checkoutId;
}

/** The key of a payment among those of its donor. */
export function donorPaymentKey(payment: Pick<Payment, 'donor' | 'checkoutId' | 'paymentId'>): Key {
  return keys.donorPayment(holderOf(payment), payment.paymentId);
}

/** The items by which a payment is found among those of its donor, and by the words of the donor's names. */
export function toDonorIndexItems(
  payment: Payment,
  { name, displayName = '', receiptName = '' }: Person,
  hash: KeyedHash,
): { readonly ofDonor: Item; readonly ofWords: readonly Item[] } {
  const order = paymentOrder(payment);
  const words = new Set([name, displayName, receiptName].flatMap((each) => hashedWords(each, hash)));
  const { paymentId } = payment;
  return {
    ofDonor: toItem(donorPaymentKey(payment), 'donor-payment', 1, { paymentId }),
    ofWords: [...words].map((word) =>
      toItem(keys.namedPayment(word, order), 'named-payment', 1, { paymentId, listOrder: order }),
    ),
  };
}

/** The payment that an item of either kind leads to. */
export function indexedPayment(item: Item): string {
  return read(item).text('paymentId');
}

/** What takes a payment out of the index again. */
export function toUnindexedChanges(payment: Payment, person: Person, hash: KeyedHash): Removal[] {
  const { ofDonor, ofWords } = toDonorIndexItems(payment, person, hash);
  return [ofDonor, ...ofWords].map(({ pk, sk }) => ({ remove: { pk, sk } }));
}

type Removal = Extract<SingleChange, { readonly remove: Key }>;

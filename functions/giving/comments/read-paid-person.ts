import type { Person } from '#kernel/people/person-item.ts';
import { personAt } from '#kernel/people/read-person.ts';
import { fromCheckoutItem, paymentOf } from '#payments/checkout/checkout-item.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { isCheckoutId } from '#platform/id-shapes.ts';
import { enteredPaymentOf } from '#platform/ids.ts';
import { keys } from '#platform/table/keys.ts';
import { type Item, readItems } from '#platform/table/table.ts';

/** A paid gift with its donor. */
export interface PaidPerson {
  readonly person: Person;
  readonly paymentId: string;
  readonly paidAt: Date;
}

export type Reading = Pick<Context, 'table' | 'now'>;

/**
 * Reads who gave under a checkout's id, and by which payment, as far as both are there.
 * @throws Problem `not-found` when there is no such checkout
 */
export async function readPaidPerson(
  checkoutId: string,
  { table, now }: Reading,
): Promise<{ readonly [Name in keyof PaidPerson]: PaidPerson[Name] | undefined }> {
  if (!isCheckoutId(checkoutId)) throw noCheckout();
  const [checkoutAt, enteredAt] = [keys.checkout(checkoutId), keys.payment(enteredPaymentOf(checkoutId))];
  const wanted = [checkoutAt, enteredAt, keys.person(checkoutId)];
  const read = await readItems(table, wanted, { consistent: true });
  const paid = paidOf(read.itemAt(checkoutAt), read.itemAt(enteredAt));
  return { ...paid, person: personAt(read, checkoutId, paid.paidAt ?? now) };
}

type Paid = { readonly [Name in 'paymentId' | 'paidAt']: PaidPerson[Name] | undefined };

/** What a checkout was paid with and when, as far as it was; money that the staff entered has a payment alone. */
function paidOf(checkout: Item | undefined, entered: Item | undefined): Paid {
  if (checkout) return { paymentId: paymentOf(checkout), paidAt: fromCheckoutItem(checkout).paidAt };
  if (!entered) throw noCheckout();
  const { paymentId, at } = fromPaymentItem(entered);
  return { paymentId, paidAt: at };
}

function noCheckout(): Problem {
  return new Problem('not-found', 'There is no such checkout.');
}

import { type MailProblem, type MailWay, mailProblemOf, mailWayOf } from '#kernel/outbox/mail-item.ts';
import { thankYouMails } from '#kernel/outbox/outbox.ts';
import type { Person } from '#kernel/people/person-item.ts';
import { personAt } from '#kernel/people/read-person.ts';
import type { Checkout } from '#payments/checkout/checkout.ts';
import { fromCheckoutItem, paymentOf, refundedOf } from '#payments/checkout/checkout-item.ts';
import type { Context } from '#platform/context/context.ts';
import { isCheckoutId } from '#platform/id-shapes.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';

/** Everything that the page after paying needs. */
export interface Thanks {
  readonly checkout: Checkout;
  /** Stripe's PaymentIntent, once the payment is booked. */
  readonly paymentId: string | undefined;
  /** Undefined when the data was erased. */
  readonly person: Person | undefined;
  /** Why the newest thank-you mail did not arrive, if Resend reported so. */
  readonly mailProblem: MailProblem | undefined;
  /** The refunded part of what was paid, minor units. */
  readonly refunded: number;
  /** Whether that mail is sent as usual, delayed or stopped. */
  readonly mailWay: MailWay;
}

/**
 * Reads a checkout with its person and mails, in one request.
 * @returns undefined when there is no such checkout
 */
export async function readThanks(
  id: string,
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<Thanks | undefined> {
  if (!isCheckoutId(id)) return undefined;
  const mailKeys = thankYouMails.map((name) => keys.personMail(id, name));
  const read = await readItems(table, [keys.checkout(id), keys.person(id), ...mailKeys], {
    consistent: true,
  });
  const item = read.itemAt(keys.checkout(id));
  if (!item) return undefined;
  const checkout = fromCheckoutItem(item);
  const person = personAt(read, id, checkout.paidAt ?? now);
  const latest = keys.personMail(id, person?.thankedAnew ? 'gift-received-corrected' : 'gift-received');
  const mail = read.itemAt(latest);
  return {
    checkout,
    paymentId: paymentOf(item),
    refunded: refundedOf(item),
    person,
    mailProblem: mail && mailProblemOf(mail),
    mailWay: mail ? mailWayOf(mail) : 'usual',
  };
}

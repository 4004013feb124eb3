import type { Account, Origin } from '../account/account.ts';
import type { Session } from '../account/store.ts';
import { invalidRequest } from '../protocol/errors.ts';
import { type Fields, integer, list, need, text } from '../protocol/parameters.ts';
import { cardDeclined, resolvePaymentMethod } from './payment-methods.ts';
import { paySession } from './payments.ts';

/** Parameters of `POST /v1/payment_pages/{cs}/confirm`. */
export const confirmPaymentPageFields = {
  expected_amount: integer,
  expand: list(text()),
  payment_method: text(),
};

/** What stands behind the hosted page. Stripe does not document this object; its command line reads it. */
export function paymentPage(account: Account, session: Session): object {
  return {
    ...session,
    session_id: session.id,
    line_item_group: {
      currency: session.currency,
      line_items: account.store.lineItems.get(session.id) ?? [],
      subtotal: session.amount_subtotal,
      total: session.amount_total,
    },
  };
}

/** Pays the page as its form would. A decline is a `card_error`. */
export function confirmPaymentPage(
  account: Account,
  session: Session,
  input: Fields<typeof confirmPaymentPageFields>,
  origin: Origin,
): object {
  const expected = need(input.expected_amount, 'expected_amount');
  if (expected !== session.amount_total) {
    throw invalidRequest(
      `The expected amount ${expected} is not the Session's total of ${session.amount_total}.`,
      'expected_amount',
      'checkout_amount_mismatch',
    );
  }
  const known = session.customer_details;
  const method = resolvePaymentMethod(account, need(input.payment_method, 'payment_method'), {
    name: known?.name ?? null,
    email: known?.email ?? null,
  });
  const payer = {
    name: method.billing_details.name ?? known?.name ?? null,
    email: known?.email ?? method.billing_details.email,
    phone: method.billing_details.phone,
  };
  if (paySession(account, session, method, payer, origin) === 'declined') {
    const intent = account.store.paymentIntents.find(session.payment_intent);
    throw cardDeclined({
      ...(typeof intent?.latest_charge === 'string' && { charge: intent.latest_charge }),
      payment_intent: intent,
      payment_method: method,
    });
  }
  return paymentPage(account, session);
}

import type { Stripe } from 'stripe';
import { type Account, noRequest, type Origin } from '../account/account.ts';
import type { Session } from '../account/store.ts';
import { invalidRequest } from '../protocol/errors.ts';
import { addressOf } from './address.ts';
import { createCustomer } from './customers.ts';
import { recordEvent } from './events.ts';
import {
  attemptPayment,
  authenticatePayment,
  endDelayedIntent,
  type PaymentResult,
} from './payment-attempts.ts';
import { intentOf } from './payment-intents.ts';
import type { Payer } from './payment-methods.ts';

/** Tries to pay an open Session with a payment method, and does what Stripe would do next. */
export function paySession(
  account: Account,
  session: Session,
  method: Stripe.PaymentMethod,
  payer: Payer,
  origin: Origin = noRequest,
): PaymentResult {
  requireOpen(session);
  const intent = intentOf(account, session, origin);
  const redirect = {
    return_url: session.success_url,
    url: account.url(`/c/pay/${session.id}/authenticate`),
  };
  const result = attemptPayment(account, intent, method, redirect, origin);
  if (result === 'paid') complete(account, session, payer, 'paid', origin);
  if (result === 'processing') complete(account, session, payer, 'unpaid', origin);
  return result;
}

/** The payer's answer to the bank's question: paid, or back to the form with an error. */
export function answerAuthentication(
  account: Account,
  session: Session,
  isConfirmed: boolean,
): PaymentResult {
  requireOpen(session);
  const intent = intentOf(account, session);
  const method = account.store.paymentMethods.find(intent.payment_method);
  const result = authenticatePayment(account, intent, isConfirmed);
  if (result === 'paid' && method) {
    const { name, email, phone } = method.billing_details;
    complete(account, session, { name, email: session.customer_email ?? email, phone }, 'paid', noRequest);
  }
  return result;
}

/** Ends a Session's delayed payment: the money comes, or does not. */
export function endDelayedSession(account: Account, session: Session, outcome: 'succeeded' | 'failed'): void {
  endDelayedIntent(account, intentOf(account, session), outcome);
}

function requireOpen(session: Session): void {
  if (session.status !== 'open') {
    throw invalidRequest(`This Checkout Session is ${session.status}; it can no longer be paid.`);
  }
}

function complete(
  account: Account,
  session: Session,
  payer: Payer,
  paymentStatus: Session['payment_status'],
  origin: Origin,
): void {
  if (session.customer === null && session.customer_creation === 'always') {
    const details = {
      ...(payer.name !== null && { name: payer.name }),
      ...(payer.email !== null && { email: payer.email }),
    };
    session.customer = createCustomer(account, details, origin).id;
  }
  session.status = 'complete';
  session.payment_status = paymentStatus;
  session.url = null;
  session.customer_details = {
    address: addressOf({ country: account.settings.country }),
    business_name: null,
    email: payer.email,
    individual_name: null,
    name: payer.name,
    phone: payer.phone ?? null,
    tax_exempt: 'none',
    tax_ids: [],
  };
  recordEvent(account, 'checkout.session.completed', session, origin);
}

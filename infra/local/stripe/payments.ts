import type { Stripe } from 'stripe';
import { type Account, noRequest, type Origin } from './account.ts';
import { addCharge, settleLater } from './charges.ts';
import { createCustomer } from './customers.ts';
import { invalidRequest } from './errors.ts';
import { recordEvent } from './events.ts';
import { intentOf } from './payment-intents.ts';
import type { Payer } from './payment-methods.ts';
import type { Session } from './store.ts';

/** What came of an attempt to pay. */
export type PaymentResult = 'paid' | 'processing' | 'declined' | 'authenticate';

/** Tries to pay an open Session with a payment method, and does what Stripe would do next. */
export function paySession(
  account: Account,
  session: Session,
  method: Stripe.PaymentMethod,
  payer: Payer,
): PaymentResult {
  requireOpen(session);
  const intent = intentOf(account, session);
  intent.payment_method = method.id;
  intent.last_payment_error = null;
  switch (account.store.behaviours.get(method.id) ?? 'pays') {
    case 'declined':
      return decline(account, intent, method);
    case 'authenticates':
      intent.status = 'requires_action';
      intent.next_action = {
        type: 'redirect_to_url',
        redirect_to_url: {
          return_url: session.success_url,
          url: account.url(`/c/pay/${session.id}/authenticate`),
        },
      };
      recordEvent(account, 'payment_intent.requires_action', intent);
      return 'authenticate';
    case 'delayed-succeeds':
    case 'delayed-fails':
      return startDelayed(account, session, intent, method, payer);
    case 'pays':
      succeed(account, intent, method, false);
      complete(account, session, payer, 'paid');
      return 'paid';
  }
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
  if (intent.status !== 'requires_action' || !method) {
    throw invalidRequest('This payment is not waiting for authentication.');
  }
  intent.next_action = null;
  if (isConfirmed) {
    succeed(account, intent, method, true);
    const { name, email, phone } = method.billing_details;
    complete(account, session, { name, email: session.customer_email ?? email, phone }, 'paid');
    return 'paid';
  }
  intent.status = 'requires_payment_method';
  intent.payment_method = null;
  intent.last_payment_error = {
    type: 'invalid_request_error',
    code: 'payment_intent_authentication_failure',
    message: 'The provided PaymentMethod has failed authentication.',
    payment_method: structuredClone(method),
  };
  recordEvent(account, 'payment_intent.payment_failed', intent);
  return 'declined';
}

/** Ends a delayed payment: the money comes, or does not. */
export function settleDelayed(account: Account, session: Session, outcome: 'succeeded' | 'failed'): void {
  const intent = intentOf(account, session);
  const method = account.store.paymentMethods.find(intent.payment_method);
  if (intent.status !== 'processing' || !method) {
    throw invalidRequest(`The payment of ${session.id} is not processing.`);
  }
  intent.processing = null;
  const charge = account.store.charges.find(intent.latest_charge);
  if (!charge) throw invalidRequest(`The payment of ${session.id} has no charge.`);
  charge.status = outcome;
  if (outcome === 'failed') {
    charge.failure_code = 'payment_method_provider_decline';
    charge.failure_message = 'The payment was refused by its provider.';
    recordEvent(account, 'charge.failed', charge);
    failIntent(account, intent, method, {
      type: 'card_error',
      code: 'payment_method_provider_decline',
      message: charge.failure_message,
      charge: charge.id,
    });
    recordEvent(account, 'checkout.session.async_payment_failed', session);
    return;
  }
  Object.assign(charge, { amount_captured: charge.amount, captured: true, paid: true });
  markPaid(account, intent, charge);
  session.payment_status = 'paid';
  recordEvent(account, 'checkout.session.async_payment_succeeded', session);
}

function requireOpen(session: Session): void {
  if (session.status !== 'open') {
    throw invalidRequest(`This Checkout Session is ${session.status}; it can no longer be paid.`);
  }
}

function succeed(
  account: Account,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  wasChallenged: boolean,
): void {
  markPaid(account, intent, addCharge(account, intent, method, { status: 'succeeded', wasChallenged }));
}

function markPaid(account: Account, intent: Stripe.PaymentIntent, charge: Stripe.Charge): void {
  intent.status = 'succeeded';
  intent.amount_received = intent.amount;
  intent.latest_charge = charge.id;
  recordEvent(account, 'charge.succeeded', charge);
  recordEvent(account, 'payment_intent.succeeded', intent);
  settleLater(account, charge);
}

function decline(
  account: Account,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
): PaymentResult {
  const charge = addCharge(account, intent, method, { status: 'failed', wasChallenged: false });
  intent.latest_charge = charge.id;
  recordEvent(account, 'charge.failed', charge);
  failIntent(account, intent, method, {
    type: 'card_error',
    code: 'card_declined',
    decline_code: 'generic_decline',
    message: 'Your card was declined.',
    charge: charge.id,
  });
  return 'declined';
}

function failIntent(
  account: Account,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  error: Stripe.PaymentIntent.LastPaymentError,
): void {
  intent.status = 'requires_payment_method';
  intent.payment_method = null;
  intent.last_payment_error = { ...error, payment_method: structuredClone(method) };
  recordEvent(account, 'payment_intent.payment_failed', intent);
}

function startDelayed(
  account: Account,
  session: Session,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  payer: Payer,
): PaymentResult {
  const charge = addCharge(account, intent, method, { status: 'pending', wasChallenged: false });
  intent.status = 'processing';
  intent.latest_charge = charge.id;
  recordEvent(account, 'charge.pending', charge);
  recordEvent(account, 'payment_intent.processing', intent);
  complete(account, session, payer, 'unpaid');
  return 'processing';
}

function complete(
  account: Account,
  session: Session,
  payer: Payer,
  paymentStatus: Session['payment_status'],
  origin: Origin = noRequest,
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
    address: {
      city: null,
      country: account.settings.country,
      line1: null,
      line2: null,
      postal_code: null,
      state: null,
    },
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

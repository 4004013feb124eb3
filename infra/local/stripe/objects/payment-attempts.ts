import type { Stripe } from 'stripe';
import { type Account, noRequest, type Origin } from '../account/account.ts';
import { invalidRequest } from '../protocol/errors.ts';
import { addBalanceTransactionLater, addCharge } from './charges.ts';
import { openDispute } from './disputes.ts';
import { recordEvent } from './events.ts';
import { sessionOf } from './payment-intents.ts';
import { behaviourOf } from './payment-methods.ts';

/** What came of an attempt to pay. */
export type PaymentResult = 'paid' | 'on-hold' | 'processing' | 'declined' | 'authenticate';

/** Where a bank that asks for authentication sends the payer: its page, and afterwards. */
export interface Redirect {
  readonly url: string;
  readonly return_url: string | null;
}

/** Tries to pay a PaymentIntent with a payment method, which behaves as its test name says. */
export function attemptPayment(
  account: Account,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  redirect: Redirect,
  origin: Origin = noRequest,
): PaymentResult {
  intent.payment_method = method.id;
  intent.last_payment_error = null;
  switch (behaviourOf(account, method)) {
    case 'declined':
    case 'declined-later':
      return decline(account, intent, method, origin);
    case 'authenticates':
      intent.status = 'requires_action';
      intent.next_action = { type: 'redirect_to_url', redirect_to_url: redirect };
      recordEvent(account, 'payment_intent.requires_action', intent, origin);
      return 'authenticate';
    case 'delayed-succeeds':
    case 'delayed-fails':
      return startDelayed(account, intent, method, origin);
    default:
      return succeed(account, intent, method, false, origin);
  }
}

/** The payer's answer to the bank's question: paid, or declined. */
export function authenticatePayment(
  account: Account,
  intent: Stripe.PaymentIntent,
  isConfirmed: boolean,
): PaymentResult {
  const method = account.store.paymentMethods.find(intent.payment_method);
  if (intent.status !== 'requires_action' || !method) {
    throw invalidRequest('This payment is not waiting for authentication.');
  }
  intent.next_action = null;
  if (isConfirmed) return succeed(account, intent, method, true, noRequest);
  failIntent(account, intent, method, {
    type: 'invalid_request_error',
    code: 'payment_intent_authentication_failure',
    message: 'The provided PaymentMethod has failed authentication.',
  });
  return 'declined';
}

/** Ends a delayed payment: the money comes, or does not. A Session that was paid with it follows. */
export function endDelayedIntent(
  account: Account,
  intent: Stripe.PaymentIntent,
  outcome: 'succeeded' | 'failed',
): void {
  const method = account.store.paymentMethods.find(intent.payment_method);
  const charge = account.store.charges.find(intent.latest_charge);
  if (intent.status !== 'processing' || !method || !charge) {
    throw invalidRequest(`The payment ${intent.id} is not processing.`);
  }
  const session = sessionOf(account, intent);
  intent.processing = null;
  charge.status = outcome;
  if (outcome === 'succeeded') {
    Object.assign(charge, { amount_captured: charge.amount, captured: true, paid: true });
    markPaid(account, intent, charge, noRequest);
    if (session) {
      session.payment_status = 'paid';
      recordEvent(account, 'checkout.session.async_payment_succeeded', session);
    }
    return;
  }
  charge.failure_code = 'payment_method_provider_decline';
  charge.failure_message = 'The payment was refused by its provider.';
  recordEvent(account, 'charge.failed', charge);
  failIntent(account, intent, method, {
    type: 'card_error',
    code: 'payment_method_provider_decline',
    message: charge.failure_message,
    charge: charge.id,
  });
  if (session) recordEvent(account, 'checkout.session.async_payment_failed', session);
}

/** Books a charge as the payment of its PaymentIntent, and does what its test card is for. */
export function markPaid(
  account: Account,
  intent: Stripe.PaymentIntent,
  charge: Stripe.Charge,
  origin: Origin,
  chargeEvent: 'charge.succeeded' | 'charge.captured' = 'charge.succeeded',
): void {
  intent.status = 'succeeded';
  intent.amount_received = charge.amount_captured;
  intent.amount_capturable = 0;
  intent.latest_charge = charge.id;
  recordEvent(account, chargeEvent, charge, origin);
  recordEvent(account, 'payment_intent.succeeded', intent, origin);
  addBalanceTransactionLater(account, charge);
  const behaviour = account.store.behaviours.get(String(charge.payment_method));
  if (behaviour === 'disputed') openDispute(account, charge, 'chargeback');
  if (behaviour === 'inquired') openDispute(account, charge, 'inquiry');
}

function succeed(
  account: Account,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  wasChallenged: boolean,
  origin: Origin,
): PaymentResult {
  const isOnHold = intent.capture_method === 'manual';
  const charge = addCharge(account, intent, method, { status: 'succeeded', wasChallenged, isOnHold });
  if (!isOnHold) {
    markPaid(account, intent, charge, origin);
    return 'paid';
  }
  intent.status = 'requires_capture';
  intent.amount_capturable = intent.amount;
  intent.latest_charge = charge.id;
  recordEvent(account, 'charge.succeeded', charge, origin);
  recordEvent(account, 'payment_intent.amount_capturable_updated', intent, origin);
  return 'on-hold';
}

function decline(
  account: Account,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  origin: Origin,
): PaymentResult {
  const charge = addCharge(account, intent, method, { status: 'failed', wasChallenged: false });
  intent.latest_charge = charge.id;
  recordEvent(account, 'charge.failed', charge, origin);
  const error = {
    type: 'card_error',
    code: 'card_declined',
    decline_code: 'generic_decline',
    message: 'Your card was declined.',
    charge: charge.id,
  } as const;
  failIntent(account, intent, method, error, origin);
  return 'declined';
}

function failIntent(
  account: Account,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  error: Stripe.PaymentIntent.LastPaymentError,
  origin: Origin = noRequest,
): void {
  intent.status = 'requires_payment_method';
  intent.payment_method = null;
  intent.last_payment_error = { ...error, payment_method: structuredClone(method) };
  recordEvent(account, 'payment_intent.payment_failed', intent, origin);
}

function startDelayed(
  account: Account,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  origin: Origin,
): PaymentResult {
  const charge = addCharge(account, intent, method, { status: 'pending', wasChallenged: false });
  intent.status = 'processing';
  intent.latest_charge = charge.id;
  recordEvent(account, 'charge.pending', charge, origin);
  recordEvent(account, 'payment_intent.processing', intent, origin);
  const seconds = account.store.delayedEndsAfter.get(method.id);
  if (seconds !== undefined) {
    const outcome = behaviourOf(account, method) === 'delayed-fails' ? 'failed' : 'succeeded';
    account.later(seconds, () => {
      if (intent.status === 'processing') endDelayedIntent(account, intent, outcome);
    });
  }
  return 'processing';
}

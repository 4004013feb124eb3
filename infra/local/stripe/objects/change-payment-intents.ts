import type { Stripe } from 'stripe';
import type { Account, Origin } from '../account/account.ts';
import { invalidRequest, notSupported, resourceMissing } from '../protocol/errors.ts';
import { type Fields, need } from '../protocol/parameters.ts';
import { shippingOf } from './address.ts';
import { recordEvent } from './events.ts';
import { mergeMetadata } from './metadata.ts';
import { attemptPayment, markPaid } from './payment-attempts.ts';
import type {
  ConfirmIntent,
  CreateIntent,
  cancelIntentFields,
  captureIntentFields,
  updateIntentFields,
} from './payment-intent-parameters.ts';
import { addIntent, sessionOf } from './payment-intents.ts';
import { cardDeclined, resolvePaymentMethod } from './payment-methods.ts';

/** `POST /v1/payment_intents`, with `confirm` also the attempt to pay. */
export function createIntent(account: Account, input: CreateIntent, origin: Origin): Stripe.PaymentIntent {
  const amount = need(input.amount, 'amount');
  const currency = need(input.currency, 'currency').toLowerCase();
  checkAmount(account, amount, currency);
  if (input.customer !== undefined && !account.store.customers.find(input.customer)) {
    throw resourceMissing('customer', input.customer, 'customer');
  }
  const isConfirmed = input.confirm === true;
  if (isConfirmed) need(input.payment_method, 'payment_method');
  const method = input.payment_method === undefined ? undefined : methodOf(account, input.payment_method);
  const automatic = input.automatic_payment_methods;
  const intent = addIntent(
    account,
    {
      allowed_payment_method_types: input.allowed_payment_method_types ?? null,
      amount,
      automatic_payment_methods: automatic
        ? { allow_redirects: automatic.allow_redirects ?? 'always', enabled: automatic.enabled ?? false }
        : null,
      capture_method: input.capture_method ?? 'automatic_async',
      confirmation_method: input.confirmation_method ?? 'automatic',
      currency,
      customer: input.customer ?? null,
      description: input.description ?? null,
      metadata: input.metadata ?? {},
      payment_method: method?.id ?? null,
      payment_method_types: input.payment_method_types ??
        input.allowed_payment_method_types ?? ['card', 'alipay'],
      receipt_email: input.receipt_email ?? null,
      setup_future_usage: input.setup_future_usage ?? null,
      shipping: shippingOf(input.shipping, 'shipping'),
      statement_descriptor: input.statement_descriptor ?? null,
      statement_descriptor_suffix: input.statement_descriptor_suffix ?? null,
      status: method ? 'requires_confirmation' : 'requires_payment_method',
    },
    origin,
  );
  return isConfirmed && method ? attempt(account, intent, method, input.return_url, origin) : intent;
}

/** `POST /v1/payment_intents/{id}`: before it is paid, what is to be paid; metadata at any time. */
export function updateIntent(
  account: Account,
  intent: Stripe.PaymentIntent,
  input: Fields<typeof updateIntentFields>,
): Stripe.PaymentIntent {
  const { metadata, shipping, expand: _, ...plain } = input;
  if (input.amount !== undefined) {
    if (!intent.status.startsWith('requires_') || intent.status === 'requires_capture') {
      throw unexpected(intent, 'its amount cannot be changed');
    }
    checkAmount(account, input.amount, intent.currency);
  }
  Object.assign(intent, plain);
  if (shipping) intent.shipping = shippingOf(shipping, 'shipping');
  if (metadata !== undefined) intent.metadata = mergeMetadata(intent.metadata, metadata);
  return intent;
}

/** `POST /v1/payment_intents/{id}/confirm`. */
export function confirmIntent(
  account: Account,
  intent: Stripe.PaymentIntent,
  input: ConfirmIntent,
  origin: Origin,
): Stripe.PaymentIntent {
  const canBe = ['requires_payment_method', 'requires_confirmation', 'requires_action'];
  if (!canBe.includes(intent.status) || sessionOf(account, intent)) {
    throw unexpected(intent, 'it cannot be confirmed');
  }
  const methodId = input.payment_method ?? account.store.paymentMethods.find(intent.payment_method)?.id;
  const method = methodOf(account, need(methodId, 'payment_method'));
  return attempt(account, intent, method, input.return_url, origin);
}

/** `POST /v1/payment_intents/{id}/capture`: takes the whole amount that was held. */
export function captureIntent(
  account: Account,
  intent: Stripe.PaymentIntent,
  input: Fields<typeof captureIntentFields>,
  origin: Origin,
): Stripe.PaymentIntent {
  const charge = account.store.charges.find(intent.latest_charge);
  if (intent.status !== 'requires_capture' || !charge) throw unexpected(intent, 'it cannot be captured');
  if ((input.amount_to_capture ?? intent.amount) !== intent.amount) {
    throw notSupported('capturing another amount than was held', 'amount_to_capture');
  }
  Object.assign(charge, { captured: true, amount_captured: charge.amount });
  markPaid(account, intent, charge, origin, 'charge.captured');
  return intent;
}

/** `POST /v1/payment_intents/{id}/cancel`: before the money was taken. */
export function cancelIntent(
  account: Account,
  intent: Stripe.PaymentIntent,
  input: Fields<typeof cancelIntentFields>,
  origin: Origin,
): Stripe.PaymentIntent {
  if (!intent.status.startsWith('requires_')) throw unexpected(intent, 'it cannot be canceled');
  Object.assign(intent, {
    amount_capturable: 0,
    canceled_at: account.now(),
    cancellation_reason: input.cancellation_reason ?? null,
    next_action: null,
    status: 'canceled',
  });
  recordEvent(account, 'payment_intent.canceled', intent, origin);
  return intent;
}

function attempt(
  account: Account,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  returnUrl: string | undefined,
  origin: Origin,
): Stripe.PaymentIntent {
  const redirect = { return_url: returnUrl ?? null, url: account.url(`/c/authenticate/${intent.id}`) };
  if (attemptPayment(account, intent, method, redirect, origin) === 'declined') {
    throw cardDeclined({
      ...(typeof intent.latest_charge === 'string' && { charge: intent.latest_charge }),
      payment_intent: structuredClone(intent),
      payment_method: structuredClone(method),
    });
  }
  return intent;
}

function methodOf(account: Account, id: string): Stripe.PaymentMethod {
  return resolvePaymentMethod(account, id, { name: null, email: null });
}

function checkAmount(account: Account, amount: number, currency: string): void {
  const smallest = account.settings.smallestAmount[currency];
  if (smallest === undefined) throw invalidRequest(`Invalid currency: ${currency}.`, 'currency');
  if (amount < 1) throw invalidRequest('Invalid positive integer', 'amount', 'parameter_invalid_integer');
  if (amount < smallest) {
    throw invalidRequest(
      `Amount must be at least $${(smallest / 100).toFixed(2)} ${currency}`,
      'amount',
      'amount_too_small',
    );
  }
  if (amount > account.settings.largestAmount) {
    throw invalidRequest('Amount must be no more than $999,999.99', 'amount', 'amount_too_large');
  }
}

function unexpected(intent: Stripe.PaymentIntent, what: string) {
  return invalidRequest(
    `This PaymentIntent's status is ${intent.status}: ${what}.`,
    undefined,
    'payment_intent_unexpected_state',
  );
}

import type { Stripe } from 'stripe';
import type { Account, Origin } from '../account/account.ts';
import { invalidRequest, resourceMissing } from '../protocol/errors.ts';
import { type Fields, need } from '../protocol/parameters.ts';
import { addressOf } from './address.ts';
import { recordEvent } from './events.ts';
import { mergeMetadata } from './metadata.ts';
import type { attachFields, updatePaymentMethodFields } from './payment-method-parameters.ts';
import { behaviourOf, cardDeclined, resolvePaymentMethod } from './payment-methods.ts';

/** `POST /v1/payment_methods/{id}/attach`: saves a payment method with a customer. */
export function attachPaymentMethod(
  account: Account,
  id: string,
  input: Fields<typeof attachFields>,
  origin: Origin,
): Stripe.PaymentMethod {
  const customerId = need(input.customer, 'customer');
  const customer = account.store.customers.find(customerId);
  if (!customer) throw resourceMissing('customer', customerId, 'customer');
  const method = resolvePaymentMethod(account, id, { name: null, email: null });
  if (method.customer !== null && method.customer !== customer.id) {
    throw invalidRequest(
      'The payment method you provided has already been attached to a customer.',
      'payment_method',
    );
  }
  if (behaviourOf(account, method) === 'declined') throw cardDeclined();
  method.customer = customer.id;
  recordEvent(account, 'payment_method.attached', method, origin);
  return method;
}

/** `POST /v1/payment_methods/{id}/detach`. */
export function detachPaymentMethod(
  account: Account,
  method: Stripe.PaymentMethod,
  origin: Origin,
): Stripe.PaymentMethod {
  if (method.customer === null) {
    throw invalidRequest(
      'The payment method you provided is not attached to a customer so detachment is impossible.',
      'payment_method',
    );
  }
  const previous = { customer: method.customer };
  method.customer = null;
  recordEvent(account, 'payment_method.detached', method, origin, previous);
  return method;
}

/** `POST /v1/payment_methods/{id}`: metadata and billing details. */
export function updatePaymentMethod(
  account: Account,
  method: Stripe.PaymentMethod,
  input: Fields<typeof updatePaymentMethodFields>,
  origin: Origin,
): Stripe.PaymentMethod {
  const previous = { metadata: method.metadata, billing_details: structuredClone(method.billing_details) };
  method.metadata = mergeMetadata(method.metadata, input.metadata);
  const { address, ...plain } = input.billing_details ?? {};
  Object.assign(method.billing_details, plain);
  if (address) method.billing_details.address = addressOf(address);
  recordEvent(account, 'payment_method.updated', method, origin, previous);
  return method;
}

import type { Stripe } from 'stripe';
import type { Account, Origin } from '../account/account.ts';
import { newId } from '../account/ids.ts';
import {
  allUnsupported,
  email,
  type Fields,
  list,
  metadata,
  metadataUpdate,
  text,
} from '../protocol/parameters.ts';
import { addressFields, addressOf } from './address.ts';
import { recordEvent } from './events.ts';
import { mergeMetadata } from './metadata.ts';

/** Parameters of `POST /v1/customers`. */
export const createCustomerFields = {
  address: addressFields,
  description: text(),
  email,
  expand: list(text()),
  metadata,
  name: text(256),
  phone: text(20),
  preferred_locales: list(text()),
  ...allUnsupported(
    'balance',
    'business_name',
    'cash_balance',
    'individual_name',
    'invoice_prefix',
    'invoice_settings',
    'next_invoice_sequence',
    'payment_method',
    'shipping',
    'source',
    'tax',
    'tax_exempt',
    'tax_id_data',
    'test_clock',
    'validate',
  ),
};

/** `POST /v1/customers`, and Checkout's own customers. */
export function createCustomer(
  account: Account,
  input: Fields<typeof createCustomerFields>,
  origin: Origin,
): Stripe.Customer {
  const { address } = input;
  const customer = account.store.customers.add({
    id: newId('cus', 14),
    object: 'customer',
    address: address ? addressOf(address) : null,
    balance: 0,
    created: account.now(),
    currency: null,
    default_source: null,
    delinquent: false,
    description: input.description ?? null,
    email: input.email ?? null,
    invoice_prefix: newId('', 8).slice(1).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: input.metadata ?? {},
    name: input.name ?? null,
    next_invoice_sequence: 1,
    phone: input.phone ?? null,
    preferred_locales: input.preferred_locales ?? [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  });
  recordEvent(account, 'customer.created', customer, origin);
  return customer;
}

/** Parameters of `POST /v1/customers/{id}`. */
export const updateCustomerFields = { ...createCustomerFields, metadata: metadataUpdate };

/** `POST /v1/customers/{id}`: what is given replaces what was there. */
export function updateCustomer(
  account: Account,
  customer: Stripe.Customer,
  input: Fields<typeof updateCustomerFields>,
  origin: Origin,
): Stripe.Customer {
  const { metadata: given, address, expand: _, ...plain } = input;
  const changes: Partial<Stripe.Customer> = {
    ...plain,
    ...(address && { address: addressOf(address) }),
    ...(given !== undefined && { metadata: mergeMetadata(customer.metadata, given) }),
  };
  const previous = Object.fromEntries(
    Object.keys(changes).map((name) => [name, customer[name as keyof Stripe.Customer]]),
  );
  Object.assign(customer, changes);
  recordEvent(account, 'customer.updated', customer, origin, previous);
  return customer;
}

/** `DELETE /v1/customers/{id}`. */
export function deleteCustomer(account: Account, customer: Stripe.Customer, origin: Origin): object {
  account.store.customers.remove(customer.id);
  recordEvent(account, 'customer.deleted', customer, origin);
  return { id: customer.id, object: 'customer', deleted: true };
}

import type { Stripe } from 'stripe';
import type { Account, Origin } from './account.ts';
import { recordEvent } from './events.ts';
import { newId } from './ids.ts';
import { allUnsupported, email, type Fields, fields, list, metadata, text } from './parameters.ts';

/** Parameters of `POST /v1/customers`. */
export const createCustomerFields = {
  address: fields({
    city: text(),
    country: text(),
    line1: text(),
    line2: text(),
    postal_code: text(),
    state: text(),
  }),
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
    address: address
      ? {
          city: address.city ?? null,
          country: address.country ?? null,
          line1: address.line1 ?? null,
          line2: address.line2 ?? null,
          postal_code: address.postal_code ?? null,
          state: address.state ?? null,
        }
      : null,
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

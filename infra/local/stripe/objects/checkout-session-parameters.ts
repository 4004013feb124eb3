import {
  allUnsupported,
  boolean,
  email,
  type Fields,
  fields,
  integer,
  list,
  metadata,
  oneOf,
  text,
  unsupported,
  webUrl,
} from '../protocol/parameters.ts';
import { shippingFields } from './address.ts';
import { locales } from './locales.ts';

const lineItem = fields({
  metadata,
  price_data: fields({
    currency: text(3),
    product_data: fields({
      description: text(),
      images: list(text(), 8),
      metadata,
      name: text(),
      ...allUnsupported('tax_code', 'tax_details', 'unit_label'),
    }),
    tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified'),
    unit_amount: integer,
    ...allUnsupported('product', 'recurring', 'unit_amount_decimal'),
  }),
  price: text(),
  quantity: integer,
  ...allUnsupported('adjustable_quantity', 'dynamic_tax_rates', 'tax_rates'),
});

const message = fields({ message: text(1200) });

/** Parameters of `POST /v1/checkout/sessions` at the pinned version. */
export const createSessionFields = {
  adaptive_pricing: fields({ enabled: boolean }),
  allowed_payment_method_types: list(oneOf('card', 'alipay', 'sepa_debit')),
  billing_address_collection: oneOf('auto', 'required'),
  cancel_url: webUrl,
  client_reference_id: text(200),
  custom_text: fields({
    after_submit: message,
    shipping_address: message,
    submit: message,
    terms_of_service_acceptance: message,
  }),
  customer: text(),
  customer_creation: oneOf('always', 'if_required'),
  customer_email: email,
  expand: list(text()),
  expires_at: integer,
  line_items: list(lineItem),
  locale: oneOf(...locales),
  metadata,
  mode: oneOf('payment', 'setup', 'subscription'),
  origin_context: oneOf('mobile_app', 'web'),
  payment_intent_data: fields({
    description: text(1000),
    metadata,
    receipt_email: email,
    setup_future_usage: oneOf('off_session', 'on_session'),
    shipping: shippingFields,
    statement_descriptor: text(22),
    statement_descriptor_suffix: text(22),
    ...allUnsupported(
      'application_fee_amount',
      'capture_method',
      'on_behalf_of',
      'transfer_data',
      'transfer_group',
    ),
  }),
  submit_type: oneOf('auto', 'book', 'donate', 'pay', 'subscribe'),
  success_url: webUrl,
  ui_mode: oneOf('elements', 'embedded_page', 'form', 'hosted_page'),
  ...allUnsupported(
    'after_expiration',
    'allow_promotion_codes',
    'automatic_tax',
    'branding_settings',
    'consent_collection',
    'currency',
    'custom_fields',
    'customer_account',
    'customer_update',
    'discounts',
    'excluded_payment_method_types',
    'integration_identifier',
    'invoice_creation',
    'managed_payments',
    'name_collection',
    'optional_items',
    'payment_method_collection',
    'payment_method_configuration',
    'payment_method_data',
    'payment_method_options',
    'permissions',
    'phone_number_collection',
    'return_url',
    'saved_payment_method_options',
    'setup_intent_data',
    'shipping_address_collection',
    'shipping_options',
    'subscription_data',
    'tax_id_collection',
    'wallet_options',
  ),
};

/**
 * The same for requests without a `Stripe-Version`: an account whose default version is older than the removal of
 * `payment_method_types`.
 */
export const createSessionFieldsOfOlderVersions = {
  ...createSessionFields,
  payment_method_types: list(oneOf('card', 'alipay', 'sepa_debit')),
};

/** Parameters of `GET /v1/checkout/sessions` besides those of every list. */
export const listSessionFields = {
  customer: text(),
  customer_details: fields({ email }),
  payment_intent: text(),
  status: oneOf('complete', 'expired', 'open'),
  customer_account: unsupported,
  payment_link: unsupported,
  subscription: unsupported,
};

export type CreateSession = Fields<typeof createSessionFieldsOfOlderVersions>;

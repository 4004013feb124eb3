import {
  allUnsupported,
  boolean,
  email,
  type Fields,
  fields,
  integer,
  list,
  metadata,
  metadataUpdate,
  oneOf,
  text,
  webUrl,
} from '../protocol/parameters.ts';
import { shippingFields } from './address.ts';

const methodTypes = list(oneOf('card', 'alipay', 'sepa_debit'));
const mandateData = fields({
  customer_acceptance: fields({ accepted_at: integer, type: oneOf('offline') }),
});

/** Parameters of `POST /v1/payment_intents` at the pinned version. */
export const createIntentFields = {
  allowed_payment_method_types: methodTypes,
  amount: integer,
  automatic_payment_methods: fields({ allow_redirects: oneOf('always', 'never'), enabled: boolean }),
  capture_method: oneOf('automatic', 'automatic_async', 'manual'),
  confirm: boolean,
  confirmation_method: oneOf('automatic', 'manual'),
  currency: text(3),
  customer: text(),
  description: text(1000),
  expand: list(text()),
  mandate_data: mandateData,
  metadata,
  off_session: boolean,
  payment_method: text(),
  receipt_email: email,
  return_url: webUrl,
  setup_future_usage: oneOf('off_session', 'on_session'),
  shipping: shippingFields,
  statement_descriptor: text(22),
  statement_descriptor_suffix: text(22),
  ...allUnsupported(
    'amount_details',
    'application_fee_amount',
    'confirmation_token',
    'customer_account',
    'error_on_requires_action',
    'excluded_payment_method_types',
    'hooks',
    'mandate',
    'on_behalf_of',
    'payment_details',
    'payment_method_configuration',
    'payment_method_data',
    'payment_method_options',
    'radar_options',
    'transfer_data',
    'transfer_group',
    'use_stripe_sdk',
  ),
};

/** The same for requests without a `Stripe-Version`, as an account whose default version is older makes them. */
export const createIntentFieldsOfOlderVersions = { ...createIntentFields, payment_method_types: methodTypes };

/** Parameters of `POST /v1/payment_intents/{id}`. */
export const updateIntentFields = {
  amount: integer,
  customer: text(),
  description: text(1000),
  expand: list(text()),
  metadata: metadataUpdate,
  receipt_email: email,
  shipping: shippingFields,
};

/** Parameters of `POST /v1/payment_intents/{id}/confirm`. */
export const confirmIntentFields = {
  expand: list(text()),
  mandate_data: mandateData,
  off_session: boolean,
  payment_method: text(),
  receipt_email: email,
  return_url: webUrl,
};

/** Parameters of `POST /v1/payment_intents/{id}/capture`. */
export const captureIntentFields = { amount_to_capture: integer, expand: list(text()) };

/** Parameters of `POST /v1/payment_intents/{id}/cancel`. */
export const cancelIntentFields = {
  cancellation_reason: oneOf('abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'),
  expand: list(text()),
};

export type CreateIntent = Fields<typeof createIntentFieldsOfOlderVersions>;
export type ConfirmIntent = Fields<typeof confirmIntentFields>;

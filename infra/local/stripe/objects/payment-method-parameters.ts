import {
  allUnsupported,
  email,
  type Fields,
  fields,
  integer,
  list,
  metadata,
  metadataUpdate,
  oneOf,
  text,
} from '../protocol/parameters.ts';
import { addressFields } from './address.ts';

const billingDetails = fields({
  name: text(),
  email,
  phone: text(),
  address: addressFields,
  ...allUnsupported('tax_id'),
});

/** Parameters of `POST /v1/payment_methods`. */
export const createPaymentMethodFields = {
  type: oneOf('card', 'sepa_debit'),
  card: fields({
    token: text(),
    number: text(),
    exp_month: integer,
    exp_year: integer,
    cvc: text(),
    ...allUnsupported('networks'),
  }),
  sepa_debit: fields({ iban: text() }),
  billing_details: billingDetails,
  metadata,
  expand: list(text()),
  ...allUnsupported('customer', 'payment_method', 'allow_redisplay', 'radar_options'),
};

export type CreatePaymentMethod = Fields<typeof createPaymentMethodFields>;

/** Parameters of `POST /v1/payment_methods/{id}/attach`. */
export const attachFields = { customer: text(), expand: list(text()), ...allUnsupported('customer_account') };

/** Parameters of `POST /v1/payment_methods/{id}`. */
export const updatePaymentMethodFields = {
  billing_details: billingDetails,
  expand: list(text()),
  metadata: metadataUpdate,
  ...allUnsupported('allow_redisplay', 'card', 'us_bank_account', 'payto'),
};

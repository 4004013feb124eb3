import type { Stripe } from 'stripe';
import type { Account } from './account.ts';
import { invalidRequest, notSupported, resourceMissing } from './errors.ts';
import { newId } from './ids.ts';
import {
  allUnsupported,
  email,
  type Fields,
  fields,
  integer,
  list,
  metadata,
  need,
  oneOf,
  text,
} from './parameters.ts';
import type { Behaviour } from './store.ts';

/** A test card: what a tester types, and what happens then. The numbers are Stripe's published ones. */
interface TestCard {
  readonly number: string;
  readonly token: string;
  readonly paymentMethod: string;
  readonly behaviour: Behaviour;
}

/** The test cards that the local Stripe knows. */
const testCards: readonly TestCard[] = [
  { number: '4242424242424242', token: 'tok_visa', paymentMethod: 'pm_card_visa', behaviour: 'pays' },
  {
    number: '4000000000000002',
    token: 'tok_visa_chargeDeclined',
    paymentMethod: 'pm_card_visa_chargeDeclined',
    behaviour: 'declined',
  },
  {
    number: '4000002500003155',
    token: 'tok_threeDSecure2Required',
    paymentMethod: 'pm_card_authenticationRequired',
    behaviour: 'authenticates',
  },
];

/** Finds a test card by the number as typed, with or without spaces. */
export function findTestCard(number: string): TestCard | undefined {
  const digits = number.replaceAll(/[\s-]/g, '');
  return testCards.find((card) => card.number === digits);
}

/** Who pays, as the hosted page or a request says. */
export interface Payer {
  readonly name: string | null;
  readonly email: string | null;
  readonly phone?: string | null;
}

/** Makes a card payment method of a test card. */
export function addCard(
  account: Account,
  card: TestCard,
  payer: Payer,
  expiry?: CardExpiry,
): Stripe.PaymentMethod {
  const method: Stripe.PaymentMethod = {
    ...blankMethod(account, payer),
    type: 'card',
    card: {
      brand: 'visa',
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: account.settings.country,
      display_brand: 'visa',
      exp_month: expiry?.month ?? 12,
      exp_year: expiry?.year ?? new Date(account.now() * 1000).getUTCFullYear() + 3,
      fingerprint: newId('', 16).slice(1),
      funding: 'credit',
      generated_from: null,
      last4: card.number.slice(-4),
      networks: { available: ['visa'], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
  };
  account.store.behaviours.set(method.id, card.behaviour);
  return account.store.paymentMethods.add(method);
}

export interface CardExpiry {
  readonly month: number;
  readonly year: number;
}

/** Makes the demonstration's delayed payment method. It is told as `alipay`, whose fee differs from a card's. */
export function addDelayedMethod(
  account: Account,
  behaviour: 'delayed-succeeds' | 'delayed-fails',
  payer: Payer,
): Stripe.PaymentMethod {
  const method: Stripe.PaymentMethod = { ...blankMethod(account, payer), type: 'alipay', alipay: {} };
  account.store.behaviours.set(method.id, behaviour);
  return account.store.paymentMethods.add(method);
}

function blankMethod(account: Account, payer: Payer): Omit<Stripe.PaymentMethod, 'type'> {
  return {
    id: newId('pm'),
    object: 'payment_method',
    allow_redisplay: 'limited',
    billing_details: {
      address: {
        city: null,
        country: account.settings.country,
        line1: null,
        line2: null,
        postal_code: null,
        state: null,
      },
      email: payer.email,
      name: payer.name,
      phone: payer.phone ?? null,
      tax_id: null,
    },
    created: account.now(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
  };
}

/** Parameters of `POST /v1/payment_methods`. */
export const createPaymentMethodFields = {
  type: oneOf('card'),
  card: fields({
    token: text(),
    number: text(),
    exp_month: integer,
    exp_year: integer,
    cvc: text(),
    ...allUnsupported('networks'),
  }),
  billing_details: fields({
    name: text(),
    email,
    phone: text(),
    ...allUnsupported('tax_id'),
    address: fields({
      city: text(),
      country: text(),
      line1: text(),
      line2: text(),
      postal_code: text(),
      state: text(),
    }),
  }),
  metadata,
  expand: list(text()),
  ...allUnsupported('customer', 'payment_method', 'allow_redisplay', 'radar_options'),
};

/** `POST /v1/payment_methods`: a test card, by number or by token such as `tok_visa`. */
export function createPaymentMethod(
  account: Account,
  input: Fields<typeof createPaymentMethodFields>,
): Stripe.PaymentMethod {
  need(input.type, 'type');
  const given = need(input.card, 'card');
  const card =
    given.token === undefined ? findTestCard(need(given.number, 'card[number]')) : findToken(given.token);
  if (!card) throw notSupported('a card that is not one of its test cards', 'card[number]');
  const payer = {
    name: input.billing_details?.name ?? null,
    email: input.billing_details?.email ?? null,
    phone: input.billing_details?.phone ?? null,
  };
  const expiry =
    given.token === undefined
      ? { month: need(given.exp_month, 'card[exp_month]'), year: need(given.exp_year, 'card[exp_year]') }
      : undefined;
  const method = addCard(account, card, payer, expiry);
  const address = input.billing_details?.address;
  if (address && method.billing_details.address) Object.assign(method.billing_details.address, address);
  method.metadata = input.metadata ?? {};
  return method;
}

function findToken(token: string): TestCard {
  const card = testCards.find((candidate) => candidate.token === token);
  if (!card) throw invalidRequest(`No such token: '${token}'`, 'card[token]', 'resource_missing');
  return card;
}

/** A stored payment method, or a fresh one of a test name such as `pm_card_visa`. */
export function resolvePaymentMethod(account: Account, id: string, payer: Payer): Stripe.PaymentMethod {
  const card = testCards.find((candidate) => candidate.paymentMethod === id);
  if (card) return addCard(account, card, payer);
  const method = account.store.paymentMethods.find(id);
  if (!method) throw resourceMissing('PaymentMethod', id, 'payment_method');
  return method;
}

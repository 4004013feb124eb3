import type { Stripe } from 'stripe';
import type { Account } from '../account/account.ts';
import { newId } from '../account/ids.ts';
import type { Behaviour } from '../account/store.ts';
import { ApiError, invalidRequest, notSupported, resourceMissing } from '../protocol/errors.ts';
import { need } from '../protocol/parameters.ts';
import { addressOf } from './address.ts';
import type { CreatePaymentMethod } from './payment-method-parameters.ts';
import { findTestCard, type TestCard, testCards, testIbans } from './test-methods.ts';

/** Who pays, as the hosted page or a request says. */
export interface Payer {
  readonly name: string | null;
  readonly email: string | null;
  readonly phone?: string | null;
}

export interface CardExpiry {
  readonly month: number;
  readonly year: number;
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

/** Makes the demonstration's delayed payment method. Its type is `alipay`, whose fee differs from a card's. */
export function addDelayedMethod(
  account: Account,
  behaviour: 'delayed-succeeds' | 'delayed-fails',
  payer: Payer,
): Stripe.PaymentMethod {
  const method: Stripe.PaymentMethod = { ...blankMethod(account, payer), type: 'alipay', alipay: {} };
  account.store.behaviours.set(method.id, behaviour);
  return account.store.paymentMethods.add(method);
}

/** `POST /v1/payment_methods`: a test card, by number or by token such as `tok_visa`, or a test bank account. */
export function createPaymentMethod(account: Account, input: CreatePaymentMethod): Stripe.PaymentMethod {
  const billing = input.billing_details;
  const payer = { name: billing?.name ?? null, email: billing?.email ?? null, phone: billing?.phone ?? null };
  const method =
    need(input.type, 'type') === 'card'
      ? cardOf(account, need(input.card, 'card'), payer)
      : debitOf(account, need(input.sepa_debit?.iban, 'sepa_debit[iban]'), payer);
  if (billing?.address) method.billing_details.address = addressOf(billing.address);
  method.metadata = input.metadata ?? {};
  return method;
}

/** A stored payment method, or a fresh one of a test name such as `pm_card_visa`. */
export function resolvePaymentMethod(account: Account, id: string, payer: Payer): Stripe.PaymentMethod {
  const card = testCards.find((candidate) => candidate.paymentMethods.includes(id));
  if (card) return addCard(account, card, payer);
  const method = account.store.paymentMethods.find(id);
  if (!method) throw resourceMissing('PaymentMethod', id, 'payment_method');
  return method;
}

/** How a payment method behaves. */
export function behaviourOf(account: Account, method: Stripe.PaymentMethod): Behaviour {
  return account.store.behaviours.get(method.id) ?? 'pays';
}

/** Stripe's answer when a bank declines a card. */
export function cardDeclined(
  more: Pick<ApiError['body'], 'charge' | 'payment_intent' | 'payment_method'> = {},
): ApiError {
  return new ApiError(402, {
    type: 'card_error',
    code: 'card_declined',
    decline_code: 'generic_decline',
    message: 'Your card was declined.',
    ...more,
  });
}

function cardOf(
  account: Account,
  given: NonNullable<CreatePaymentMethod['card']>,
  payer: Payer,
): Stripe.PaymentMethod {
  if (given.token !== undefined) return addCard(account, findToken(given.token), payer);
  const card = findTestCard(need(given.number, 'card[number]'));
  if (!card) throw notSupported('a card that is not one of its test cards', 'card[number]');
  const month = need(given.exp_month, 'card[exp_month]');
  return addCard(account, card, payer, { month, year: need(given.exp_year, 'card[exp_year]') });
}

function findToken(token: string): TestCard {
  const card = testCards.find((candidate) => candidate.token === token);
  if (!card) throw invalidRequest(`No such token: '${token}'`, 'card[token]', 'resource_missing');
  return card;
}

function debitOf(account: Account, iban: string, payer: Payer): Stripe.PaymentMethod {
  const test = testIbans.find((candidate) => candidate.iban === iban.replaceAll(/\s/g, ''));
  if (!test) throw notSupported('an IBAN that is not one of its test IBANs', 'sepa_debit[iban]');
  if (payer.name === null) throw missing('billing_details[name]');
  if (payer.email === null) throw missing('billing_details[email]');
  const method: Stripe.PaymentMethod = {
    ...blankMethod(account, payer),
    type: 'sepa_debit',
    sepa_debit: {
      bank_code: test.iban.slice(4, 9),
      branch_code: '',
      country: test.iban.slice(0, 2),
      fingerprint: newId('', 16).slice(1),
      generated_from: { charge: null, setup_attempt: null },
      last4: test.iban.slice(-4),
    },
  };
  account.store.behaviours.set(method.id, test.behaviour);
  account.store.delayedEndsAfter.set(method.id, test.after);
  return account.store.paymentMethods.add(method);
}

function missing(param: string): ApiError {
  return invalidRequest(`Missing required param: ${param}.`, param, 'parameter_missing');
}

function blankMethod(account: Account, payer: Payer): Omit<Stripe.PaymentMethod, 'type'> {
  return {
    id: newId('pm'),
    object: 'payment_method',
    allow_redisplay: 'limited',
    billing_details: {
      address: addressOf({ country: account.settings.country }),
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

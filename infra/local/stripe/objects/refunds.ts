import type { Stripe } from 'stripe';
import { type Account, noRequest, type Origin } from '../account/account.ts';
import { newId } from '../account/ids.ts';
import { invalidRequest, resourceMissing } from '../protocol/errors.ts';
import {
  allUnsupported,
  type Fields,
  integer,
  list,
  metadata,
  metadataUpdate,
  oneOf,
  text,
} from '../protocol/parameters.ts';
import { addMovement } from './balance-transactions.ts';
import { disputesOf } from './disputes.ts';
import { recordEvent } from './events.ts';
import { mergeMetadata } from './metadata.ts';

/** Parameters of `POST /v1/refunds`. */
export const createRefundFields = {
  amount: integer,
  charge: text(),
  expand: list(text()),
  metadata,
  payment_intent: text(),
  reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer'),
  ...allUnsupported(
    'currency',
    'customer',
    'instructions_email',
    'origin',
    'refund_application_fee',
    'reverse_transfer',
  ),
};

/** Parameters of `POST /v1/refunds/{id}`. */
export const updateRefundFields = { expand: list(text()), metadata: metadataUpdate };

/** `POST /v1/refunds`: refunds what is left of a charge, or a part of it. */
export function createRefund(
  account: Account,
  input: Fields<typeof createRefundFields>,
  origin: Origin,
): Stripe.Refund {
  const charge = chargeOf(account, input);
  const amount = refundableAmount(account, charge, input.amount);
  const behaviour = account.store.behaviours.get(String(charge.payment_method));
  const isSlow = behaviour === 'refund-waits' || charge.payment_method_details?.type === 'sepa_debit';
  const id = newId('re');
  const refund = account.store.refunds.add({
    id,
    object: 'refund',
    amount,
    balance_transaction: addMovement(account, movementOf(charge, id, -amount)).id,
    charge: charge.id,
    created: account.now(),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: destinationOf(charge),
    metadata: input.metadata ?? {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    ...(isSlow && { pending_reason: 'processing' }),
    reason: input.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: isSlow ? 'pending' : 'succeeded',
    transfer_reversal: null,
  });
  const previous = { amount_refunded: charge.amount_refunded, refunded: charge.refunded };
  addRefunded(charge, amount);
  recordEvent(account, 'refund.created', refund, origin);
  recordEvent(account, 'charge.refunded', charge, origin, previous);
  const { refundDelay } = account.settings;
  if (isSlow) account.later(refundDelay, () => finishRefund(account, refund));
  if (behaviour === 'refund-fails') {
    account.later(refundDelay, () => {
      if (refund.status === 'succeeded') failRefund(account, refund);
    });
  }
  return refund;
}

/** `POST /v1/refunds/{id}`: metadata only. */
export function updateRefund(
  account: Account,
  refund: Stripe.Refund,
  input: Fields<typeof updateRefundFields>,
  origin: Origin,
): Stripe.Refund {
  const previous = { metadata: refund.metadata };
  refund.metadata = mergeMetadata(refund.metadata, input.metadata);
  announceUpdate(account, refund, previous, origin);
  return refund;
}

/** `POST /v1/refunds/{id}/cancel`: refunds of cards and wallets never wait for their receiver, so none can be canceled. */
export function cancelRefund(refund: Stripe.Refund): never {
  throw invalidRequest(
    `Refunds can only be canceled while their status is requires_action. ${refund.id} has a status of ${refund.status}.`,
  );
}

/** A refund comes back, weeks later perhaps: the money is the account's again. */
export function failRefund(account: Account, refund: Stripe.Refund): void {
  const charge = account.store.charges.find(refund.charge);
  if (!charge || (refund.status !== 'succeeded' && refund.status !== 'pending')) {
    throw invalidRequest(`The refund ${refund.id} is ${refund.status}; it can no longer fail.`);
  }
  const previous = { status: refund.status };
  const back = addMovement(account, {
    ...movementOf(charge, refund.id, refund.amount),
    type: 'refund_failure',
    category: 'refund_failure',
  });
  delete refund.pending_reason;
  Object.assign(refund, {
    status: 'failed',
    failure_reason: 'lost_or_stolen_card',
    failure_balance_transaction: back.id,
  });
  addRefunded(charge, -refund.amount);
  announceUpdate(account, refund, previous, noRequest);
  recordEvent(account, 'refund.failed', refund);
}

function finishRefund(account: Account, refund: Stripe.Refund): void {
  if (refund.status !== 'pending') return;
  const previous = { status: refund.status };
  refund.status = 'succeeded';
  delete refund.pending_reason;
  announceUpdate(account, refund, previous, noRequest);
}

function announceUpdate(account: Account, refund: Stripe.Refund, previous: object, origin: Origin): void {
  recordEvent(account, 'refund.updated', refund, origin, { ...previous });
  recordEvent(account, 'charge.refund.updated', refund, origin, { ...previous });
}

function chargeOf(account: Account, input: Fields<typeof createRefundFields>): Stripe.Charge {
  const { charge: chargeId, payment_intent: intentId } = input;
  if (chargeId !== undefined) {
    const charge = account.store.charges.find(chargeId);
    if (!charge) throw resourceMissing('charge', chargeId, 'charge');
    if (intentId !== undefined && charge.payment_intent !== intentId) {
      throw invalidRequest(`The charge ${chargeId} is not one of ${intentId}.`, 'payment_intent');
    }
    return charge;
  }
  if (intentId === undefined) {
    throw invalidRequest(
      'One of the following params should be provided for this request: payment_intent or charge.',
      'payment_intent',
      'parameter_missing',
    );
  }
  const intent = account.store.paymentIntents.find(intentId);
  if (!intent) throw resourceMissing('payment_intent', intentId, 'payment_intent');
  const charge = account.store.charges.find(intent.latest_charge);
  if (!charge?.captured) {
    throw invalidRequest(
      `This PaymentIntent (${intentId}) does not have a successful charge to refund.`,
      'payment_intent',
    );
  }
  return charge;
}

function refundableAmount(account: Account, charge: Stripe.Charge, given: number | undefined): number {
  if (!charge.captured) throw invalidRequest(`The charge ${charge.id} was not captured.`, 'charge');
  if (disputesOf(account, charge).some((dispute) => !dispute.is_charge_refundable)) {
    throw invalidRequest(
      `Charge ${charge.id} has been charged back; cannot issue a refund.`,
      undefined,
      'charge_disputed',
    );
  }
  if (isTooOld(account, charge)) {
    throw invalidRequest(
      `Charge ${charge.id} is older than 365 days and can no longer be refunded.`,
      undefined,
      'charge_not_refundable',
    );
  }
  const left = charge.amount_captured - charge.amount_refunded;
  if (left <= 0) {
    throw invalidRequest(
      `Charge ${charge.id} has already been refunded.`,
      undefined,
      'charge_already_refunded',
    );
  }
  const amount = given ?? left;
  if (amount < 1) throw invalidRequest('Invalid positive integer', 'amount', 'parameter_invalid_integer');
  if (amount > left) {
    const show = (cents: number) => `$${(cents / 100).toFixed(2)}`;
    throw invalidRequest(
      `Refund amount (${show(amount)}) is greater than unrefunded amount on charge (${show(left)})`,
      'amount',
    );
  }
  return amount;
}

/** Wallets refund for one year; cards have no such limit. */
function isTooOld(account: Account, charge: Stripe.Charge): boolean {
  const isWallet = charge.payment_method_details?.type === 'alipay';
  return isWallet && account.now() - charge.created > 365 * 86_400;
}

function movementOf(charge: Stripe.Charge, source: string, amount: number) {
  return {
    amount,
    currency: charge.currency,
    source,
    type: charge.payment_method_details?.type === 'card' ? ('refund' as const) : ('payment_refund' as const),
    category: 'refund',
    description: `REFUND FOR CHARGE${charge.description ? ` (${charge.description})` : ''}`,
  };
}

function addRefunded(charge: Stripe.Charge, amount: number): void {
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount_captured;
}

function destinationOf(charge: Stripe.Charge): Stripe.Refund.DestinationDetails {
  const type = charge.payment_method_details?.type ?? 'card';
  if (type !== 'card') return { type, [type]: {} };
  return {
    type,
    card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
  };
}

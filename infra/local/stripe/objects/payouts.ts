import type { Stripe } from 'stripe';
import { type Account, noRequest, type Origin } from '../account/account.ts';
import { newId } from '../account/ids.ts';
import { invalidRequest } from '../protocol/errors.ts';
import {
  allUnsupported,
  type Fields,
  integer,
  list,
  metadata,
  metadataUpdate,
  need,
  oneOf,
  text,
} from '../protocol/parameters.ts';
import { addMovement, balanceOf } from './balance-transactions.ts';
import { recordEvent } from './events.ts';
import { mergeMetadata } from './metadata.ts';

/** Parameters of `POST /v1/payouts`. */
export const createPayoutFields = {
  amount: integer,
  currency: text(3),
  description: text(),
  expand: list(text()),
  metadata,
  method: oneOf('standard'),
  statement_descriptor: text(22),
  ...allUnsupported('destination', 'payout_method', 'source_type'),
};

/** Parameters of `POST /v1/payouts/{id}`. */
export const updatePayoutFields = { expand: list(text()), metadata: metadataUpdate };

/** `POST /v1/payouts`: a payout by hand, of what is available. */
export function createPayout(
  account: Account,
  input: Fields<typeof createPayoutFields>,
  origin: Origin,
): Stripe.Payout {
  const amount = need(input.amount, 'amount');
  const currency = need(input.currency, 'currency').toLowerCase();
  if (amount < 1) throw invalidRequest('Invalid positive integer', 'amount', 'parameter_invalid_integer');
  const balance = balanceOf(account).available.find((entry) => entry.currency === currency);
  if (!balance || balance.amount < amount) throw notEnough();
  const payout = addPayout(account, { amount, currency, isAutomatic: false });
  payout.description = input.description ?? null;
  payout.metadata = input.metadata ?? {};
  payout.statement_descriptor = input.statement_descriptor ?? null;
  recordEvent(account, 'payout.created', payout, origin);
  return payout;
}

/**
 * Pays out everything that no payout took yet, as the account's automatic payouts do each day. What is pending becomes
 * available for it.
 */
export function payOut(account: Account, currency = 'hkd'): Stripe.Payout {
  const { balanceTransactions, payoutOf } = account.store;
  const taken = balanceTransactions
    .newestFirst()
    .filter((transaction) => transaction.currency === currency && !payoutOf.has(transaction.id));
  const amount = taken.reduce((sum, { net }) => sum + net, 0);
  if (amount < 1) throw notEnough();
  for (const transaction of taken) transaction.status = 'available';
  const payout = addPayout(account, { amount, currency, isAutomatic: true });
  for (const { id } of taken) payoutOf.set(id, payout.id);
  recordEvent(account, 'payout.created', payout);
  return payout;
}

/** `POST /v1/payouts/{id}`: metadata only. */
export function updatePayout(
  account: Account,
  payout: Stripe.Payout,
  input: Fields<typeof updatePayoutFields>,
  origin: Origin,
): Stripe.Payout {
  const previous = { metadata: payout.metadata };
  payout.metadata = mergeMetadata(payout.metadata, input.metadata);
  recordEvent(account, 'payout.updated', payout, origin, previous);
  return payout;
}

/** `POST /v1/payouts/{id}/cancel`: a pending payout's money stays. */
export function cancelPayout(account: Account, payout: Stripe.Payout, origin: Origin): Stripe.Payout {
  if (payout.status !== 'pending' || payout.automatic) {
    throw invalidRequest('Payouts can only be canceled while they are pending and were made by hand.');
  }
  payout.status = 'canceled';
  payout.failure_balance_transaction = giveBack(account, payout, 'payout_cancel');
  recordEvent(account, 'payout.canceled', payout, origin);
  return payout;
}

/** What the bank can do to a payout, and Stripe's word that its transactions can be listed. */
export const payoutSteps = ['pay', 'fail', 'reconcile'] as const;
export type PayoutStep = (typeof payoutSteps)[number];

/** Whether a payout's state lets a step be taken. A paid payout can still fail, days later. */
export function allowsPayoutStep(payout: Stripe.Payout, step: PayoutStep): boolean {
  if (step === 'reconcile') return payout.reconciliation_status === 'in_progress';
  const isOnItsWay = payout.status === 'pending' || payout.status === 'in_transit';
  return isOnItsWay || (step === 'fail' && payout.status === 'paid');
}

/** Takes a step of a payout and sends its event. */
export function movePayout(account: Account, payout: Stripe.Payout, step: PayoutStep): void {
  if (!allowsPayoutStep(payout, step)) {
    throw invalidRequest(`The payout ${payout.id} is ${payout.status}, which does not allow "${step}".`);
  }
  switch (step) {
    case 'pay':
      payout.status = 'paid';
      recordEvent(account, 'payout.paid', payout);
      return;
    case 'reconcile':
      payout.reconciliation_status = 'completed';
      recordEvent(account, 'payout.reconciliation_completed', payout);
      return;
    case 'fail':
      Object.assign(payout, {
        status: 'failed',
        failure_code: 'account_closed',
        failure_message: 'The bank account has been closed.',
        failure_balance_transaction: giveBack(account, payout, 'payout_failure'),
      });
      recordEvent(account, 'payout.failed', payout, noRequest);
  }
}

function addPayout(
  account: Account,
  given: { readonly amount: number; readonly currency: string; readonly isAutomatic: boolean },
): Stripe.Payout {
  const { amount, currency, isAutomatic } = given;
  const id = newId('po');
  const movement = addMovement(account, {
    amount: -amount,
    currency,
    source: id,
    type: 'payout',
    category: 'payout',
    description: 'STRIPE PAYOUT',
  });
  // What a payout by hand takes lessens the next automatic one; an automatic one has taken its transactions itself.
  if (isAutomatic) account.store.payoutOf.set(movement.id, id);
  return account.store.payouts.add({
    id,
    object: 'payout',
    amount,
    application_fee: null,
    application_fee_amount: null,
    arrival_date: account.now() + 86_400,
    automatic: isAutomatic,
    balance_transaction: movement.id,
    created: account.now(),
    currency,
    description: isAutomatic ? 'STRIPE PAYOUT' : null,
    destination: 'ba_1LocalBankAccountHongKong',
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata: {},
    method: 'standard',
    original_payout: null,
    payout_method: null,
    reconciliation_status: isAutomatic ? 'in_progress' : 'not_applicable',
    reversed_by: null,
    source_type: 'card',
    statement_descriptor: null,
    status: isAutomatic ? 'in_transit' : 'pending',
    trace_id: { status: 'pending', value: null },
    type: 'bank_account',
  });
}

/** The money of a payout that did not arrive, which the next automatic payout takes again. */
function giveBack(account: Account, payout: Stripe.Payout, type: 'payout_cancel' | 'payout_failure'): string {
  return addMovement(account, {
    amount: payout.amount,
    currency: payout.currency,
    source: payout.id,
    type,
    category: type === 'payout_failure' ? 'payout_reversal' : 'payout',
    description: type === 'payout_failure' ? 'PAYOUT FAILURE' : 'PAYOUT CANCELED',
  }).id;
}

function notEnough() {
  return invalidRequest(
    'You have insufficient funds in your Stripe account for this payout.',
    'amount',
    'balance_insufficient',
  );
}

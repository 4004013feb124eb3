import type { Stripe } from 'stripe';
import type { Account } from '../account/account.ts';
import { newId } from '../account/ids.ts';
import { addBalanceTransaction } from './balance-transactions.ts';
import { recordEvent } from './events.ts';

/** How a charge went. `wasChallenged` says that the bank asked the payer. */
export interface ChargeOutcome {
  readonly status: Stripe.Charge['status'];
  readonly wasChallenged: boolean;
  /** Only authorised: the money is held until it is captured. */
  readonly isOnHold?: boolean;
}

/** Makes the charge of a PaymentIntent's attempt. Announcing it is the caller's. */
export function addCharge(
  account: Account,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  { status, wasChallenged, isOnHold = false }: ChargeOutcome,
): Stripe.Charge {
  const isPaid = status === 'succeeded';
  const isCaptured = isPaid && !isOnHold;
  return account.store.charges.add({
    id: newId(method.type === 'card' ? 'ch' : 'py'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: isCaptured ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: structuredClone(method.billing_details),
    calculated_statement_descriptor: account.name
      .toUpperCase()
      .replaceAll(/[^A-Z0-9 ]/g, '')
      .slice(0, 22),
    captured: isCaptured,
    created: account.now(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: status === 'failed' ? 'card_declined' : null,
    failure_message: status === 'failed' ? 'Your card was declined.' : null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: status === 'failed' ? declinedOutcome : status === 'pending' ? null : authorisedOutcome,
    paid: isPaid,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: detailsOf(intent, method, wasChallenged),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: intent.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status,
    transfer_data: null,
    transfer_group: null,
  });
}

/**
 * Gives a succeeded charge its balance transaction a moment after the payment, as Stripe does: until then
 * `balance_transaction` is null. The test card whose money is available at once has it at once.
 */
export function addBalanceTransactionLater(account: Account, charge: Stripe.Charge): void {
  if (account.store.behaviours.get(String(charge.payment_method)) === 'available-at-once') {
    charge.balance_transaction = addBalanceTransaction(account, charge).id;
    return;
  }
  account.later(account.settings.balanceTransactionDelay, () => {
    charge.balance_transaction = addBalanceTransaction(account, charge).id;
    recordEvent(account, 'charge.updated', charge, undefined, { balance_transaction: null });
  });
}

const authorisedOutcome: Stripe.Charge.Outcome = {
  advice_code: null,
  network_advice_code: null,
  network_decline_code: null,
  network_status: 'approved_by_network',
  reason: null,
  risk_level: 'normal',
  risk_score: 12,
  seller_message: 'Payment complete.',
  type: 'authorized',
};

const declinedOutcome: Stripe.Charge.Outcome = {
  advice_code: 'try_again_later',
  network_advice_code: null,
  network_decline_code: null,
  network_status: 'declined_by_network',
  reason: 'generic_decline',
  risk_level: 'normal',
  risk_score: 34,
  seller_message: 'The bank did not return any further details with this decline.',
  type: 'issuer_declined',
};

function detailsOf(
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  wasChallenged: boolean,
): Stripe.Charge.PaymentMethodDetails {
  const { card, sepa_debit: debit } = method;
  if (debit) {
    const { bank_code, branch_code, country, fingerprint, last4 } = debit;
    return {
      type: 'sepa_debit',
      sepa_debit: { bank_code, branch_code, country, fingerprint, last4, mandate: newId('mandate') },
    };
  }
  if (!card) {
    return { type: 'alipay', alipay: { fingerprint: null, transaction_id: newId('', 20).slice(1) } };
  }
  return {
    type: 'card',
    card: {
      amount_authorized: intent.amount,
      authorization_code: null,
      brand: card.brand,
      checks: card.checks,
      country: card.country,
      electronic_commerce_indicator: wasChallenged ? '05' : null,
      exp_month: card.exp_month,
      exp_year: card.exp_year,
      funding: card.funding,
      installments: null,
      last4: card.last4,
      mandate: null,
      network: 'visa',
      network_transaction_id: null,
      regulated_status: 'unregulated',
      three_d_secure: wasChallenged
        ? {
            authentication_flow: 'challenge',
            electronic_commerce_indicator: '05',
            exemption_indicator: null,
            result: 'authenticated',
            result_reason: null,
            transaction_id: newId('', 20).slice(1),
            version: '2.2.0',
          }
        : null,
      transaction_link_id: null,
      wallet: null,
    },
  };
}

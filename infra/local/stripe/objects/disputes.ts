import type { Stripe } from 'stripe';
import { type Account, noRequest, type Origin } from '../account/account.ts';
import { newId } from '../account/ids.ts';
import { invalidRequest } from '../protocol/errors.ts';
import { addMovement } from './balance-transactions.ts';
import { blankEvidence } from './dispute-evidence.ts';
import { recordEvent } from './events.ts';

/** The disputes of a charge, the newest first. */
export function disputesOf(account: Account, charge: Stripe.Charge): Stripe.Dispute[] {
  return account.store.disputes.newestFirst().filter((dispute) => dispute.charge === charge.id);
}

/**
 * The payer's bank disputes a charge, or asks about it first, which moves no money.
 *
 * @param amount in cents; what the bank claims may be less or more than the charge
 */
export function openDispute(
  account: Account,
  charge: Stripe.Charge,
  kind: 'chargeback' | 'inquiry',
  amount = charge.amount,
): Stripe.Dispute {
  if (!charge.captured)
    throw invalidRequest(`The charge ${charge.id} took no money, so nobody can dispute it.`);
  if (amount < 1) throw invalidRequest('Invalid positive integer', 'amount', 'parameter_invalid_integer');
  if (disputesOf(account, charge).some((dispute) => !isClosed(dispute))) {
    throw invalidRequest(`The charge ${charge.id} has an open dispute.`);
  }
  const dispute = account.store.disputes.add({
    id: newId('du'),
    object: 'dispute',
    amount,
    balance_transactions: [],
    charge: charge.id,
    created: account.now(),
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: blankEvidence(charge),
    evidence_details: {
      due_by: account.now() + account.settings.disputeAnswerTime,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: kind === 'inquiry',
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method_details: {
      type: 'card',
      card: { brand: 'visa', case_type: kind, network: 'visa', network_reason_code: '10.4' },
    },
    reason: 'fraudulent',
    status: kind === 'inquiry' ? 'warning_needs_response' : 'needs_response',
  });
  charge.disputed = true;
  recordEvent(account, 'charge.dispute.created', dispute);
  if (kind === 'chargeback') withdraw(account, dispute);
  return dispute;
}

/** What the bank can do to a dispute. */
export const disputeSteps = ['escalate', 'win', 'lose', 'close-inquiry', 'appeal', 'prevent'] as const;
export type DisputeStep = (typeof disputeSteps)[number];

/** Whether a dispute's status lets the bank take a step. */
export function allowsStep(dispute: Stripe.Dispute, step: DisputeStep): boolean {
  const isInquiry = dispute.status.startsWith('warning_') && dispute.status !== 'warning_closed';
  const isOpen = !isClosed(dispute);
  switch (step) {
    case 'escalate':
    case 'close-inquiry':
      return isInquiry;
    case 'prevent':
      return isInquiry;
    case 'win':
    case 'lose':
      return isOpen && !isInquiry;
    case 'appeal':
      return dispute.status === 'won';
  }
}

/**
 * The bank goes on with a dispute: an inquiry becomes a chargeback (`escalate`) or ends (`close-inquiry`, `prevent`); a
 * chargeback is won or lost; after it was won the payer's bank can appeal, which takes the money again.
 *
 * @param amount what comes back when it is won, in cents; all that was withdrawn when absent
 * @param feeBack whether the fee comes back too when it is won, as in some countries and older accounts
 */
export function moveDispute(
  account: Account,
  dispute: Stripe.Dispute,
  step: DisputeStep,
  amount?: number,
  origin: Origin = noRequest,
  feeBack = false,
): void {
  if (!allowsStep(dispute, step)) {
    throw invalidRequest(`The dispute ${dispute.id} is ${dispute.status}, which does not allow "${step}".`);
  }
  switch (step) {
    case 'escalate':
      update(account, dispute, { status: 'needs_response', is_charge_refundable: false }, origin);
      withdraw(account, dispute);
      return;
    case 'appeal':
      update(account, dispute, { status: 'appeal_needs_response' }, origin);
      withdraw(account, dispute);
      return;
    case 'win':
      dispute.status = 'won';
      reinstate(account, dispute, amount, feeBack);
      break;
    case 'lose':
      dispute.status = 'lost';
      break;
    case 'close-inquiry':
      dispute.status = 'warning_closed';
      break;
    case 'prevent':
      dispute.status = 'prevented';
      break;
  }
  recordEvent(account, 'charge.dispute.closed', dispute, origin);
}

/** Changes fields of a dispute and sends the event. */
export function update(
  account: Account,
  dispute: Stripe.Dispute,
  changes: Partial<Stripe.Dispute>,
  origin: Origin,
): void {
  const names = Object.keys(changes) as (keyof Stripe.Dispute)[];
  const previous = Object.fromEntries(names.map((name) => [name, structuredClone(dispute[name])]));
  Object.assign(dispute, changes);
  recordEvent(account, 'charge.dispute.updated', dispute, origin, previous);
}

function isClosed({ status }: Stripe.Dispute): boolean {
  return ['won', 'lost', 'warning_closed', 'prevented'].includes(status);
}

function withdraw(account: Account, dispute: Stripe.Dispute): void {
  const isFirst = dispute.balance_transactions.length === 0;
  const fee = { amount: account.settings.disputeFee, description: 'Dispute fee' };
  move(account, dispute, -dispute.amount, {
    category: 'dispute',
    description: `Chargeback withdrawal for ${dispute.charge}`,
    ...(isFirst && { fee }),
  });
  recordEvent(account, 'charge.dispute.funds_withdrawn', dispute);
}

function reinstate(
  account: Account,
  dispute: Stripe.Dispute,
  given: number | undefined,
  feeBack: boolean,
): void {
  const withdrawn = -dispute.balance_transactions.reduce((sum, { amount }) => sum + amount, 0);
  const amount = given ?? withdrawn;
  if (amount < 1) throw invalidRequest('Invalid positive integer', 'amount', 'parameter_invalid_integer');
  move(account, dispute, amount, {
    category: 'dispute_reversal',
    description: `Chargeback reversal for ${dispute.charge}`,
    ...(feeBack && { fee: { amount: -account.settings.disputeFee, description: 'Dispute fee refund' } }),
  });
  recordEvent(account, 'charge.dispute.funds_reinstated', dispute);
}

function move(
  account: Account,
  dispute: Stripe.Dispute,
  amount: number,
  more: {
    readonly category: string;
    readonly description: string;
    readonly fee?: { readonly amount: number; readonly description: string };
  },
): void {
  const { currency, id } = dispute;
  dispute.balance_transactions.push(
    addMovement(account, { amount, currency, source: id, type: 'adjustment', ...more }),
  );
}

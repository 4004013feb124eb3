import type { RecordedPayout } from '#accounting/payouts/record-payout-report.ts';
import type { Asked } from '#kernel/outbox/ask-for-refresh.ts';
import type { Transition } from '#payments/checkout/transition-checkout.ts';
import type { Counted } from '#payments/guard/count-decline.ts';
import type { Listed } from '#payments/payment/list-other-currency.ts';
import type { Received } from '#payments/payment/record-payment.ts';
import type { ReceivedRefund } from '#payments/refunds/receive-refund.ts';

/**
 * What became of a Stripe event, for log and answer: the outcome of the verb that took it; or `not-ours` – another product of the
 * account; `ignored` – a type that is not in the event table, or a Session that is no payment; `other-mode` – refused, because test and real money are not mixed.
 */
export type EventOutcome =
  | Received
  | ReceivedRefund
  | Transition
  | Asked
  | Listed
  | Counted
  | RecordedPayout
  | 'not-ours'
  | 'ignored'
  | 'other-mode';

/** Whether an outcome means that something new was written. Each outcome has to say so. */
const wrote: Readonly<Record<EventOutcome, boolean>> = {
  booked: true,
  late: true,
  mismatch: true,
  // It may have been parked before. A payment whose checkout stays missing calls a person under another outcome.
  parked: false,
  refunded: true,
  'refund-failed': true,
  moved: true,
  asked: true,
  listed: true,
  counted: true,
  noted: true,
  duplicate: false,
  unchanged: false,
  'not-ours': false,
  ignored: false,
  'other-mode': false,
};

/** Whether a Stripe event wrote something new: when the sweep took it, the webhook missed it. */
export function hasWritten(outcome: EventOutcome): boolean {
  return wrote[outcome];
}

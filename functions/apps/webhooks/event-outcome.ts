import type { PayoutNoted } from '#accounting/payouts/record-payout-report.ts';
import type { Asked } from '#kernel/outbox/ask-for-refresh.ts';
import type { Transition } from '#payments/checkout/transition-checkout.ts';
import type { Listed } from '#payments/gifts/list-other-currency.ts';
import type { Received } from '#payments/gifts/receive-payment.ts';
import type { Counted } from '#payments/guard/count-decline.ts';
import type { ReceivedRefund } from '#payments/refunds/receive-refund.ts';

/**
 * What became of a Stripe event, as log and answer say it: the outcome of the verb that took it; or `not-ours` – another product's
 * of the account; `ignored` – a type that is not taken; `other-mode` – test and real money are not mixed: it was refused.
 */
export type EventOutcome =
  | Received
  | ReceivedRefund
  | Transition
  | Asked
  | Listed
  | Counted
  | PayoutNoted
  | 'not-ours'
  | 'ignored'
  | 'other-mode';

/** Whether an outcome means that something was written which was not there before. Each has to say so. */
const wrote: Readonly<Record<EventOutcome, boolean>> = {
  booked: true,
  mismatch: true,
  // Also parked before, perhaps. A payment that stays without its checkout calls a person under a name of its own.
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

/** Whether an event wrote what was not there before: one that only the sweep has brought was missed. */
export function hasWritten(outcome: EventOutcome): boolean {
  return wrote[outcome];
}

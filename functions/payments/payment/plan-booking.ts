import { toAttentionItem } from '#kernel/attention/attention-item.ts';
import { toLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import { toMove } from '#kernel/ledger/moves-item.ts';
import { fulfilMessage, giftReceivedKey, type OutboxMessage } from '#kernel/outbox/outbox.ts';
import { toOutboxItem } from '#kernel/outbox/outbox-item.ts';
import { toCancelledErasureChange } from '#kernel/people/person-item.ts';
import { toTotalsChange } from '#kernel/totals/totals-item.ts';
import {
  agreesWith,
  declinesOf,
  toForcedPaidChange,
  toPaidChange,
} from '#payments/checkout/checkout-item.ts';
import { guardLimits } from '#payments/guard/guard-limits.ts';
import { wholeOf } from '#payments/received/parts.ts';
import type { PaymentFact } from '#payments/received/payment-fact.ts';
import type { Month } from '#platform/clock.ts';
import { type Changes, isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import type { Item } from '#platform/table/table.ts';
import { decidePayment, type ReviewReason } from './payment.ts';
import { toPaymentItem } from './payment-item.ts';
import { reviewReason } from './review.ts';

/**
 * What booking takes for granted of the checkout, and its transaction makes sure of:
 * `usual` – it says the same as Stripe, and few of its payments were declined: so are nearly all, and nothing is read for them;
 * `often-declined` – it says the same; `mismatch` – it is there, and says otherwise or has ended.
 */
export type Assumption =
  | { readonly kind: 'usual' }
  | { readonly kind: 'often-declined'; readonly declines: number }
  | {
      readonly kind: 'mismatch';
      readonly declines: number;
      /** Whether the person's data was there still when the payment was made. */
      readonly person: 'there' | 'erased';
    };

export type BookingName =
  | 'payment'
  | 'entry'
  | 'totals'
  | 'outbox'
  | 'money'
  | 'held'
  | 'checkout'
  | 'attention'
  | 'person';

/** What a booking needs besides the fact. */
export interface BookingTerms {
  /** The month of the books that the entry counts in. */
  readonly month: Month;
  /** The moment of writing. */
  readonly now: Date;
  /** A number in [0, 1): it draws the shard of the totals. */
  readonly draw: number;
  /** Whether the donor is thanked by mail. */
  readonly thank: boolean;
}

/** Whether a payment ends its checkout; a month of a plan, and money that came in otherwise, only belong to a person. */
function paysCheckout({ source, planId }: PaymentFact): boolean {
  return source === 'stripe' && planId === undefined;
}

/** What to assume of a payment at first. */
export function firstAssumption({ isUnclear }: PaymentFact): Assumption {
  return isUnclear ? { kind: 'mismatch', declines: 0, person: 'there' } : { kind: 'usual' };
}

/** Why the gift of a payment waits for a person, as far as its checkout is known. */
export function holdReasonOf({ parts }: PaymentFact, assumed: Assumption): ReviewReason | undefined {
  return reviewReason({ amount: wholeOf(parts), declines: assumed.kind === 'usual' ? 0 : assumed.declines });
}

/** All that a payment writes, whatever its source: itself with what follows from it, and its checkout under its condition. */
export function planBooking(
  paid: PaymentFact,
  assumed: Assumption,
  { month, now, draw, thank }: BookingTerms,
): Changes<BookingName> {
  const { payment, entry, totals } = decidePayment(paid, month);
  const { paymentId, checkoutId } = paid;
  const underReview = holdReasonOf(paid, assumed);
  const about = { paymentId, checkoutId, createdAt: now };
  // What was bought is fulfilled first, and its fulfilment writes the mail.
  const message: OutboxMessage =
    paid.parts.sales > 0
      ? fulfilMessage(about)
      : { key: giftReceivedKey(paymentId), kind: 'mail', template: 'gift-received', ...about };
  const review = { kind: 'gift-held', id: paymentId, paymentId, checkoutId, at: now } as const;
  return {
    payment: { put: toPaymentItem({ ...payment, underReview }), condition: isNew },
    entry: { put: toLedgerEntryItem(entry), condition: isNew },
    totals: toTotalsChange(totals, draw),
    ...(thank && { outbox: { put: toOutboxItem(message), condition: isNew } }),
    ...(paid.source !== 'stripe' && {
      money: toMove(keys.moneyMoves(paid.source), wholeOf(paid.parts)),
    }),
    ...(underReview && { held: { put: toAttentionItem({ ...review, reason: underReview }) } }),
    ...checkoutChanges(paid, assumed, now),
  };
}

function checkoutChanges(
  paid: PaymentFact,
  assumed: Assumption,
  now: Date,
): Partial<Changes<'checkout' | 'attention' | 'person'>> {
  if (!paysCheckout(paid)) return {};
  switch (assumed.kind) {
    case 'usual': {
      // What is under review anyway stays so, however many payments were declined.
      const fewerDeclines = holdReasonOf(paid, assumed) ? undefined : guardLimits.declinesToHold;
      return { checkout: toPaidChange(paid, fewerDeclines) };
    }
    case 'often-declined':
      return { checkout: toPaidChange(paid) };
    case 'mismatch': {
      const { paymentId, checkoutId, at } = paid;
      const mismatch = { kind: 'booking-mismatch', id: paymentId, checkoutId, at: now } as const;
      return {
        checkout: toForcedPaidChange(paid),
        attention: { put: toAttentionItem(mismatch) },
        // A checkout that has ended lets its person end a day later; who paid before that is thanked.
        ...(assumed.person === 'there' && { person: toCancelledErasureChange(checkoutId, at) }),
      };
    }
  }
}

/**
 * What to assume after a booking was not written, and its gift was not there.
 * @param failed whose conditions did not hold, with the items that stood there
 * @returns undefined when there is no such checkout
 */
export function assumeAfter(
  paid: PaymentFact,
  assumed: Assumption,
  failed: ReadonlyMap<BookingName, Item | undefined>,
): Assumption | undefined {
  switch (assumed.kind) {
    case 'usual': {
      const checkout = failed.get('checkout');
      if (!checkout) return undefined;
      const declines = declinesOf(checkout);
      return agreesWith(checkout, paid)
        ? { kind: 'often-declined', declines }
        : { kind: 'mismatch', declines, person: 'there' };
    }
    case 'often-declined':
      return { kind: 'mismatch', declines: assumed.declines, person: 'there' };
    case 'mismatch':
      return assumed.person === 'there' && failed.size === 1 && failed.has('person')
        ? { ...assumed, person: 'erased' }
        : undefined;
  }
}

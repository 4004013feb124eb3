import { toAttentionItem } from '#kernel/attention/attention-item.ts';
import { inOpenMonth } from '#kernel/ledger/in-open-month.ts';
import { toLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import { giftReceivedKey } from '#kernel/outbox/outbox.ts';
import { toOutboxItem } from '#kernel/outbox/outbox-item.ts';
import { toCancelledErasureChange } from '#kernel/people/person-item.ts';
import { toTotalsChange } from '#kernel/totals/totals-item.ts';
import {
  agreesWith,
  declinesOf,
  toForcedPaidChange,
  toPaidChange,
} from '#payments/checkout/checkout-item.ts';
import type { PaidCheckout } from '#payments/checkout/paid-checkout.ts';
import { guardLimits } from '#payments/guard/guard-limits.ts';
import type { Month } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { count } from '#platform/log.ts';
import { type Changes, isNew } from '#platform/table/commit.ts';
import type { Item } from '#platform/table/table.ts';
import { decideGift, type ReviewReason, reviewReason } from './gift.ts';
import { toGiftItem } from './gift-item.ts';

/**
 * What became of a payment that Stripe reported:
 * `booked` – its gift was written now; `duplicate` – it was there already; `mismatch` – it was booked as Stripe took it and
 * listed for a person, because the checkout said otherwise; `unknown-checkout` – nothing was written: we know no such checkout.
 */
export type Recorded = 'booked' | 'duplicate' | 'mismatch' | 'unknown-checkout';

/** What booking needs from the outside: `now` is the moment of writing, the gift's own time is Stripe's. */
export type BookingContext = Pick<Context, 'table' | 'now' | 'random'> & {
  /** Whether the donor is thanked by mail; only imports of old gifts say no. */
  readonly thank?: boolean;
};

/**
 * Books a gift for any source, once: one transaction of five items, without a read. However often and in
 * whatever order a payment is reported, it is booked once; money that was taken is never refused. A payment so old that the books of
 * its month may be closed takes one read and one check more, a gift under review one item more, and one whose checkout remembers many
 * declined payments, or says otherwise than Stripe, another transaction.
 */
export async function recordGift(
  paid: PaidCheckout,
  { table, now, random, thank = true }: BookingContext,
): Promise<Recorded> {
  let assumed: Assumption | undefined = { kind: 'usual' };
  while (assumed) {
    const trying: Assumption = assumed;
    const outcome = await inOpenMonth<BookingName>(table, { at: paid.at, now }, (month) =>
      planBooking(paid, trying, { month, now, draw: random(), thank }),
    );
    if (outcome.committed) {
      const underReview = reviewReasonOf(paid, trying);
      if (underReview) count('GiftHeld', { paymentId: paid.paymentId, reason: underReview });
      return trying.kind === 'mismatch' ? 'mismatch' : 'booked';
    }
    if (outcome.failed.has('gift')) return 'duplicate';
    assumed = assumeAfter(paid, trying, outcome.failed);
  }
  return 'unknown-checkout';
}

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
  | 'gift'
  | 'entry'
  | 'totals'
  | 'outbox'
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

/** Why the gift of a payment waits for a person, as far as its checkout is known. */
function reviewReasonOf({ amount }: PaidCheckout, assumed: Assumption): ReviewReason | undefined {
  return reviewReason({ amount, declines: assumed.kind === 'usual' ? 0 : assumed.declines });
}

/** All that a paid gift writes, whatever its source: the gift with what follows from it, and the checkout under its condition. */
export function planBooking(
  paid: PaidCheckout,
  assumed: Assumption,
  { month, now, draw, thank }: BookingTerms,
): Changes<BookingName> {
  const { gift, entry, totals } = decideGift(paid, month);
  const { paymentId, checkoutId } = paid;
  const underReview = reviewReasonOf(paid, assumed);
  const message = {
    key: giftReceivedKey(paymentId),
    kind: 'mail',
    template: 'gift-received',
    paymentId,
    checkoutId,
    createdAt: now,
  } as const;
  const review = { kind: 'gift-held', id: paymentId, paymentId, checkoutId, at: now } as const;
  return {
    gift: { put: toGiftItem({ ...gift, underReview }), condition: isNew },
    entry: { put: toLedgerEntryItem(entry), condition: isNew },
    totals: toTotalsChange(totals, draw),
    ...(thank && { outbox: { put: toOutboxItem(message), condition: isNew } }),
    ...(underReview && { held: { put: toAttentionItem({ ...review, reason: underReview }) } }),
    ...checkoutChanges(paid, assumed, now),
  };
}

function checkoutChanges(
  paid: PaidCheckout,
  assumed: Assumption,
  now: Date,
): Changes<'checkout' | 'attention' | 'person'> {
  switch (assumed.kind) {
    case 'usual': {
      // What is under review anyway stays so, however many payments were declined.
      const fewerDeclines = reviewReasonOf(paid, assumed) ? undefined : guardLimits.declinesForReview;
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
  paid: PaidCheckout,
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

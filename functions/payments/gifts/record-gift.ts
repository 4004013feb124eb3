import { inOpenMonth } from '#kernel/ledger/in-open-month.ts';
import type { PaidCheckout } from '#payments/checkout/paid-checkout.ts';
import type { Context } from '#platform/context/context.ts';
import { count } from '#platform/log.ts';
import {
  type Assumption,
  assumeAfter,
  type BookingName,
  planBooking,
  reviewReasonOf,
} from './plan-booking.ts';

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

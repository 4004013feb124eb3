import { Attempts } from '#kernel/attention/attempt-each.ts';
import { toAttentionItem } from '#kernel/attention/attention-item.ts';
import { inOpenMonth } from '#kernel/ledger/in-open-month.ts';
import { toLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import { toSumChange } from '#kernel/ledger/running-sum-item.ts';
import { fulfilMessage, giftReceivedKey, type OutboxMessage } from '#kernel/outbox/outbox.ts';
import { toOutboxItem } from '#kernel/outbox/outbox-item.ts';
import { toCancelledErasureChange } from '#kernel/people/person-item.ts';
import { toTotalsChange } from '#kernel/totals/totals-item.ts';
import {
  agreementOf,
  declinesOf,
  toForcedPaidChange,
  toPaidChange,
} from '#payments/checkout/checkout-item.ts';
import { guardLimits } from '#payments/guard/guard-limits.ts';
import { wholeOf } from '#payments/received/parts.ts';
import type { PaymentFact } from '#payments/received/payment-fact.ts';
import type { Month } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { count, log } from '#platform/log.ts';
import { type Changes, isNew } from '#platform/table/commit.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { readSwept } from '#platform/table/swept-hours.ts';
import type { Item, Table } from '#platform/table/table.ts';
import { putNew, writeOne } from '#platform/table/write-one.ts';
import type { Whose } from './ask-whose.ts';
import { fromParkedItem, type ParkedPayment, toParkedItem } from './parked-item.ts';
import { decidePayment, type ReviewReason, reviewReason } from './payment.ts';
import { toPaymentItem } from './payment-item.ts';

/**
 * What became of a payment that Stripe reported:
 * `booked` – its gift was written now; `late` – the same, though its checkout had expired; `duplicate` – it was there already; `mismatch` – it
 * was booked as Stripe took it and listed for a person, because the checkout said otherwise; `unknown-checkout` – nothing was written: we know no such checkout.
 */
export type Recorded = 'booked' | 'late' | 'duplicate' | 'mismatch' | 'unknown-checkout';

/** What booking needs from the outside: `now` is the moment of writing, the gift's own time is Stripe's. */
export type BookingContext = Pick<Context, 'table' | 'now' | 'random'> & {
  /** Whether the donor is thanked by mail; only imports of old gifts say no. */
  readonly thank?: boolean;
};

/**
 * Books money received from any source, once: one transaction of five items, without a read. However often and in
 * whatever order a payment is reported, it is booked once; money that was taken is never refused. A payment so old that the books of
 * its month may be closed takes one read and one check more and counts in the first open month under its own date; one under review
 * takes one item more, and one whose checkout remembers many declined payments, or says otherwise than Stripe, another transaction.
 */
export async function recordPayment(
  paid: PaymentFact,
  { table, now, random, thank = true }: BookingContext,
): Promise<Recorded> {
  let assumed: Assumption | undefined = firstAssumption(paid);
  while (assumed) {
    const trying: Assumption = assumed;
    const outcome = await inOpenMonth<BookingName>(table, { at: paid.at, now }, (month) =>
      planBooking(paid, trying, { month, now, draw: random(), thank }),
    );
    if (outcome.committed) {
      const underReview = reviewReasonOf(paid, trying);
      if (underReview) count('GiftHeld', { paymentId: paid.paymentId, reason: underReview });
      return trying.kind === 'mismatch' || trying.kind === 'late' ? trying.kind : 'booked';
    }
    if (outcome.failed.has('payment')) return 'duplicate';
    assumed = assumeAfter(paid, trying, outcome.failed);
  }
  return 'unknown-checkout';
}

/**
 * What booking takes for granted of the checkout, and its transaction makes sure of:
 * `usual` – it says the same as Stripe, and few of its payments were declined: so are nearly all, and nothing is read for them;
 * `often-declined` – it says the same; `late` – it says the same, and had expired: what it bought may be sold to others, and its fulfilment
 * decides; `mismatch` – it is there, and says otherwise or has failed.
 */
export type Assumption =
  | { readonly kind: 'usual' }
  | { readonly kind: 'often-declined'; readonly declines: number }
  | {
      readonly kind: 'late' | 'mismatch';
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
function firstAssumption({ isUnclear }: PaymentFact): Assumption {
  return isUnclear ? { kind: 'mismatch', declines: 0, person: 'there' } : { kind: 'usual' };
}

/** Why the gift of a payment waits for a person, as far as its checkout is known. */
function reviewReasonOf({ parts }: PaymentFact, assumed: Assumption): ReviewReason | undefined {
  return reviewReason({ amount: wholeOf(parts), declines: assumed.kind === 'usual' ? 0 : assumed.declines });
}

/** All that a payment writes, whatever its source: itself with what follows from it, and its checkout under its condition. */
export function planBooking(
  paid: PaymentFact,
  assumed: Assumption,
  { month, now, draw, thank }: BookingTerms,
): Changes<BookingName> {
  const { payment, entry, totals } = decidePayment(paid, month);
  const { paymentId, checkoutId, fund } = paid;
  const underReview = reviewReasonOf(paid, assumed);
  const about = { paymentId, checkoutId, createdAt: now };
  // What was bought is fulfilled first, and its fulfilment writes the mail.
  const message: OutboxMessage =
    paid.parts.sales > 0
      ? fulfilMessage(about)
      : { key: giftReceivedKey(paymentId), kind: 'mail', template: 'gift-received', fund, ...about };
  const review = { kind: 'gift-held', id: paymentId, paymentId, checkoutId, at: now } as const;
  return {
    payment: { put: toPaymentItem({ ...payment, underReview }), condition: isNew },
    entry: { put: toLedgerEntryItem(entry), condition: isNew },
    totals: toTotalsChange(totals, draw),
    ...(thank && { outbox: { put: toOutboxItem(message), condition: isNew } }),
    ...(paid.source !== 'stripe' && {
      money: toSumChange(keys.moneySum(paid.source), wholeOf(paid.parts)),
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
      const fewerDeclines = reviewReasonOf(paid, assumed) ? undefined : guardLimits.declinesForReview;
      return { checkout: toPaidChange(paid, 'waiting', fewerDeclines) };
    }
    case 'often-declined':
      return { checkout: toPaidChange(paid, 'waiting') };
    case 'late':
      return { checkout: toPaidChange(paid, 'expired'), ...personStays(paid, assumed) };
    case 'mismatch': {
      const { paymentId, checkoutId } = paid;
      const mismatch = { kind: 'booking-mismatch', id: paymentId, checkoutId, at: now } as const;
      return {
        checkout: toForcedPaidChange(paid),
        attention: { put: toAttentionItem(mismatch) },
        ...personStays(paid, assumed),
      };
    }
  }
}

/** A checkout that has ended lets its person end a day later; who paid before that is thanked. */
function personStays(
  { checkoutId, at }: PaymentFact,
  { person }: Extract<Assumption, { readonly person: unknown }>,
): Partial<Changes<'person'>> {
  return person === 'there' ? { person: toCancelledErasureChange(checkoutId, at) } : {};
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
  const checkout = failed.get('checkout');
  const at = checkout && agreementOf(checkout, paid);
  switch (assumed.kind) {
    case 'usual': {
      if (!checkout) return undefined;
      const declines = declinesOf(checkout);
      if (at === 'waiting') return { kind: 'often-declined', declines };
      return { kind: at === 'expired' ? 'late' : 'mismatch', declines, person: 'there' };
    }
    case 'often-declined':
      return { kind: at === 'expired' ? 'late' : 'mismatch', declines: assumed.declines, person: 'there' };
    case 'late':
      if (failed.has('checkout')) return { ...assumed, kind: 'mismatch' };
      return withoutPerson(assumed, failed);
    case 'mismatch':
      return withoutPerson(assumed, failed);
  }
}

function withoutPerson<Assumed extends Extract<Assumption, { readonly person: unknown }>>(
  assumed: Assumed,
  failed: ReadonlyMap<BookingName, Item | undefined>,
): Assumed | undefined {
  const isGone = assumed.person === 'there' && failed.size === 1 && failed.has('person');
  return isGone ? { ...assumed, person: 'erased' } : undefined;
}

/** What became of a reported payment: recorded in one of the ways of `recordPayment`, or parked. */
export type Received = Exclude<Recorded, 'unknown-checkout'> | 'parked';

/** Books a paid checkout; one whose checkout is not there (yet) is parked and run again by the sweep. */
export async function receivePayment(paid: PaymentFact, ctx: BookingContext): Promise<Received> {
  const recorded = await recordPayment(paid, ctx);
  if (recorded === 'mismatch') count('BookingMismatch', { paymentId: paid.paymentId });
  if (recorded !== 'unknown-checkout') return recorded;
  // A duplicate event keeps the original `parkedAt`.
  await putNew(ctx.table, toParkedItem({ paid, parkedAt: ctx.now }));
  return 'parked';
}

/** Looks up at Stripe whose a payment is that is not booked; `at` is when its money moved. */
export type AskWhose = (paymentId: string, at: Date) => Promise<Whose>;

const patience = 3_600_000;

/**
 * Runs the parked payments again. One whose checkout is still missing after an hour is looked up at Stripe: without our key
 * it is dropped, and its money stands on `unassigned`; with it an alarm rings and a person finds it in the list.
 *
 * @returns how many ended in each way
 * @throws WorkFailed at the end when some could not be run; the others were
 */
export async function runParkedPayments(
  ctx: BookingContext & { readonly whose: AskWhose },
): Promise<Record<'booked' | 'dropped' | 'alarmed' | 'waiting', number>> {
  const settled = { booked: 0, dropped: 0, alarmed: 0, waiting: 0 };
  const attempts = new Attempts(ctx);
  const waiting = readSwept(ctx.table, ctx.now, lists.parked);
  await attempts.each('parked-payment', waiting, idOf, async (item) => {
    settled[await runParkedPayment(fromParkedItem(item), ctx)] += 1;
  });
  attempts.end('parked payments could not be run.');
  return settled;
}

function idOf({ pk }: Item): string {
  return pk;
}

async function runParkedPayment(
  parked: ParkedPayment,
  ctx: BookingContext & { readonly whose: AskWhose },
): Promise<'booked' | 'dropped' | 'alarmed' | 'waiting'> {
  const { paid } = parked;
  const recorded = await recordPayment(paid, ctx);
  if (recorded !== 'unknown-checkout') {
    await unpark(ctx.table, paid);
    return 'booked';
  }
  if (ctx.now.getTime() - parked.parkedAt.getTime() < patience) return 'waiting';
  if ((await ctx.whose(paid.paymentId, paid.at)) === 'another') {
    await unpark(ctx.table, paid);
    log('info', 'parked-payment-dropped', { paymentId: paid.paymentId });
    return 'dropped';
  }
  const { paymentId, checkoutId } = paid;
  const attention = toAttentionItem({ kind: 'parked-with-our-key', id: paymentId, checkoutId, at: ctx.now });
  await writeOne(ctx.table, { put: { ...attention, paid: toParkedItem(parked) } });
  await unpark(ctx.table, paid);
  count('ParkedWithOurKey', { paymentId });
  return 'alarmed';
}

async function unpark(table: Table, paid: PaymentFact): Promise<void> {
  await writeOne(table, { remove: keys.parked(paid.paymentId) });
}

import { type Attention, toAttentionItem } from '#kernel/attention/attention-item.ts';
import { toLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import { toTotalsChange } from '#kernel/totals/totals-item.ts';
import type { Whose } from '#payments/payment/ask-whose.ts';
import type { Month } from '#platform/clock.ts';
import { isOfBooks } from '#platform/money.ts';
import { type Changes, isNew } from '#platform/table/commit.ts';
import type { Item } from '#platform/table/table.ts';
import { sameValue } from '#platform/values.ts';
import {
  type DisputedPayment,
  decideMovement,
  freezes,
  type Movement,
  type MovementBooking,
  type Phase,
  phaseOf,
  type ReportedDispute,
} from './dispute.ts';
import { type Dispute, toDisputeItem, type UnbookableReason } from './dispute-item.ts';
import { fromDisputedPaymentItem, toDisputedChange } from './disputed-payment-item.ts';

/** All that is known when a dispute's state is to be written. */
export interface KnownDispute {
  /** As it stands in the table; undefined when it is new. */
  readonly stored: Dispute | undefined;
  /** As Stripe reported it, after `stored` was read. */
  readonly reported: ReportedDispute;
  /** The gift's item; undefined when it is not there. */
  readonly paymentItem: Item | undefined;
  readonly whose: Whose;
  readonly now: Date;
}

/** One transaction towards Stripe's state. A dispute with several new movements takes several, each with one entry. */
export interface Step {
  readonly dispute: Dispute;
  /** When its money moved; the present moment when none did. */
  readonly at: Date;
  /** @param month the month of the books that the entry counts in */
  readonly changes: (
    draw: number,
    month: Month,
  ) => Changes<'dispute' | 'payment' | 'entry' | 'totals' | 'opened' | 'unknown'>;
  /** Whether a new phase, or money that belongs to no gift, is listed for a person now. */
  readonly opens: boolean;
  readonly isUnknown: boolean;
  /** Whether nothing is left to do after it. */
  readonly isLast: boolean;
}

/** Decides the next step towards what Stripe reported; undefined when the table says the same already. */
export function decideStep(known: KnownDispute): Step | undefined {
  const { stored, reported, paymentItem: giftItem, now } = known;
  const payment = giftItem && fromDisputedPaymentItem(giftItem);
  const unbookable = whyUnbookable(known);
  const waiting = unbookable ? [] : notBooked(stored, reported);
  const movement = waiting[0];
  const booking = payment && movement ? decideMovement(payment, movement) : undefined;
  const phase = phaseOf(reported.status);
  const opens = isNews(phase, reported, stored?.alerted ?? []);
  const { movements: _, ...facts } = reported;
  const dispute: Dispute = {
    ...facts,
    fund: payment?.fund,
    checkoutId: payment?.checkoutId,
    booked: [...(stored?.booked ?? []), ...(movement ? [bookedOf(movement)] : [])],
    unbookable,
    alerted: [...(stored?.alerted ?? []), ...(opens ? [phase] : [])],
    remindedOf: stored?.remindedOf,
    version: (stored?.version ?? 0) + 1,
  };
  const paymentChange = payment && giftItem && changeOfPayment(payment, giftItem, reported, booking);
  if (stored && !paymentChange && !booking && isSame(stored, dispute)) return undefined;
  // What waits is booked in a moment, and is no work for a person.
  const isUnknown = unbookable !== undefined && unbookable !== 'waiting' && unbookable !== stored?.unbookable;
  const attention = {
    id: reported.id,
    checkoutId: payment?.checkoutId,
    paymentId: reported.paymentId,
    at: now,
  };
  return {
    dispute,
    opens,
    isUnknown,
    isLast: waiting.length <= 1,
    at: movement?.at ?? now,
    changes: (draw, month) => ({
      dispute: { put: toDisputeItem(dispute), condition: unchangedSince(stored) },
      ...(paymentChange && { payment: paymentChange }),
      ...(booking && { entry: { put: toLedgerEntryItem({ ...booking.entry, month }), condition: isNew } }),
      ...(booking && changesTotals(booking) && { totals: toTotalsChange(booking.totals, draw) }),
      ...(opens && { opened: listed({ ...attention, ...openedFields(reported, phase) }) }),
      ...(isUnknown && {
        unknown: listed({ ...attention, kind: 'dispute-unknown-charge', reason: unbookable }),
      }),
    }),
  };
}

/** A phase that begins, and a dispute that was lost before it was ever listed. */
function isNews(phase: Phase, { status }: ReportedDispute, alerted: readonly Phase[]): boolean {
  return phase === 'closed' ? status === 'lost' && alerted.length === 0 : !alerted.includes(phase);
}

const unbooked = { ours: 'gift-missing', waiting: 'waiting', another: 'not-ours' } as const;

function whyUnbookable({ reported, paymentItem, whose }: KnownDispute): UnbookableReason | undefined {
  if (!paymentItem) return unbooked[whose];
  return reported.movements.every(({ currency }) => isOfBooks(currency)) ? undefined : 'other-currency';
}

/** What is not in the ledger yet, in the order of time. */
function notBooked(stored: Dispute | undefined, reported: ReportedDispute): Movement[] {
  const booked = new Set(stored?.booked.map(({ id }) => id));
  return reported.movements
    .filter((movement) => !booked.has(movement.id) && (movement.amount !== 0 || movement.fee !== 0))
    .sort((a, b) => a.at.getTime() - b.at.getTime() || a.amount - b.amount || (a.id < b.id ? -1 : 1));
}

function bookedOf({ id, amount, fee }: Movement) {
  return { id, amount, fee };
}

function changeOfPayment(
  payment: DisputedPayment,
  item: Item,
  reported: ReportedDispute,
  booking: MovementBooking | undefined,
) {
  const others = payment.openDisputes.filter((id) => id !== reported.id);
  const openDisputes = freezes(reported) ? [...others, reported.id].sort() : others;
  const disputed = booking?.disputed ?? payment.disputed;
  const isSamePayment = disputed === payment.disputed && openDisputes.join() === payment.openDisputes.join();
  // A movement that is booked is decided by what the gift holds, so the gift takes part even where it stays as it is.
  return isSamePayment && !booking
    ? undefined
    : toDisputedChange(item, { disputed, openDisputes }, booking?.entry);
}

function changesTotals({ totals }: MovementBooking): boolean {
  return totals.raised !== 0 || totals.sales !== 0 || totals.supporters !== 0;
}

function unchangedSince(stored: Dispute | undefined) {
  return stored ? { expression: 'version = :read', values: { ':read': stored.version } } : isNew;
}

function isSame(stored: Dispute, dispute: Dispute): boolean {
  const plain = (each: Dispute) => toDisputeItem({ ...each, version: 0 });
  return sameValue(plain(stored), plain(dispute));
}

function openedFields(reported: ReportedDispute, phase: string) {
  return {
    id: `${reported.id}/${phase}`,
    kind: 'dispute-opened',
    reason: reported.status,
    dueBy: reported.dueBy,
  } as const;
}

function listed(attention: Attention) {
  return { put: toAttentionItem(attention) };
}

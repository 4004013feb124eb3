import { toAttentionItem } from '#kernel/attention/attention-item.ts';
import { inOpenMonth } from '#kernel/ledger/in-open-month.ts';
import { entryName } from '#kernel/ledger/ledger-entry.ts';
import { toLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import { giftRefundedKey } from '#kernel/outbox/outbox.ts';
import { toOutboxItem } from '#kernel/outbox/outbox-item.ts';
import { toTotalsChange } from '#kernel/totals/totals-item.ts';
import { toRefundedChange } from '#payments/checkout/checkout-item.ts';
import type { Payment } from '#payments/payment/payment.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { wholeOf } from '#payments/received/parts.ts';
import type { Month } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { count } from '#platform/log.ts';
import { UnusableEvent } from '#platform/stripe/event-shape.ts';
import { type Change, type Changes, commit, isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { retryOnConflict } from '#platform/table/retry-on-conflict.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import { decideRefund, type Refund, type RefundBooking, type RefundFact } from './refund.ts';
import { fromRefundItem, toRefundItem, toRefundStatusChange } from './refund-item.ts';
import { fromRefundRequestItem, type RefundRequest, toAnsweredRequestChange } from './refund-request.ts';
import { toRefundedPaymentChange } from './refunded-payment-item.ts';

/** What became of a reported refund: booked now; known before; or we know no such payment, and nothing was written. */
export type RecordedRefund = 'refunded' | 'duplicate' | 'unknown-gift';

/** What booking a refund needs from the outside: `now` is the moment of writing, the refund's own time is Stripe's. */
export type RefundContext = Pick<Context, 'table' | 'now' | 'random'>;

type Name = 'refund' | 'entry' | 'totals' | 'payment' | 'checkout' | 'outbox' | 'request' | 'attention';

/**
 * Books a refund, once, by staff or at Stripe: the refund, its ledger entry, the totals, the payment, what the checkout says of it,
 * the mail, and the staff's request that it answers, in one transaction. Money that Stripe refunded is never refused: more than
 * the refundable amount is booked and listed for a person.
 *
 * @throws UnusableEvent when one refund is larger than the payment
 */
export async function recordRefund(fact: RefundFact, ctx: RefundContext): Promise<RecordedRefund> {
  let withCheckout = true;
  return retryOnConflict(async () => {
    const known = await readRefund(fact, ctx);
    if (known.refund) return moveOn(known.refund, fact, ctx.table);
    if (!known.payment) return 'unknown-gift';
    const { payment } = known;
    // Stripe never refunds more of a payment than it took (docs.stripe.com/api/refunds/create, amount): several refunds may seem to,
    // when they are reported out of order with their failures, but one alone never does.
    if (fact.amount > wholeOf(payment.parts)) throw new UnusableEvent('data.object.amount');
    const booking = decideRefund(payment, fact);
    const when = { at: fact.at, now: ctx.now };
    const outcome = await inOpenMonth<Name>(ctx.table, when, (month) => ({
      ...refundChanges(fact, { ...known, payment }, inMonth(booking, month), ctx),
      ...(withCheckout && { checkout: checkoutChange(payment.checkoutId, booking) }),
    }));
    if (outcome.committed) {
      if (booking.isAboveLeft) count('RefundNeedsPerson', { refundId: fact.refundId, reason: 'above-left' });
      return 'refunded';
    }
    // A checkout that is missing or in another state does not prevent the booking; else another writer came between.
    withCheckout = !(outcome.failed.has('checkout') && outcome.failed.size === 1);
    return undefined;
  });
}

/** A pending refund has arrived; every other report of a known refund changes nothing. */
async function moveOn(refund: Refund, fact: RefundFact, table: Table): Promise<'duplicate'> {
  if (refund.status === 'pending' && fact.status === 'succeeded') {
    await commit(table, () => ({ refund: toRefundStatusChange(refund.refundId, { status: 'succeeded' }) }));
  }
  return 'duplicate';
}

function refundChanges(
  fact: RefundFact,
  { payment, request }: KnownRefund & { readonly payment: Payment },
  booking: RefundBooking,
  { now, random }: RefundContext,
): Changes<Name> {
  const { refundId } = fact;
  const answered =
    request?.state === 'asked' && request.paymentId === payment.paymentId ? request : undefined;
  const refund = { ...fact, checkoutId: payment.checkoutId, fund: payment.fund, failedAt: undefined };
  const message = {
    key: giftRefundedKey(refundId),
    kind: 'mail',
    template: 'gift-refunded',
    paymentId: payment.paymentId,
    checkoutId: payment.checkoutId,
    createdAt: now,
  } as const;
  const attention = {
    kind: 'refund-above-left',
    id: payment.paymentId,
    checkoutId: payment.checkoutId,
    at: now,
  } as const;
  return {
    refund: { put: toRefundItem(refund), condition: isNew },
    ...bookingChanges(payment, booking, random(), answered && -answered.amount),
    outbox: { put: toOutboxItem(message), condition: isNew },
    ...(answered && { request: toAnsweredRequestChange(answered, { refundId }) }),
    ...(booking.isAboveLeft && { attention: { put: toAttentionItem(attention) } }),
  };
}

/** What a checkout says after a refund or its failure: how much was refunded, and whether that is all. */
export function checkoutChange(
  checkoutId: string,
  { refunded, wasRefunded, isRefunded }: RefundBooking,
): Change {
  const status = wasRefunded === isRefunded ? undefined : isRefunded ? 'refunded' : 'paid';
  return toRefundedChange(checkoutId, refunded, status);
}

/** A booking whose entry counts in a month of the books; the totals keep their own. */
export function inMonth(booking: RefundBooking, month: Month): RefundBooking {
  return { ...booking, entry: { ...booking.entry, month } };
}

/** What a refund and its failure have in common: the entry, the totals, and the gift as it stands then. */
export function bookingChanges(
  payment: Payment,
  { entry, totals, refunded }: RefundBooking,
  draw: number,
  reserve = 0,
): Record<'entry' | 'totals' | 'payment', Change> {
  return {
    entry: { put: toLedgerEntryItem(entry), condition: isNew },
    totals: toTotalsChange(totals, draw),
    payment: toRefundedPaymentChange(payment, { refunded, reserve, entry: entryName(entry) }),
  };
}

/** What is known of a refund; undefined where it is not. */
interface KnownRefund {
  readonly payment: Payment | undefined;
  readonly refund: Refund | undefined;
  /** The staff's request that it answers. */
  readonly request: RefundRequest | undefined;
}

/** Reads a refund with its gift and the request that it answers, in one request. */
export async function readRefund(
  { refundId, paymentId, requestId }: Pick<RefundFact, 'refundId' | 'paymentId' | 'requestId'>,
  { table }: Pick<Context, 'table'>,
): Promise<KnownRefund> {
  const [paymentAt, refundAt] = [keys.payment(paymentId), keys.refund(refundId)];
  const requestAt = requestId === undefined ? undefined : keys.refundRequest(requestId);
  const read = await readItems(table, [paymentAt, refundAt, ...(requestAt ? [requestAt] : [])], {
    consistent: true,
  });
  const [payment, refund, request] = [
    read.itemAt(paymentAt),
    read.itemAt(refundAt),
    requestAt && read.itemAt(requestAt),
  ];
  return {
    payment: payment && fromPaymentItem(payment),
    refund: refund && fromRefundItem(refund),
    request: request && fromRefundRequestItem(request),
  };
}

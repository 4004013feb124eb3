import { toAttentionItem } from '#kernel/attention/attention-item.ts';
import { inOpenMonth } from '#kernel/ledger/in-open-month.ts';
import type { Payment } from '#payments/payment/payment.ts';
import { count } from '#platform/log.ts';
import type { Changes } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { retryOnConflict } from '#platform/table/retry-on-conflict.ts';
import { bookingChanges, checkoutChange, inMonth, type RefundContext, readRefund } from './record-refund.ts';
import { decideRefundFailure, type Refund, type RefundBooking } from './refund.ts';
import { toRefundStatusChange } from './refund-item.ts';

type Name = 'refund' | 'entry' | 'totals' | 'payment' | 'checkout' | 'attention' | 'above';

/**
 * Books that a refund failed, once: the counter-entry, and totals, gift and checkout as if it had not been. The donor gets no
 * second mail, because the money is still meant for them: it is listed for a person, who returns it in another way.
 *
 * @param refundId a refund that is booked
 */
export async function failRefund(
  { refundId, paymentId, failedAt }: Pick<Refund, 'refundId' | 'paymentId'> & { readonly failedAt: Date },
  ctx: RefundContext,
): Promise<'refund-failed' | 'duplicate'> {
  let withCheckout = true;
  return retryOnConflict(async () => {
    const { payment, refund } = await readRefund({ refundId, paymentId, requestId: undefined }, ctx);
    if (!payment || !refund) throw new Error(`Refund ${refundId}: it is not booked, so it cannot fail.`);
    if (refund.status === 'failed') return 'duplicate';
    const booking = decideRefundFailure(payment, refund, failedAt);
    const outcome = await inOpenMonth<Name>(ctx.table, { at: failedAt, now: ctx.now }, (month) =>
      failureChanges({ payment, refund, booking: inMonth(booking, month), failedAt, withCheckout }, ctx),
    );
    if (outcome.committed) {
      count('RefundNeedsPerson', { refundId, reason: 'failed' });
      return 'refund-failed';
    }
    withCheckout = !(outcome.failed.has('checkout') && outcome.failed.size === 1);
    return undefined;
  });
}

interface Failure {
  readonly payment: Payment;
  readonly refund: Refund;
  readonly booking: RefundBooking;
  readonly failedAt: Date;
  readonly withCheckout: boolean;
}

function failureChanges(
  { payment, refund, booking, failedAt, withCheckout }: Failure,
  { now, random }: RefundContext,
): Changes<Name> {
  const { refundId } = refund;
  const { checkoutId } = payment;
  const attention = { kind: 'refund-failed', id: refundId, checkoutId, at: now } as const;
  return {
    refund: toRefundStatusChange(refundId, { status: 'failed', failedAt }),
    ...bookingChanges(payment, booking, random()),
    ...(withCheckout && { checkout: checkoutChange(checkoutId, booking) }),
    attention: { put: toAttentionItem(attention) },
    // Events out of order made the refunds look too high for a while: there is nothing to look at any more.
    ...(booking.wasAboveLeft &&
      !booking.isAboveLeft && { above: { remove: keys.attention('refund-above-left', payment.paymentId) } }),
  };
}

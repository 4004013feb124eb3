import type { Payment } from '#payments/payment/payment.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import type { Context } from '#platform/context/context.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';
import type { Refund, RefundFact } from './refund.ts';
import { fromRefundItem } from './refund-item.ts';
import { fromRefundRequestItem, type RefundRequest } from './refund-request.ts';

/** What is known of a refund; undefined where it is not. */
export interface KnownRefund {
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

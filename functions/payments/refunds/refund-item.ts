import { utcHour } from '#platform/clock.ts';
import { currencies } from '#platform/money.ts';
import type { Change } from '#platform/table/commit.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import type { Refund, RefundFact } from './refund.ts';

/** The item of a refund. It stands in the list of its payment's refunds. */
export function toRefundItem(refund: Refund): Item {
  return toItem(keys.refund(refund.refundId), 'refund', 1, {
    refundId: refund.refundId,
    paymentId: refund.paymentId,
    checkoutId: refund.checkoutId,
    fund: refund.fund,
    amount: refund.amount,
    currency: refund.currency,
    at: refund.at.toISOString(),
    status: refund.status,
    ...(refund.requestId && { requestId: refund.requestId }),
    ...(refund.failedAt && { failedAt: refund.failedAt.toISOString() }),
    list: lists.refunds(refund.paymentId),
    listOrder: `${refund.at.toISOString()}#${refund.refundId}`,
  });
}

export function fromRefundItem(item: Item): Refund {
  const fields = read(item);
  return {
    refundId: fields.text('refundId'),
    paymentId: fields.text('paymentId'),
    checkoutId: fields.text('checkoutId'),
    fund: fields.text('fund'),
    amount: fields.int('amount'),
    currency: fields.oneOf('currency', currencies),
    at: fields.date('at'),
    status: fields.oneOf('status', ['pending', 'succeeded', 'failed']),
    requestId: fields.maybeText('requestId'),
    failedAt: fields.maybeDate('failedAt'),
  };
}

/** Moves a refund on; one that has failed stays so. */
export function toRefundStatusChange(
  refundId: string,
  report: { readonly status: 'succeeded' } | { readonly status: 'failed'; readonly failedAt: Date },
): Change {
  const failed = report.status === 'failed';
  return {
    update: keys.refund(refundId),
    set: {
      expression: `SET #status = :status${failed ? ', failedAt = :failedAt' : ''}`,
      names: { '#status': 'status' },
      values: {
        ':status': report.status,
        ...(failed
          ? { ':failedAt': report.failedAt.toISOString(), ':failed': 'failed' }
          : { ':pending': 'pending' }),
      },
    },
    condition: failed ? '#status <> :failed' : '#status = :pending',
  };
}

/** A refund, or its failure, that waits for its gift: ids and amounts only. */
export interface ParkedRefund {
  readonly fact: RefundFact;
  readonly parkedAt: Date;
}

/** The item of a parked refund. A refund and its failure are parked apart: either may be reported first. */
export function toParkedRefundItem({ fact, parkedAt }: ParkedRefund): Item {
  const { requestId, failedAt, at, ...rest } = fact;
  return toItem(keys.parkedRefund(fact.refundId, failedAt ? 'failure' : 'refund'), 'parked-refund', 1, {
    ...rest,
    at: at.toISOString(),
    ...(requestId && { requestId }),
    ...(failedAt && { failedAt: failedAt.toISOString() }),
    parkedAt: parkedAt.toISOString(),
    list: lists.parkedRefunds(utcHour(parkedAt)),
    listOrder: parkedAt.toISOString(),
  });
}

export function fromParkedRefundItem(item: Item): ParkedRefund {
  const fields = read(item);
  return {
    fact: {
      refundId: fields.text('refundId'),
      paymentId: fields.text('paymentId'),
      amount: fields.int('amount'),
      currency: fields.oneOf('currency', currencies),
      at: fields.date('at'),
      status: fields.oneOf('status', ['pending', 'succeeded']),
      requestId: fields.maybeText('requestId'),
      failedAt: fields.maybeDate('failedAt'),
    },
    parkedAt: fields.date('parkedAt'),
  };
}

import { utcHour } from '#platform/clock.ts';
import type { Currency } from '#platform/money.ts';
import type { Change } from '#platform/table/commit.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import type { Refund, RefundFact } from './refund.ts';

/** The item of a refund. It stands in the list of its payment's refunds. */
export function toRefundItem(refund: Refund): Item {
  return toItem(keys.refund(refund.refundId), 'refund', 1, {
    refundId: refund.refundId,
    paymentId: refund.paymentId,
    checkoutId: refund.checkoutId,
    campaign: refund.campaign,
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

/** Reads a refund's item. */
export function fromRefundItem(item: Item): Refund {
  return {
    refundId: item.refundId as string,
    paymentId: item.paymentId as string,
    checkoutId: item.checkoutId as string,
    campaign: item.campaign as string,
    amount: item.amount as number,
    currency: item.currency as Currency,
    at: new Date(item.at as string),
    status: item.status as Refund['status'],
    requestId: item.requestId as string | undefined,
    failedAt: item.failedAt ? new Date(item.failedAt as string) : undefined,
  };
}

/** Moves a refund on; one that has failed stays so. */
export function toRefundStatusChange(
  refundId: string,
  news: { readonly status: 'succeeded' } | { readonly status: 'failed'; readonly failedAt: Date },
): Change {
  const failed = news.status === 'failed';
  return {
    update: keys.refund(refundId),
    set: {
      expression: `SET #status = :status${failed ? ', failedAt = :failedAt' : ''}`,
      names: { '#status': 'status' },
      values: {
        ':status': news.status,
        ...(failed
          ? { ':failedAt': news.failedAt.toISOString(), ':failed': 'failed' }
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

/** The item of a parked refund. What is told of its making and of its failure are parked apart: either may come first. */
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

/** Reads a parked refund. */
export function fromParkedRefundItem(item: Item): ParkedRefund {
  return {
    fact: {
      refundId: item.refundId as string,
      paymentId: item.paymentId as string,
      amount: item.amount as number,
      currency: item.currency as Currency,
      at: new Date(item.at as string),
      status: item.status as RefundFact['status'],
      requestId: item.requestId as string | undefined,
      failedAt: item.failedAt ? new Date(item.failedAt as string) : undefined,
    },
    parkedAt: new Date(item.parkedAt as string),
  };
}

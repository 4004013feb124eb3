import { utcHour } from '../platform/clock.ts';
import type { Change } from '../table/commit.ts';
import { keys, lists } from '../table/keys.ts';
import type { Item } from '../table/table.ts';

/** That Stripe told of a payment's refunds in all, and when it came. */
export interface RefundCheck {
  readonly paymentId: string;
  /** What `charge.refunded` said, minor units. */
  readonly amountRefunded: number;
  /** Stripe's time of that event. */
  readonly at: Date;
  readonly notedAt: Date;
}

/** Notes what Stripe said, unless something newer is noted; of two of one second the larger sum is the newer. */
export function toRefundCheckChange(check: RefundCheck): Change {
  return {
    update: keys.refundCheck(check.paymentId),
    set: {
      expression:
        'SET entity = :entity, v = :v, paymentId = :payment, amountRefunded = :amount, #at = :at, ' +
        'notedAt = :noted, #list = :list, listOrder = :noted',
      names: { '#at': 'at', '#list': 'list' },
      values: {
        ':entity': 'refund-check',
        ':v': 1,
        ':payment': check.paymentId,
        ':amount': check.amountRefunded,
        ':at': check.at.toISOString(),
        ':noted': check.notedAt.toISOString(),
        ':list': lists.refundChecks(utcHour(check.notedAt)),
      },
    },
    condition: 'attribute_not_exists(pk) OR #at < :at OR (#at = :at AND amountRefunded < :amount)',
  };
}

/** Takes a judged check away, unless something newer was noted. */
export function toCheckedChange(check: RefundCheck): Change {
  return {
    remove: keys.refundCheck(check.paymentId),
    condition: {
      expression: 'amountRefunded = :amount AND #at = :at',
      names: { '#at': 'at' },
      values: { ':amount': check.amountRefunded, ':at': check.at.toISOString() },
    },
  };
}

/** Reads a check. */
export function fromRefundCheckItem(item: Item): RefundCheck {
  return {
    paymentId: item.paymentId as string,
    amountRefunded: item.amountRefunded as number,
    at: new Date(item.at as string),
    notedAt: new Date(item.notedAt as string),
  };
}

import type { Permit } from '#kernel/staff/rights.ts';
import { refundableAmount } from '#payments/payment/payment.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { isPaymentId } from '#payments/payment/read-payment.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import type { Currency } from '#platform/money.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { type Item, readItems, readWholeList } from '#platform/table/table.ts';
import type { Refund } from './refund.ts';
import { fromRefundItem } from './refund-item.ts';
import { fromRefundRequestItem, type RefundRequest } from './refund-request.ts';
import { openRequests } from './run-refund-requests.ts';

/** The refunds of a gift, and those that the staff asked for. */
export interface PaymentRefunds {
  /** The refundable amount, minor units. */
  readonly left: number;
  readonly currency: Currency;
  /** Made by the staff or at Stripe, oldest first. */
  readonly refunds: readonly Refund[];
  /** What the staff asked for, oldest first. */
  readonly requests: readonly RefundRequest[];
}

/**
 * Reads the refunds of a gift, and what the staff asked for; as the index has them, which may be a moment behind.
 * @throws Problem `not-found`
 */
export async function listRefunds(
  { paymentId }: { readonly paymentId: string; readonly permit: Permit<'gift.read'> },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<PaymentRefunds> {
  const at = keys.payment(paymentId);
  const item = isPaymentId(paymentId)
    ? (await readItems(table, [at], { consistent: true })).itemAt(at)
    : undefined;
  if (!item) throw new Problem('not-found', 'There is no such gift.');
  const payment = fromPaymentItem(item);
  const listed: Item[] = [];
  for await (const page of readWholeList(table, lists.refunds(paymentId))) listed.push(...page);
  const of = (entity: string) => listed.filter((each) => each.entity === entity);
  const open = (await openRequests({ table, now })).filter((request) => request.paymentId === paymentId);
  return {
    left: refundableAmount(payment),
    currency: payment.currency,
    refunds: readIntact(of('refund'), fromRefundItem),
    requests: [...readIntact(of('refund-request'), fromRefundRequestItem), ...open].sort(
      (a, b) => a.at.getTime() - b.at.getTime(),
    ),
  };
}

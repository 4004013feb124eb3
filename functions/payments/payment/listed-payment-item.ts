import { keys } from '#platform/table/keys.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import type { Payment } from './payment.ts';
import { paymentOrder } from './payment-item.ts';

/** The item that names a payment in the list of its month, for the staff: of all funds together, by time. */
export function toListedPaymentItem(payment: Payment): Item {
  const order = paymentOrder(payment);
  return toItem(keys.listedPayment(payment.month, order), 'listed-payment', 1, {
    paymentId: payment.paymentId,
    listOrder: order,
  });
}

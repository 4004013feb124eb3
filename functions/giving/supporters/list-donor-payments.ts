import type { Permit } from '#kernel/staff/rights.ts';
import type { Payment } from '#payments/payment/payment.ts';
import { fromPaymentItem, paymentOrder } from '#payments/payment/payment-item.ts';
import type { Context } from '#platform/context/context.ts';
import { keys } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { readItems } from '#platform/table/table.ts';
import { paymentsOf } from './supporter-item.ts';

/** As many as one request reads. */
const most = 100;

/**
 * A donor's payments to all funds that are not fully reversed, newest first, at most a hundred: one request for every hundred funds,
 * and one.
 */
export async function listDonorPayments(
  {
    donor,
    funds,
  }: { readonly donor: string; readonly funds: readonly string[]; readonly permit: Permit<'person.read'> },
  { table }: Pick<Context, 'table'>,
): Promise<Payment[]> {
  const wanted = funds.map((fund) => keys.supporter(fund, donor));
  const supporters = await readItems(table, wanted);
  const ids = wanted.flatMap((key) => [...paymentsOf(supporters.itemAt(key))]);
  const payments = ids.slice(0, most).map(keys.payment);
  const found = await readItems(table, payments);
  const items = payments.flatMap((key) => found.itemAt(key) ?? []);
  return readIntact(items, fromPaymentItem).sort((a, b) => (paymentOrder(a) < paymentOrder(b) ? 1 : -1));
}

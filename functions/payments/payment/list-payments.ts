import type { StaffPaging } from '#kernel/staff/list-cursor.ts';
import { listNewest, type StaffPage } from '#kernel/staff/list-newest.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Month } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { keys } from '#platform/table/keys.ts';
import { read, readIntact } from '#platform/table/read-item.ts';
import { readCollection, readItems } from '#platform/table/table.ts';
import type { Payment } from './payment.ts';
import { fromPaymentItem } from './payment-item.ts';

/** A page of the payments of all funds in a Hong Kong month, newest first: two requests, however many funds there are. */
export async function listPayments(
  {
    month,
    paging,
  }: { readonly month: Month; readonly paging: StaffPaging; readonly permit: Permit<'gift.read'> },
  { table }: Pick<Context, 'table'>,
): Promise<StaffPage<Payment>> {
  const { pk } = keys.listedPayment(month, '');
  const page = await listNewest(
    paging,
    (options) => readCollection(table, pk, options),
    (item) => keys.payment(read(item).text('paymentId')),
  );
  const found = await readItems(table, page.data);
  const items = page.data.flatMap((key) => found.itemAt(key) ?? []);
  return { data: readIntact(items, fromPaymentItem), next: page.next };
}

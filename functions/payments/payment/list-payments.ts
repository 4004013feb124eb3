import type { StaffPaging } from '#kernel/staff/list-cursor.ts';
import { listNewest, type StaffPage } from '#kernel/staff/list-newest.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Month } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { keys, paymentLists } from '#platform/table/keys.ts';
import { read, readIntact } from '#platform/table/read-item.ts';
import { type Item, readCollection, readItems, readList } from '#platform/table/table.ts';
import type { Payment } from './payment.ts';
import { fromPaymentItem } from './payment-item.ts';

interface PaymentsAsked {
  readonly month: Month;
  /** Undefined for all funds together. */
  readonly fund: string | undefined;
  readonly paging: StaffPaging;
  readonly permit: Permit<'gift.read'>;
}

/**
 * A page of the payments of a Hong Kong month, newest first: two requests for all funds together, however many there are; four for
 * one fund.
 */
export async function listPayments(
  { month, fund, paging }: PaymentsAsked,
  { table }: Pick<Context, 'table'>,
): Promise<StaffPage<Payment>> {
  if (fund !== undefined) {
    const names = paymentLists(fund, month);
    return listNewest(
      paging,
      async (options) => newestOf(await Promise.all(names.map((name) => readList(table, name, options)))),
      fromPaymentItem,
    );
  }
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

/** The items of several lists as one, newest first. */
function newestOf(pages: readonly (readonly Item[])[]): Item[] {
  return pages.flat().sort((a, b) => (read(a).text('listOrder') < read(b).text('listOrder') ? 1 : -1));
}

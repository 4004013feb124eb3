import { readBooks } from '#accounting/accounts/read-books.ts';
import { Attempts } from '#kernel/attention/attempt-each.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import type { Context } from '#platform/context/context.ts';
import { keys, paymentLists } from '#platform/table/keys.ts';
import { type Item, readItems, readWholeList } from '#platform/table/table.ts';
import { keepSupporters } from './keep-supporters.ts';
import { isOfDonor } from './supporter-item.ts';

/**
 * Goes through all payments of all funds at night, and brings those into the sets of their donors that the projector missed. Memory does
 * not grow with their number.
 *
 * @returns how many were missed
 * @throws WorkFailed at the end when some could not be counted; the others were
 */
export async function recountSupporters(ctx: Pick<Context, 'table' | 'now'>): Promise<number> {
  const { table } = ctx;
  const { slugs, months } = await readBooks(ctx);
  const attempts = new Attempts(ctx);
  let missed = 0;
  for (const list of slugs.flatMap((slug) => months.flatMap((month) => paymentLists(slug, month)))) {
    for await (const page of readWholeList(table, list)) {
      await attempts.one('supporters-from', page[0]?.pk ?? list, async () => {
        missed += await recountPage(page, ctx);
      });
    }
  }
  attempts.end('pages of payments could not be counted.');
  return missed;
}

/** A list may be a moment behind, so what it says otherwise than the sets is read again. */
async function recountPage(page: readonly Item[], { table }: Pick<Context, 'table'>) {
  const listed = page.map(fromPaymentItem).filter(isOfDonor);
  const supporters = listed.map(({ fund, donor }) => keys.supporter(fund, donor));
  const [payments, read] = await Promise.all([
    readItems(table, page, { consistent: true }),
    readItems(table, supporters, { consistent: true }),
  ]);
  const present = listed.flatMap(({ paymentId }) => payments.itemAt(keys.payment(paymentId)) ?? []);
  return keepSupporters(present.map(fromPaymentItem), read, { table });
}

import { personAt } from '#kernel/people/read-person.ts';
import { raisedKeys, raisedMonths } from '#kernel/totals/read-raised-months.ts';
import { isListed } from '#payments/payment/payment.ts';
import { fromPaymentItem, paymentOrder } from '#payments/payment/payment-item.ts';
import { hongKongMonth } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { keys } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { retryOnConflict } from '#platform/table/retry-on-conflict.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import { type LatestGift, latestCount, latestOf, mergeLatest, paymentAt } from './latest-gifts-item.ts';
import { newestGifts } from './list-gifts.ts';
import { toPublicGift } from './public-gift.ts';
import { writeLatestGiftsAndComments } from './write-latest-gifts.ts';

/**
 * Rebuilds a campaign's newest gifts from the gifts, what their donors hide and what staff approved. The index may not have a gift yet
 * that is projected at the same moment, so gifts that are shown already stay candidates; the item's version detects another writer.
 *
 * @param now gifts are searched from its Hong Kong month backwards
 */
export async function rebuildLatestGifts(
  slug: string,
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<void> {
  const key = keys.latestGifts(slug);
  await retryOnConflict(async () => {
    const read = await readItems(table, [key, ...raisedKeys(slug)], {
      consistent: true,
    });
    const last = hongKongMonth(now);
    const first = raisedMonths(slug, read)[0] ?? last;
    const listed = await newestGifts({ slug, months: { first, last }, limit: latestCount }, { table });
    const stored = read.itemAt(key);
    const payments = new Set([
      ...latestOf(stored).map(({ order }) => paymentAt(order)),
      ...listed.map(({ paymentId }) => paymentId),
    ]);
    const latest = mergeLatest([], await publish(table, [...payments]));
    return (await writeLatestGiftsAndComments({ slug, latest, before: stored }, { table })) || undefined;
  });
}

/** The gifts of these payments as the public may see them now. */
async function publish(table: Table, payments: readonly string[]): Promise<LatestGift[]> {
  const read = await readItems(table, payments.map(keys.payment), { consistent: true });
  const items = payments.flatMap((payment) => read.itemAt(keys.payment(payment)) ?? []);
  const gifts = readIntact(items, fromPaymentItem).filter((gift) => isListed(gift));
  const people = await readItems(table, [...new Set(gifts.map((gift) => gift.checkoutId))].map(keys.person), {
    consistent: true,
  });
  return readIntact(gifts, (gift) => ({
    order: paymentOrder(gift),
    gift: toPublicGift(gift, personAt(people, gift.checkoutId, gift.at)),
  }));
}

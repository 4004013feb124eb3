import { toCommentItem } from '#giving/comments/comment-item.ts';
import { type LatestGift, latestOf, mergeLatest } from '#giving/latest-gifts/latest-gifts-item.ts';
import { toPublicGift } from '#giving/latest-gifts/public-gift.ts';
import { writeLatestGifts } from '#giving/latest-gifts/write-latest-gifts.ts';
import { keepSupporters } from '#giving/supporters/keep-supporters.ts';
import { isOfDonor } from '#giving/supporters/supporter-item.ts';
import { cancelErasure } from '#kernel/people/cancel-erasure.ts';
import { waitsOf } from '#kernel/people/person-item.ts';
import { personAt } from '#kernel/people/read-person.ts';
import { toListedPaymentItem } from '#payments/payment/listed-payment-item.ts';
import { isListed, type Payment } from '#payments/payment/payment.ts';
import { paymentOrder } from '#payments/payment/payment-item.ts';
import type { Context } from '#platform/context/context.ts';
import { keys } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { retryOnConflict } from '#platform/table/retry-on-conflict.ts';
import { readItems } from '#platform/table/table.ts';
import { writeOne } from '#platform/table/write-one.ts';

/**
 * Brings new payments of one fund into its newest gifts, the sets of its supporters and the staff's list. Repetitions and any order
 * give the same result: the newest twenty by time of payment. The item's version detects another writer, and the work is repeated on
 * that writer's result. It also queues comments and names for moderation, and cancels the erasure of the data of people who gave.
 */
export async function projectPayments(
  { slug, gifts: payments }: { readonly slug: string; readonly gifts: readonly Payment[] },
  { table }: Pick<Context, 'table'>,
): Promise<void> {
  const key = keys.latestGifts(slug);
  await retryOnConflict(async () => {
    const people = uniqueCheckouts(payments).map(keys.person);
    const supporters = payments.filter(isOfDonor).map(({ fund, donor }) => keys.supporter(fund, donor));
    const read = await readItems(table, [key, ...people, ...supporters], { consistent: true });
    for (const payment of payments) {
      await writeOne(table, { put: toListedPaymentItem(payment) });
      await cancelErasure(payment, read, { table });
    }
    await keepSupporters(payments, read, { table });
    const stored = read.itemAt(key);
    const projected = readIntact(payments, (payment) => ({
      payment,
      person: personAt(read, payment.checkoutId, payment.at),
    }));
    for (const { payment, person } of projected) {
      if (person && waitsOf(person).length > 0) {
        // This may restore an item that a decision removed at the same moment; the list leaves it out, because the person holds the decision.
        await writeOne(table, { put: toCommentItem(payment) });
      }
    }
    const fresh = projected
      .filter(({ payment }) => isListed(payment))
      .map(
        ({ payment, person }): LatestGift => ({
          order: paymentOrder(payment),
          gift: toPublicGift(payment, person),
        }),
      );
    const latest = mergeLatest(latestOf(stored), fresh);
    return (await writeLatestGifts({ slug, latest, before: stored }, { table })) || undefined;
  });
}

function uniqueCheckouts(payments: readonly Payment[]): string[] {
  return [...new Set(payments.map((payment) => payment.checkoutId))];
}

import { toCommentItem } from '#giving/comments/comment-item.ts';
import { type LatestGift, latestOf, mergeLatest } from '#giving/latest-gifts/latest-gifts-item.ts';
import { toPublicGift } from '#giving/latest-gifts/public-gift.ts';
import { toLatestGiftsChange } from '#giving/latest-gifts/write-latest-gifts.ts';
import { keepSupporters } from '#giving/supporters/keep-supporters.ts';
import { decideSupporter, isOfDonor } from '#giving/supporters/supporter-item.ts';
import { cancelErasure } from '#kernel/people/cancel-erasure.ts';
import { waitsOf } from '#kernel/people/person-item.ts';
import { personAt } from '#kernel/people/read-person.ts';
import { toListedPaymentItem } from '#payments/payment/listed-payment-item.ts';
import { isListed, type Payment } from '#payments/payment/payment.ts';
import { paymentOrder } from '#payments/payment/payment-item.ts';
import type { Context } from '#platform/context/context.ts';
import { isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { retryOnConflict } from '#platform/table/retry-on-conflict.ts';
import { readItems } from '#platform/table/table.ts';
import { type SeparateChange, writeEach } from '#platform/table/write-each.ts';

/**
 * Brings new payments of one fund into its newest gifts, the sets of its supporters and the staff's list. Repetitions and any order
 * give the same result: the newest twenty by time of payment. The item's version detects another writer, and the work is repeated on
 * that writer's result. It also queues comments and names for moderation, and cancels the erasure of the data of people who gave.
 * All is read in one request and written in another; only a donor's second gift takes a transaction more.
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
    const before = read.itemAt(key);
    const projected = readIntact(payments, (payment) => ({
      payment,
      person: personAt(read, payment.checkoutId, payment.at),
    }));
    const fresh = projected
      .filter(({ payment }) => isListed(payment))
      .map(
        ({ payment, person }): LatestGift => ({
          order: paymentOrder(payment),
          gift: toPublicGift(payment, person),
        }),
      );
    const latest = toLatestGiftsChange({ slug, latest: mergeLatest(latestOf(before), fresh), before });
    const firstGifts = new Map<Payment, SeparateChange>();
    for (const payment of payments.filter(isOfDonor)) {
      const { change, repeats } = decideSupporter(read.itemAt(keys.supporter(slug, payment.donor)), payment);
      if (change && repeats === 0) firstGifts.set(payment, change);
    }
    const written = await writeEach(table, [
      ...payments.map((payment) => ({ put: toListedPaymentItem(payment), condition: isNew })),
      ...payments.flatMap((payment) => cancelErasure(payment, read)),
      ...firstGifts.values(),
      // This may restore an item that a decision removed at the same moment; the list leaves it out, because the person holds the decision.
      ...projected
        .filter(({ person }) => person && waitsOf(person).length > 0)
        .map(({ payment }) => ({ put: toCommentItem(payment), condition: isNew })),
      latest,
    ]);
    const others = payments.filter((payment) => {
      const first = firstGifts.get(payment);
      return !first || !written.has(first);
    });
    await keepSupporters(others, read, { table });
    return written.has(latest) || undefined;
  });
}

function uniqueCheckouts(payments: readonly Payment[]): string[] {
  return [...new Set(payments.map((payment) => payment.checkoutId))];
}

import { Attempts } from '#kernel/attention/attempt-each.ts';
import { recordPayment } from '#payments/payment/record-payment.ts';
import type { Context } from '#platform/context/context.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { readSwept } from '#platform/table/swept-hours.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { dueAt, factOf } from './entered-payment.ts';
import { fromEnteredPaymentItem, toBeingBooked, toReceivedPromiseChange } from './entered-payment-item.ts';

/**
 * Books the entries whose ten minutes are over, each once: from the first step on it cannot be undone, and what a crash leaves is
 * taken up by the next run.
 *
 * @returns how many were booked, and how many wait still
 * @throws WorkFailed at the end when one could not be booked; the others were
 */
export async function recordEnteredPayments(
  ctx: Pick<Context, 'table' | 'now' | 'random'>,
): Promise<Record<'booked' | 'waiting', number>> {
  const { table, now } = ctx;
  const outcome = { booked: 0, waiting: 0 };
  const attempts = new Attempts(ctx);
  const waiting = readSwept(table, now, lists.enteredPayments);
  await attempts.each(
    'entered-payment',
    waiting,
    ({ pk }) => pk,
    async (item) => {
      const entered = fromEnteredPaymentItem(item);
      if (now < dueAt(entered)) {
        outcome.waiting += 1;
        return;
      }
      // The index is a moment behind: the entry may have been undone.
      if (!(await writeOne(table, toBeingBooked(entered)))) return;
      await recordPayment(factOf(entered), { ...ctx, thank: entered.thank });
      if (entered.promise !== undefined) await writeOne(table, toReceivedPromiseChange(entered.promise));
      await writeOne(table, { remove: keys.enteredPayment(entered.id) });
      outcome.booked += 1;
    },
  );
  attempts.end('entered payments could not be booked.');
  return outcome;
}

import { Attempts } from '#kernel/attention/attempt-each.ts';
import { toAttentionItem } from '#kernel/attention/attention-item.ts';
import type { PaymentFact } from '#payments/received/payment-fact.ts';
import { count, log } from '#platform/log.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { readSwept } from '#platform/table/swept-hours.ts';
import type { Item, Table } from '#platform/table/table.ts';
import { putNew, writeOne } from '#platform/table/write-one.ts';
import type { Whose } from './ask-whose.ts';
import { fromParkedItem, type ParkedPayment, toParkedItem } from './parked-item.ts';
import { type BookingContext, type Recorded, recordPayment } from './record-payment.ts';

/** What became of a reported payment: recorded in one of the ways of `recordGift`, or parked. */
export type Received = Exclude<Recorded, 'unknown-checkout'> | 'parked';

/** Books a paid checkout; one whose checkout is not there (yet) is parked and run again by the sweep. */
export async function receivePayment(paid: PaymentFact, ctx: BookingContext): Promise<Received> {
  const recorded = await recordPayment(paid, ctx);
  if (recorded === 'mismatch') count('BookingMismatch', { paymentId: paid.paymentId });
  if (recorded !== 'unknown-checkout') return recorded;
  // A duplicate event keeps the original `parkedAt`.
  await putNew(ctx.table, toParkedItem({ paid, parkedAt: ctx.now }));
  return 'parked';
}

/** Looks up at Stripe whose a payment is that is not booked; `at` is when its money moved. */
export type AskWhose = (paymentId: string, at: Date) => Promise<Whose>;

const patience = 3_600_000;

/**
 * Runs the parked payments again. One whose checkout is still missing after an hour is looked up at Stripe: without our key
 * it is dropped, and its money stands on `unassigned`; with it an alarm rings and a person finds it in the list.
 *
 * @returns how many ended in each way
 * @throws WorkFailed at the end when some could not be run; the others were
 */
export async function runParkedPayments(
  ctx: BookingContext & { readonly whose: AskWhose },
): Promise<Record<'booked' | 'dropped' | 'alarmed' | 'waiting', number>> {
  const settled = { booked: 0, dropped: 0, alarmed: 0, waiting: 0 };
  const attempts = new Attempts(ctx);
  const waiting = readSwept(ctx.table, ctx.now, lists.parked);
  await attempts.each('parked-payment', waiting, idOf, async (item) => {
    settled[await runParkedPayment(fromParkedItem(item), ctx)] += 1;
  });
  attempts.end('parked payments could not be run.');
  return settled;
}

function idOf({ pk }: Item): string {
  return pk;
}

async function runParkedPayment(
  parked: ParkedPayment,
  ctx: BookingContext & { readonly whose: AskWhose },
): Promise<'booked' | 'dropped' | 'alarmed' | 'waiting'> {
  const { paid } = parked;
  const recorded = await recordPayment(paid, ctx);
  if (recorded !== 'unknown-checkout') {
    await unpark(ctx.table, paid);
    return 'booked';
  }
  if (ctx.now.getTime() - parked.parkedAt.getTime() < patience) return 'waiting';
  if ((await ctx.whose(paid.paymentId, paid.at)) === 'another') {
    await unpark(ctx.table, paid);
    log('info', 'parked-payment-dropped', { paymentId: paid.paymentId });
    return 'dropped';
  }
  const { paymentId, checkoutId } = paid;
  const attention = toAttentionItem({ kind: 'parked-with-our-key', id: paymentId, checkoutId, at: ctx.now });
  await writeOne(ctx.table, { put: { ...attention, paid: toParkedItem(parked) } });
  await unpark(ctx.table, paid);
  count('ParkedWithOurKey', { paymentId });
  return 'alarmed';
}

async function unpark(table: Table, paid: PaymentFact): Promise<void> {
  await writeOne(table, { remove: keys.parked(paid.paymentId) });
}

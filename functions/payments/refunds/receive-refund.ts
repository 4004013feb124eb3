import { Attempts } from '#kernel/attention/attempt-each.ts';
import { toAttentionItem } from '#kernel/attention/attention-item.ts';
import type { AskWhose } from '#payments/payment/record-payment.ts';
import { count, log } from '#platform/log.ts';
import { lists } from '#platform/table/keys.ts';
import { readSwept } from '#platform/table/swept-hours.ts';
import { putNew, writeOne } from '#platform/table/write-one.ts';
import { failRefund } from './fail-refund.ts';
import { type RecordedRefund, type RefundContext, recordRefund } from './record-refund.ts';
import type { RefundFact } from './refund.ts';
import { fromParkedRefundItem, type ParkedRefund, toParkedRefundItem } from './refund-item.ts';

/** What became of a refund that Stripe reported: as `recordRefund` says, or its failure was booked, or it waits for its gift. */
export type ReceivedRefund = Exclude<RecordedRefund, 'unknown-gift'> | 'refund-failed' | 'parked';

/** Books a refund, or its failure; one whose gift is not there (yet) is parked and run again by the sweep. */
export async function receiveRefund(fact: RefundFact, ctx: RefundContext): Promise<ReceivedRefund> {
  const outcome = await recordRefundOrFailure(fact, ctx);
  if (outcome !== 'unknown-gift') return outcome;
  // A duplicate event keeps the original `parkedAt`.
  await putNew(ctx.table, toParkedRefundItem({ fact, parkedAt: ctx.now }));
  return 'parked';
}

/** A failure may be reported before the refund itself: then both are booked, each at its own time, as in the right order. */
async function recordRefundOrFailure(
  fact: RefundFact,
  ctx: RefundContext,
): Promise<Exclude<ReceivedRefund, 'parked'> | 'unknown-gift'> {
  const recorded = await recordRefund(fact, ctx);
  if (recorded === 'unknown-gift' || !fact.failedAt) return recorded;
  return failRefund({ ...fact, failedAt: fact.failedAt }, ctx);
}

const patience = 3_600_000;

/**
 * Runs the parked refunds again. One whose gift is still missing after an hour is looked up at Stripe: without our key it
 * is dropped, and its money stands on `unassigned`; with it an alarm rings and a person finds it in the list.
 *
 * @returns how many ended in each way
 * @throws WorkFailed at the end when some could not be run; the others were
 */
export async function runParkedRefunds(
  ctx: RefundContext & { readonly whose: AskWhose },
): Promise<Record<'booked' | 'dropped' | 'alarmed' | 'waiting', number>> {
  const settled = { booked: 0, dropped: 0, alarmed: 0, waiting: 0 };
  const attempts = new Attempts(ctx);
  const waiting = readSwept(ctx.table, ctx.now, lists.parkedRefunds);
  await attempts.each(
    'parked-refund',
    waiting,
    ({ pk }) => pk,
    async (item) => {
      settled[await runParkedRefund(fromParkedRefundItem(item), ctx)] += 1;
    },
  );
  attempts.end('parked refunds could not be run.');
  return settled;
}

async function runParkedRefund(
  parked: ParkedRefund,
  ctx: RefundContext & { readonly whose: AskWhose },
): Promise<'booked' | 'dropped' | 'alarmed' | 'waiting'> {
  const { refundId, paymentId } = parked.fact;
  if ((await recordRefundOrFailure(parked.fact, ctx)) !== 'unknown-gift') {
    await unpark(parked, ctx);
    return 'booked';
  }
  if (ctx.now.getTime() - parked.parkedAt.getTime() < patience) return 'waiting';
  const whose = await ctx.whose(paymentId, parked.fact.at);
  if (whose === 'waiting') return 'waiting';
  if (whose === 'another') {
    await unpark(parked, ctx);
    log('info', 'parked-refund-dropped', { refundId, paymentId });
    return 'dropped';
  }
  const attention = { kind: 'refund-parked', id: refundId, paymentId, at: ctx.now } as const;
  await writeOne(ctx.table, { put: { ...toAttentionItem(attention), parked: toParkedRefundItem(parked) } });
  await unpark(parked, ctx);
  count('RefundNeedsPerson', { refundId, reason: 'parked' });
  return 'alarmed';
}

async function unpark(parked: ParkedRefund, { table }: RefundContext): Promise<void> {
  await writeOne(table, { remove: toParkedRefundItem(parked) });
}

import { Attempts } from '#kernel/attention/attempt-each.ts';
import { toAttentionItem } from '#kernel/attention/attention-item.ts';
import type { CarriesOurKey } from '#payments/gifts/receive-payment.ts';
import { count, log } from '#platform/log.ts';
import { lists } from '#platform/table/keys.ts';
import { readSwept } from '#platform/table/swept-hours.ts';
import { putNew, writeOne } from '#platform/table/write-one.ts';
import { failRefund } from './fail-refund.ts';
import { type RecordedRefund, type RecordRefund, recordRefund } from './record-refund.ts';
import type { RefundFact } from './refund.ts';
import { fromParkedRefundItem, type ParkedRefund, toParkedRefundItem } from './refund-item.ts';

/** What became of a refund that Stripe told of: as `recordRefund` says, or its failure was booked, or it waits for its gift. */
export type ReceivedRefund = Exclude<RecordedRefund, 'unknown-gift'> | 'refund-failed' | 'parked';

/** Books a refund, or its failure; one whose gift is not there (yet) is parked and run again by the sweep. */
export async function receiveRefund(fact: RefundFact, deps: RecordRefund): Promise<ReceivedRefund> {
  const settled = await settleRefund(fact, deps);
  if (settled !== 'unknown-gift') return settled;
  // A duplicate event does not begin its hour anew.
  await putNew(deps.table, toParkedRefundItem({ fact, parkedAt: deps.now }));
  return 'parked';
}

/** A failure may be told before the refund itself: then both are booked, each at its own time, as in the right order. */
async function settleRefund(
  fact: RefundFact,
  deps: RecordRefund,
): Promise<Exclude<ReceivedRefund, 'parked'> | 'unknown-gift'> {
  const recorded = await recordRefund(fact, deps);
  if (recorded === 'unknown-gift' || !fact.failedAt) return recorded;
  return failRefund(fact, fact.failedAt, deps);
}

const patience = 3_600_000;

/**
 * Runs the parked refunds again. One whose gift is still missing after an hour is looked up at Stripe: without our key it
 * is dropped, and its money stands on `unassigned`; with it an alarm rings and a person finds it in the list.
 *
 * @returns how many were settled in each way
 * @throws WorkFailed at the end when some could not be run; the others were
 */
export async function runParkedRefunds(
  deps: RecordRefund & { readonly carriesOurKey: CarriesOurKey },
): Promise<Record<'booked' | 'dropped' | 'alarmed' | 'waiting', number>> {
  const settled = { booked: 0, dropped: 0, alarmed: 0, waiting: 0 };
  const attempts = new Attempts(deps);
  const waiting = readSwept(deps.table, deps.now, lists.parkedRefunds);
  await attempts.each(
    'parked-refund',
    waiting,
    ({ pk }) => pk,
    async (item) => {
      settled[await runParkedRefund(fromParkedRefundItem(item), deps)] += 1;
    },
  );
  attempts.end('parked refunds could not be run.');
  return settled;
}

async function runParkedRefund(
  parked: ParkedRefund,
  deps: RecordRefund & { readonly carriesOurKey: CarriesOurKey },
): Promise<'booked' | 'dropped' | 'alarmed' | 'waiting'> {
  const { refundId, paymentId } = parked.fact;
  if ((await settleRefund(parked.fact, deps)) !== 'unknown-gift') {
    await unpark(parked, deps);
    return 'booked';
  }
  if (deps.now.getTime() - parked.parkedAt.getTime() < patience) return 'waiting';
  if (!(await deps.carriesOurKey(paymentId))) {
    await unpark(parked, deps);
    log('info', 'parked-refund-dropped', { refundId, paymentId });
    return 'dropped';
  }
  const attention = { kind: 'refund-parked', id: refundId, paymentId, at: deps.now } as const;
  await writeOne(deps.table, { put: { ...toAttentionItem(attention), parked: toParkedRefundItem(parked) } });
  await unpark(parked, deps);
  count('RefundNeedsPerson', { refundId, reason: 'parked' });
  return 'alarmed';
}

async function unpark(parked: ParkedRefund, { table }: RecordRefund): Promise<void> {
  await writeOne(table, { remove: toParkedRefundItem(parked) });
}

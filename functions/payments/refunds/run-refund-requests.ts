import { Attempts } from '#kernel/attention/attempt-each.ts';
import { callOnce } from '#kernel/attention/call-person.ts';
import { lastMonths } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { lists } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { type Item, readWholeList } from '#platform/table/table.ts';
import { carryOutRefund, type RefundAtStripe } from './carry-out-refund.ts';
import { fromRefundRequestItem, type RefundRequest } from './refund-request.ts';

/** The process that made a younger request still works on it. Milliseconds. */
const beingWorkedOn = 60_000;
const stuckAfter = 24 * 3_600_000;
const monthsBack = 3;

/**
 * Takes up the requests of which Stripe's answer is not known. One that is not done or refused after a day is listed for a person once,
 * and goes on being tried.
 *
 * @returns how many ended, and how many still wait
 * @throws WorkFailed at the end when one could not be worked on; the others were
 */
export async function runRefundRequests(ctx: RefundAtStripe): Promise<{ settled: number; waiting: number }> {
  const outcome = { settled: 0, waiting: 0 };
  const attempts = new Attempts(ctx);
  await attempts.each(
    'refund-request',
    openRequestItems(ctx),
    ({ pk }) => pk,
    async (item) => {
      const request = fromRefundRequestItem(item);
      if (ctx.now.getTime() - request.at.getTime() < beingWorkedOn) return;
      outcome[await retryRequest(request, ctx)] += 1;
    },
  );
  attempts.end('requests for refunds could not be worked on.');
  return outcome;
}

async function retryRequest(request: RefundRequest, ctx: RefundAtStripe): Promise<'settled' | 'waiting'> {
  // Listed before it is tried, because the attempt may fail in an unforeseen way.
  if (ctx.now.getTime() - request.at.getTime() > stuckAfter) await recordStuck(request, ctx);
  try {
    const { state } = await carryOutRefund({ request, again: true }, ctx);
    return state === 'asked' ? 'waiting' : 'settled';
  } catch (error) {
    if (error instanceof Problem) return 'settled';
    throw error;
  }
}

async function recordStuck({ id }: RefundRequest, { table, now }: RefundAtStripe): Promise<void> {
  const attention = { kind: 'refund-stuck', id, at: now } as const;
  const fields = { requestId: id, reason: 'stuck' };
  await callOnce({ need: 'RefundNeedsPerson', attention, fields }, { table });
}

/** The open requests of the last months; a corrupt one is left out. */
export async function openRequests({ table, now }: Pick<Context, 'table' | 'now'>): Promise<RefundRequest[]> {
  const found: Item[] = [];
  for await (const item of openRequestItems({ table, now })) found.push(item);
  return readIntact(found, fromRefundRequestItem);
}

async function* openRequestItems({ table, now }: Pick<Context, 'table' | 'now'>): AsyncGenerator<Item> {
  for (const month of lastMonths(now, monthsBack)) {
    for await (const page of readWholeList(table, lists.openRefundRequests(month))) yield* page;
  }
}

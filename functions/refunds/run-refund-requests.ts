import { toAttentionItem } from '../gifts/attention-item.ts';
import { lastMonths } from '../platform/clock.ts';
import { Problem } from '../platform/errors.ts';
import { count, errorFields, log } from '../platform/log.ts';
import { lists } from '../table/keys.ts';
import { putNew, readWholeList, type Table } from '../table/table.ts';
import { carryOutRefund, type RefundDeps } from './carry-out-refund.ts';
import { fromRefundRequestItem, type RefundRequest } from './refund-request.ts';

/** A younger request is being worked on by whoever made it. Milliseconds. */
const beingWorkedOn = 60_000;
const stuckAfter = 24 * 3_600_000;
const monthsBack = 3;

/**
 * Takes up the requests of which Stripe's answer is not known. One that is not settled after a day is listed for a person once,
 * and goes on being tried.
 *
 * @returns how many were settled, and how many still wait
 * @throws Error at the end when one could not be worked on; the others were
 */
export async function runRefundRequests(deps: RefundDeps): Promise<{ settled: number; waiting: number }> {
  const outcome = { settled: 0, waiting: 0 };
  let failed = 0;
  for (const request of await openRequests(deps.table, deps.now)) {
    if (deps.now.getTime() - request.at.getTime() < beingWorkedOn) continue;
    try {
      outcome[await settleLate(request, deps)] += 1;
    } catch (error) {
      failed += 1;
      log('error', 'refund-request-failed', { requestId: request.id, ...errorFields(error) });
    }
  }
  if (failed > 0) throw new Error(`${failed} requests for refunds could not be worked on.`);
  return outcome;
}

async function settleLate(request: RefundRequest, deps: RefundDeps): Promise<'settled' | 'waiting'> {
  // Listed before it is tried, because trying may fail in ways that nobody has thought of.
  if (deps.now.getTime() - request.at.getTime() > stuckAfter) await noteStuck(request, deps);
  try {
    const { state } = await carryOutRefund(request, deps, { again: true });
    return state === 'asked' ? 'waiting' : 'settled';
  } catch (error) {
    if (error instanceof Problem) return 'settled';
    throw error;
  }
}

async function noteStuck({ id }: RefundRequest, { table, now }: RefundDeps): Promise<void> {
  const attention = { kind: 'refund-stuck', id, at: now } as const;
  if (await putNew(table, toAttentionItem(attention))) return;
  count('RefundNeedsPerson', { requestId: id, reason: 'stuck' });
}

/** The requests that are not settled, of the last months. */
export async function openRequests(table: Table, now: Date): Promise<RefundRequest[]> {
  const found: RefundRequest[] = [];
  for (const month of lastMonths(now, monthsBack)) {
    for await (const page of readWholeList(table, lists.openRefundRequests(month))) {
      found.push(...page.map(fromRefundRequestItem));
    }
  }
  return found;
}

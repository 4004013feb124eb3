import { toAttentionItem } from '#kernel/attention/attention-item.ts';
import { markDone } from '#kernel/outbox/mark-done.ts';
import type { RefreshDeps } from '#kernel/outbox/refresh-deps.ts';
import { fromRefreshItem, type RefreshedObject, toStoppedRefresh } from '#kernel/outbox/refresh-message.ts';
import { endSession } from '#payments/checkout/gateway.ts';
import { refreshDispute } from '#payments/disputes/refresh-dispute.ts';
import { count } from '#platform/log.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems, type Table } from '#platform/table/table.ts';

/**
 * Reads one object of Stripe's again and commits its state; answers a word for the log. The state that stands in the table at the
 * end is the newest, however many run at once.
 * @returns `missing` when Stripe has no such object
 */
type Refresh = (objectId: string, deps: RefreshDeps) => Promise<string>;

/** What is done for each kind of object: there is no other list of refreshes. */
const refreshTable: Readonly<Record<RefreshedObject, Refresh>> = {
  dispute: refreshDispute,
  session: endTriedOut,
};

/** What follows from the end, Stripe tells by an event: the checkout expires. */
async function endTriedOut(sessionId: string, { stripe }: RefreshDeps): Promise<string> {
  const outcome = await endSession(stripe, sessionId);
  if (outcome === 'unknown') throw new Error(`Session ${sessionId}: Stripe did not say that it ended.`);
  return outcome;
}

/** An attempt that fails later than this calls a person: the sweep offers nothing older than a day. Milliseconds. */
const lastAutomaticAttempt = 23 * 3_600_000;

/**
 * Does one refresh of the outbox. One that was done is marked and not done again; one whose object Stripe does not have, or that
 * failed for 23 hours, is listed for a person.
 *
 * @returns a word for the log
 * @throws what Stripe or the table threw, so that the queue tries again
 */
export async function runRefresh(outboxKey: string, deps: RefreshDeps): Promise<string> {
  const at = keys.outbox(outboxKey);
  const item = (await readItems(deps.table, [at], { consistent: true })).itemAt(at);
  if (!item) return 'gone';
  const message = fromRefreshItem(item);
  if (message.sentAt) return 'already-done';
  if (message.stopped) return 'stopped';
  const now = deps.clock();
  let outcome: string;
  try {
    outcome = await refreshTable[message.object](message.objectId, deps);
  } catch (error) {
    if (now.getTime() - message.createdAt.getTime() <= lastAutomaticAttempt) throw error;
    await stop(outboxKey, 'too-old', now, deps.table);
    return 'stopped';
  }
  if (outcome === 'missing') {
    await stop(outboxKey, 'missing-at-stripe', now, deps.table);
    return 'stopped';
  }
  await markDone(at, now, deps.table);
  return outcome;
}

async function stop(outboxKey: string, reason: string, now: Date, table: Table): Promise<void> {
  const attention = toAttentionItem({ kind: 'refresh-stopped', id: outboxKey, at: now, reason });
  await commit(table, () => ({
    outbox: toStoppedRefresh(keys.outbox(outboxKey), reason),
    attention: { put: attention },
  }));
  count('RefreshNeedsPerson', { outboxKey, reason });
}

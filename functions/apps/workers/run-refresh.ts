import { markDone, stop } from '#kernel/outbox/end-message.ts';
import type { RefreshedObject } from '#kernel/outbox/outbox.ts';
import type { StoredMessage } from '#kernel/outbox/outbox-item.ts';
import { endSession } from '#payments/checkout/gateway.ts';
import { type RefreshContext, refreshDispute } from '#payments/disputes/refresh-dispute.ts';

/**
 * What became of an object: a dispute was `written` or `unchanged`, a Session `ended` or was `complete`; or Stripe has no such object.
 */
export type Refreshed = 'written' | 'unchanged' | 'ended' | 'complete' | 'missing';

/** Reads one object of Stripe again and commits its state. However many run at once, the table holds the newest state at the end. */
type Refresh = (objectId: string, ctx: RefreshContext) => Promise<Refreshed>;

/** The refresh of each kind of object: there is no other list of refreshes. */
const refreshTable: Readonly<Record<RefreshedObject, Refresh>> = {
  dispute: refreshDispute,
  session: endTriedOut,
};

/** Stripe reports the end by an event, and that event expires the checkout. */
async function endTriedOut(sessionId: string, { stripe }: RefreshContext): Promise<Refreshed> {
  const outcome = await endSession(sessionId, { stripe });
  if (outcome === 'unknown') throw new Error(`Session ${sessionId}: Stripe did not say that it ended.`);
  return outcome;
}

/** An attempt that fails later than this calls a person: the sweep requeues nothing older than a day. Milliseconds. */
const lastAutomaticAttempt = 23 * 3_600_000;

/**
 * Does one refresh of the outbox, and marks it. One whose object Stripe does not have, or that failed for 23 hours, is listed for a person.
 *
 * @throws what Stripe or the table threw, so that the queue tries again
 */
export async function runRefresh(
  message: StoredMessage<'refresh'>,
  ctx: RefreshContext,
): Promise<Refreshed | 'stopped'> {
  const { table } = ctx;
  const now = ctx.clock();
  let outcome: Refreshed;
  try {
    outcome = await refreshTable[message.object](message.objectId, ctx);
  } catch (error) {
    if (now.getTime() - message.createdAt.getTime() <= lastAutomaticAttempt) throw error;
    await stop({ message, reason: 'too-old' }, { table, now });
    return 'stopped';
  }
  if (outcome === 'missing') {
    await stop({ message, reason: 'missing-at-stripe' }, { table, now });
    return 'stopped';
  }
  await markDone({ message }, { table, now });
  return outcome;
}

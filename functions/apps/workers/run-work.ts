import { fromOutboxItem } from '#kernel/outbox/outbox-item.ts';
import type { RefreshContext } from '#payments/disputes/refresh-dispute.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';
import { type Fulfilled, runFulfil } from './run-fulfil.ts';
import { type Refreshed, runRefresh } from './run-refresh.ts';

/** What work needs; a stage without Stripe has nothing to refresh. */
type WorkContext = Omit<RefreshContext, 'stripe'> & { readonly stripe: RefreshContext['stripe'] | undefined };

/**
 * Does one message of the queue `work`. What was done is marked, and not repeated.
 * @throws what Stripe, the table or a fulfilment threw, so that the queue tries again
 */
export async function runWork(
  outboxKey: string,
  ctx: WorkContext,
): Promise<Refreshed | Fulfilled | 'gone' | 'already-done' | 'stopped'> {
  const at = keys.outbox(outboxKey);
  const item = (await readItems(ctx.table, [at], { consistent: true })).itemAt(at);
  if (!item) return 'gone';
  const message = fromOutboxItem(item);
  if (message.sentAt) return 'already-done';
  if (message.stopped) return 'stopped';
  switch (message.kind) {
    case 'refresh': {
      const { stripe } = ctx;
      if (!stripe) throw new Error(`Message ${message.key} asks for Stripe, which this stage does not have.`);
      return runRefresh(message, { ...ctx, stripe });
    }
    case 'fulfil':
      return runFulfil(message, ctx);
    default:
      throw new Error(`Message ${message.key} is of the kind ${message.kind}: it came into the wrong queue.`);
  }
}

import { toResolvedChange } from '#kernel/attention/attention-item.ts';
import { callOnce } from '#kernel/attention/call-person.ts';
import { markDone } from '#kernel/outbox/end-message.ts';
import type { StoredMessage } from '#kernel/outbox/outbox-item.ts';
import { fromCheckoutItem } from '#payments/checkout/checkout-item.ts';
import type { Context } from '#platform/context/context.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';
import { type Fulfilments, fulfilledByBooking, fulfilments } from './fulfilments.ts';

export type Fulfilled = 'fulfilled';

type FulfilContext = Pick<Context, 'table' | 'clock' | 'random'>;

/** What only a person can mend: trying again does not help. */
class Unfulfillable extends Error {
  override readonly name = 'Unfulfillable';
}

/** A fulfilment that fails for so long calls a person, and goes on being tried. Milliseconds. */
const patience = 3_600_000;

/**
 * Fulfils what a payment bought, each kind of line by its own fulfilment, and marks it. One that fails is tried again by the queue and the
 * sweep, and listed for a person after an hour, or at once when nothing here can fulfil it.
 *
 * @throws what the fulfilment or the table threw, so that the queue tries again
 */
export async function runFulfil(
  message: StoredMessage<'fulfil'>,
  ctx: FulfilContext,
  table: Fulfilments = fulfilments,
): Promise<Fulfilled> {
  const now = ctx.clock();
  try {
    await fulfil(message, { ...ctx, now }, table);
  } catch (error) {
    const age = now.getTime() - message.createdAt.getTime();
    if (age >= patience || error instanceof Unfulfillable)
      await callForFailure(message, error, { ...ctx, now });
    throw error;
  }
  await markDone({ message }, { table: ctx.table, now });
  const resolved = { by: 'worker', at: now, note: 'It was fulfilled after all.' };
  await commit(ctx.table, () => ({ attention: toResolvedChange(attentionKey(message), resolved) }));
  return 'fulfilled';
}

async function fulfil(
  { paymentId, checkoutId }: StoredMessage<'fulfil'>,
  ctx: Pick<Context, 'table' | 'now' | 'random'>,
  table: Fulfilments,
): Promise<void> {
  const at = keys.checkout(checkoutId);
  const item = (await readItems(ctx.table, [at], { consistent: true })).itemAt(at);
  if (!item) throw new Unfulfillable('Its checkout is not there.');
  const checkout = fromCheckoutItem(item);
  for (const kind of new Set(checkout.lines.map((line) => line.kind))) {
    const act = table[kind];
    const lines = checkout.lines.filter((line) => line.kind === kind);
    if (act) await act({ paymentId, checkout, lines }, ctx);
    else if (!fulfilledByBooking.has(kind))
      throw new Unfulfillable(`Nothing fulfils a line of the kind ${kind}.`);
  }
}

async function callForFailure(
  message: StoredMessage<'fulfil'>,
  error: unknown,
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<void> {
  const { key: id, paymentId, checkoutId } = message;
  const reason = error instanceof Error ? error.name : typeof error;
  const attention = { kind: 'fulfil-failed', id, paymentId, checkoutId, at: now, reason } as const;
  await callOnce({ need: 'FulfilNeedsPerson', attention, fields: { outboxKey: id, reason } }, { table });
}

function attentionKey({ key }: StoredMessage<'fulfil'>) {
  return keys.attention('fulfil-failed', key);
}

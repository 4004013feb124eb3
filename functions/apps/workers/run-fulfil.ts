import { callOnce, resolveItself } from '#kernel/attention/call-person.ts';
import { markDone } from '#kernel/outbox/end-message.ts';
import type { StoredMessage } from '#kernel/outbox/outbox-item.ts';
import { fromCheckoutItem } from '#payments/checkout/checkout-item.ts';
import type { Context } from '#platform/context/context.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';
import { type Fulfilments, fulfilledByBooking, fulfilments } from './fulfilments.ts';

export type Fulfilled = 'fulfilled';

type FulfilContext = Pick<Context, 'table' | 'clock' | 'random'>;

/** What a person is called for when it fails. */
const kind = 'fulfil-failed';

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
  let wasCalled: boolean;
  try {
    wasCalled = await fulfil(message, { ...ctx, now }, table);
  } catch (error) {
    const age = now.getTime() - message.createdAt.getTime();
    if (age >= patience || error instanceof Unfulfillable)
      await callForFailure(message, error, { ...ctx, now });
    throw error;
  }
  await markDone({ message }, { table: ctx.table, now });
  const called = { kind, id: message.key, note: 'It was fulfilled after all.' } as const;
  if (wasCalled) await resolveItself(called, { table: ctx.table, now });
  return 'fulfilled';
}

/** @returns whether a person was called, because it failed before */
async function fulfil(
  { key, paymentId, checkoutId }: StoredMessage<'fulfil'>,
  ctx: Pick<Context, 'table' | 'now' | 'random'>,
  table: Fulfilments,
): Promise<boolean> {
  const [at, attention] = [keys.checkout(checkoutId), keys.attention(kind, key)];
  const found = await readItems(ctx.table, [at, attention], { consistent: true });
  const item = found.itemAt(at);
  if (!item) throw new Unfulfillable('Its checkout is not there.');
  const checkout = fromCheckoutItem(item);
  for (const bought of new Set(checkout.lines.map(({ kind }) => kind))) {
    const act = table[bought];
    const lines = checkout.lines.filter((line) => line.kind === bought);
    if (act) await act({ paymentId, checkout, lines }, ctx);
    else if (!fulfilledByBooking.has(bought))
      throw new Unfulfillable(`Nothing fulfils a line of the kind ${bought}.`);
  }
  return found.itemAt(attention) !== undefined;
}

async function callForFailure(
  message: StoredMessage<'fulfil'>,
  error: unknown,
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<void> {
  const { key: id, paymentId, checkoutId } = message;
  const reason = error instanceof Error ? error.name : typeof error;
  const attention = { kind, id, paymentId, checkoutId, at: now, reason } as const;
  await callOnce({ need: 'FulfilNeedsPerson', attention, fields: { outboxKey: id, reason } }, { table });
}

import { toScheduledErasureChange } from '#kernel/people/person-item.ts';
import type { Context } from '#platform/context/context.ts';
import { type Change, commit, type Outcome } from '#platform/table/commit.ts';
import type { Table } from '#platform/table/table.ts';
import { choicesLifetime } from './checkout.ts';
import { toStatusChange } from './checkout-item.ts';

/** What became of a status: it moved, or the checkout stood elsewhere (a paid one is never demoted) or is unknown. */
export type Transition = 'moved' | 'unchanged';

/** How long a bank may work on a payment before its person's data ends, in milliseconds: the slowest take some weeks. */
const processingLifetime = 60 * 24 * 3_600_000;

/** Marks a checkout whose payment is under way as processing. The person's data is kept for as long as a bank may work on it. */
export function processCheckout(
  checkoutId: string,
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<Transition> {
  return transition(table, checkoutId, toStatusChange(checkoutId, 'processing', ['open']), {
    now,
    until: new Date(now.getTime() + processingLifetime),
  });
}

/** Ends a checkout that was not paid. The person's data is deleted a day later. */
export function expireCheckout(
  checkoutId: string,
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<Transition> {
  const expired = toStatusChange(checkoutId, 'expired', ['open']);
  return transition(table, checkoutId, expired, { now, until: new Date(now.getTime() + choicesLifetime) });
}

/** Ends a checkout whose payment failed at last. The person's data is deleted a day later. */
export function failCheckout(
  checkoutId: string,
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<Transition> {
  const failed = toStatusChange(checkoutId, 'failed', ['open', 'processing']);
  return transition(table, checkoutId, failed, { now, until: new Date(now.getTime() + choicesLifetime) });
}

/**
 * Moves a checkout on, and lets the person's data end at a moment. Repeats and late events change nothing; a checkout whose person's
 * data has ended moves on all the same.
 */
async function transition(
  table: Table,
  checkoutId: string,
  checkout: Change,
  { now, until }: { readonly now: Date; readonly until: Date },
): Promise<Transition> {
  const person = toScheduledErasureChange(checkoutId, until, now);
  let outcome: Outcome<'checkout' | 'person'> = await commit(table, () => ({ checkout, person }));
  if (!outcome.committed && !outcome.failed.has('checkout')) {
    outcome = await commit(table, () => ({ checkout }));
  }
  return outcome.committed ? 'moved' : 'unchanged';
}

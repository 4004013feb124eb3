import { type Change, commit } from '../table/commit.ts';
import type { Table } from '../table/table.ts';
import { type CheckoutStatus, choicesKept } from './checkout.ts';
import { toStatusChange } from './checkout-item.ts';
import { toForgottenChange } from './person-item.ts';

/** What became of a status: it moved, or the checkout stood elsewhere (a paid one is never demoted) or is unknown. */
export type Settled = 'moved' | 'unchanged';

/** Moves a checkout from one of the given places to another. Repeats and late events change nothing. */
export async function settleCheckout(
  table: Table,
  checkoutId: string,
  status: CheckoutStatus,
  from: readonly [CheckoutStatus, ...CheckoutStatus[]],
): Promise<Settled> {
  const outcome = await commit(table, () => ({ checkout: toStatusChange(checkoutId, status, from) }));
  return outcome.committed ? 'moved' : 'unchanged';
}

/**
 * Ends a checkout that was not paid. Its link to a new Session is kept, and the person's data is deleted a day later.
 * @param recoveryUrl Stripe's link to start again (Session `after_expiration.recovery.url`)
 */
export function expireCheckout(
  table: Table,
  checkoutId: string,
  now: Date,
  recoveryUrl: string | undefined,
): Promise<Settled> {
  return endUnpaid(table, checkoutId, now, toStatusChange(checkoutId, 'expired', ['open'], recoveryUrl));
}

/** Ends a checkout whose payment failed at last. The person's data is deleted a day later. */
export function failCheckout(table: Table, checkoutId: string, now: Date): Promise<Settled> {
  return endUnpaid(table, checkoutId, now, toStatusChange(checkoutId, 'failed', ['open', 'processing']));
}

async function endUnpaid(table: Table, checkoutId: string, now: Date, checkout: Change): Promise<Settled> {
  const outcome = await commit(table, () => ({
    checkout,
    person: toForgottenChange(checkoutId, new Date(now.getTime() + choicesKept)),
  }));
  return outcome.committed ? 'moved' : 'unchanged';
}

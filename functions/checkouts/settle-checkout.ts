import { commit } from '../table/commit.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import type { CheckoutStatus } from './checkout.ts';
import { toStatusChange } from './checkout-item.ts';

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

/** How long the choices of a checkout that was given up are kept, in seconds. */
const choicesKept = 24 * 3600;

/**
 * Ends a checkout that was not paid. Its link to a new Session is kept, and the person's data is deleted a day later.
 * @param recoveryUrl Stripe's link to start again (Session `after_expiration.recovery.url`)
 */
export async function expireCheckout(
  table: Table,
  checkoutId: string,
  now: Date,
  recoveryUrl: string | undefined,
): Promise<Settled> {
  const outcome = await commit(table, () => ({
    checkout: toStatusChange(checkoutId, 'expired', ['open'], recoveryUrl),
    person: {
      update: keys.person(checkoutId),
      set: {
        expression: 'SET #ttl = :end',
        names: { '#ttl': 'ttl' },
        values: { ':end': Math.floor(now.getTime() / 1000) + choicesKept },
      },
      condition: 'attribute_exists(pk)',
    },
  }));
  return outcome.committed ? 'moved' : 'unchanged';
}

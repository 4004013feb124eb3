import type Stripe from 'stripe';
import { log } from '#platform/log.ts';
import type { Table } from '#platform/table/table.ts';
import type { Checkout } from './checkout.ts';
import { endSession } from './gateway.ts';
import { expireCheckout } from './transition-checkout.ts';

/**
 * Ends a checkout that another one takes the place of, so that only one of them can be paid.
 * @returns `paid` when the donor has paid the old one meanwhile; `unknown` when Stripe does not answer, and it is left as it was
 */
export async function replaceCheckout(
  table: Table,
  stripe: Stripe,
  old: Checkout,
  now: Date,
): Promise<'ended' | 'paid' | 'unknown'> {
  const session = old.sessionId ? await endSession(stripe, old.sessionId) : 'ended';
  if (session === 'complete') return 'paid';
  if (session === 'unknown') {
    log('warn', 'replaced-session-left', { checkoutId: old.id });
    return 'unknown';
  }
  await expireCheckout(table, old.id, now);
  return 'ended';
}

import type { Context } from '#platform/context/context.ts';
import { log } from '#platform/log.ts';
import type { Checkout } from './checkout.ts';
import { endSession } from './gateway.ts';
import { expireCheckout } from './transition-checkout.ts';

/**
 * Ends a checkout that another one takes the place of, so that only one of them can be paid.
 * @returns `paid` when the donor has paid the old one meanwhile; `unknown` when Stripe does not answer, and it is left as it was
 */
export async function replaceCheckout(
  old: Checkout,
  { table, stripe, now }: Pick<Context, 'table' | 'stripe' | 'now'>,
): Promise<'ended' | 'paid' | 'unknown'> {
  const session = old.sessionId ? await endSession(old.sessionId, { stripe }) : 'ended';
  if (session === 'complete') return 'paid';
  if (session === 'unknown') {
    log('warn', 'replaced-session-left', { checkoutId: old.id });
    return 'unknown';
  }
  await expireCheckout(old.id, { table, now });
  return 'ended';
}

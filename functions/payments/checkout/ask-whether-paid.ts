import type Stripe from 'stripe';
import type { Checkout } from './checkout.ts';
import { sessionPayment } from './gateway.ts';

/** What Stripe says of a checkout. */
export type WhetherPaid = 'paid' | 'unpaid' | 'unknown';

/**
 * Asks Stripe whether a checkout that is open here was paid: its event may be on its way while the donor is already back.
 * @returns `unknown` when Stripe does not answer within three seconds
 */
export async function askWhetherPaid(
  { status, sessionId }: Pick<Checkout, 'status' | 'sessionId'>,
  { stripe }: { readonly stripe: () => Promise<Stripe> },
): Promise<WhetherPaid> {
  if (status !== 'open' || !sessionId) return 'unpaid';
  const names = { complete: 'paid', incomplete: 'unpaid', unknown: 'unknown' } as const;
  return names[await sessionPayment(sessionId, { stripe: await stripe() })];
}

import Stripe from 'stripe';
import type { Context } from '#platform/context/context.ts';

/** What the desk's key may do, as Stripe says: what it needs and no more; in live mode or not, where a charge shows it. */
export type KeyState = 'right' | 'test-mode' | 'too-much' | 'too-little' | 'no-charge' | 'no-answer';

/** Asks Stripe what the desk's key may do: it should read charges, and be refused the balance. Two calls. */
export async function askKey({ stripe }: Pick<Context, 'stripe'>): Promise<KeyState> {
  const [charges, balance] = await Promise.all([
    outcomeOf(() => stripe.charges.list({ limit: 1 })),
    outcomeOf(() => stripe.balance.retrieve()),
  ]);
  if (charges === 'failed' || balance === 'failed') return 'no-answer';
  if (charges === 'refused') return 'too-little';
  if (balance !== 'refused') return 'too-much';
  const [charge] = charges.data;
  if (!charge) return 'no-charge';
  return charge.livemode ? 'right' : 'test-mode';
}

async function outcomeOf<T>(call: () => Promise<T>): Promise<T | 'refused' | 'failed'> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    const isRefused =
      error instanceof Stripe.errors.StripePermissionError ||
      error instanceof Stripe.errors.StripeAuthenticationError;
    return isRefused ? 'refused' : 'failed';
  }
}

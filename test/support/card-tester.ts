import Stripe from 'stripe';
import { amountOf, type Checkout } from '#payments/checkout/checkout.ts';
import { toMetadata } from '#payments/checkout/metadata.ts';
import { standIn } from './stand-in.ts';

/** A Stripe that makes every Session it is asked for, and counts the calls. */
export function countingStripe() {
  let calls = 0;
  const create = () => {
    calls += 1;
    const id = `cs_test_${calls}`;
    return Promise.resolve({ id, url: `https://checkout.stripe.com/c/pay/${id}` });
  };
  const expire = (id: string) => {
    calls += 1;
    return Promise.resolve({ id, status: 'expired' });
  };
  const retrieve = (id: string) => {
    calls += 1;
    return Promise.resolve({ id, status: 'open' });
  };
  const client = standIn<Stripe>({ checkout: { sessions: { create, expire, retrieve } } });
  return { open: () => Promise.resolve(client), calls: () => calls };
}

/** Stripe's event that a payment of a checkout's Session was declined. */
export function declineEvent(checkout: Checkout, at: Date, number: number) {
  return {
    id: `evt_declined_${number}`,
    object: 'event',
    api_version: Stripe.API_VERSION,
    created: Math.floor(at.getTime() / 1000),
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type: 'payment_intent.payment_failed',
    data: {
      object: {
        id: `pi_${checkout.id.slice(-8)}`,
        object: 'payment_intent',
        amount: amountOf(checkout),
        currency: checkout.currency,
        status: 'requires_payment_method',
        metadata: toMetadata(checkout),
      },
    },
  };
}

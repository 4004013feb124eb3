import type Stripe from 'stripe';
import { expireCheckout, settleCheckout } from '../checkouts/settle-checkout.ts';
import type { PaidCheckout } from '../gifts/gift.ts';
import { receivePayment } from '../gifts/receive-payment.ts';
import type { RecordGift } from '../gifts/record-gift.ts';
import { fromMetadata, type PaymentMetadata } from './metadata.ts';

type SessionEvent = Extract<Stripe.Event, { data: { object: Stripe.Checkout.Session } }>;
type Handle<Type extends Stripe.Event.Type> = (
  event: Extract<Stripe.Event, { type: Type }>,
  deps: RecordGift,
) => Promise<string>;
type EventTable = { readonly [Type in Stripe.Event.Type]?: Handle<Type> };

/**
 * Every type of Stripe event that is taken, with what is done: at once the list the endpoint subscribes to and the
 * dispatcher. Each answers a word for the log.
 */
export const eventTable = {
  'checkout.session.completed': (event, deps) =>
    ofOurs(event, (ours) =>
      event.data.object.payment_status === 'unpaid'
        ? settleCheckout(deps.table, ours.checkoutId, 'processing', ['open'])
        : bookSession(event, ours, deps),
    ),
  'checkout.session.async_payment_succeeded': (event, deps) =>
    ofOurs(event, (ours) => bookSession(event, ours, deps)),
  'checkout.session.async_payment_failed': (event, deps) =>
    ofOurs(event, (ours) => settleCheckout(deps.table, ours.checkoutId, 'failed', ['open', 'processing'])),
  'checkout.session.expired': (event, deps) =>
    ofOurs(event, (ours) =>
      expireCheckout(
        deps.table,
        ours.checkoutId,
        deps.now,
        event.data.object.after_expiration?.recovery?.url ?? undefined,
      ),
    ),
} satisfies EventTable;

/** Takes a verified event to its handler; a type that is not in the table is ignored. */
export async function handleEvent(event: Stripe.Event, deps: RecordGift): Promise<string> {
  if (!Object.hasOwn(eventTable, event.type)) return 'ignored';
  const handle = eventTable[event.type as keyof typeof eventTable] as Handle<never>;
  return handle(event as never, deps);
}

/** Goes on with a Session that carries our key; another product's is left alone. */
async function ofOurs(event: SessionEvent, act: (ours: PaymentMetadata) => Promise<string>): Promise<string> {
  const ours = fromMetadata(event.data.object.metadata);
  return ours ? act(ours) : 'not-ours';
}

function bookSession(event: SessionEvent, ours: PaymentMetadata, deps: RecordGift): Promise<string> {
  return receivePayment(toPaidCheckout(event, ours), deps);
}

function toPaidCheckout(event: SessionEvent, ours: PaymentMetadata): PaidCheckout {
  const session = event.data.object;
  const payment = session.payment_intent;
  const paymentId = typeof payment === 'string' ? payment : payment?.id;
  if (!paymentId || session.amount_total === null) {
    throw new Error(`Event ${event.id}: a paid Session has a payment and an amount.`);
  }
  if (session.currency !== 'hkd') throw new Error(`Event ${event.id}: the books are kept in hkd only.`);
  return {
    ...ours,
    paymentId,
    amount: session.amount_total,
    currency: session.currency,
    at: new Date(event.created * 1000),
  };
}

import type Stripe from 'stripe';
import type { eventTable } from '#apps/webhooks/events.ts';
import { toMetadata } from '#payments/checkout/metadata.ts';
import { aCheckout, now, sessionEvent } from './payments.ts';
import { aRefund, refundEvent } from './refunds.ts';

/** A type of event that we subscribe to. */
export type SubscribedType = keyof typeof eventTable;

/** An event of every type that we subscribe to, about the checkout, payment, refund, dispute and payout of a number. */
export function subscribedEvents(number: number): Readonly<Record<SubscribedType, Stripe.Event>> {
  const checkout = aCheckout(number);
  const seconds = Math.floor(now.getTime() / 1000);
  const payment = `pi_${checkout.id.slice(-8)}`;
  const about = (type: SubscribedType, object: object) => ({
    ...sessionEvent(checkout),
    id: `evt_${number}_${type}`,
    type,
    data: { object },
  });
  const session = (type: Parameters<typeof sessionEvent>[1] & object) => sessionEvent(checkout, type);
  const refund = aRefund(1, { id: `re_${number}`, payment_intent: payment });
  const dispute = {
    id: `du_${number}`,
    object: 'dispute',
    amount: 50_000,
    charge: `ch_${number}`,
    currency: 'hkd',
    payment_intent: payment,
    status: 'needs_response',
  };
  const payout = {
    id: `po_${number}`,
    object: 'payout',
    amount: 48_000,
    arrival_date: seconds + 172_800,
    automatic: true,
    created: seconds,
    currency: 'hkd',
    status: 'paid',
  };
  const events: Readonly<Record<SubscribedType, object>> = {
    'checkout.session.completed': session({}),
    'checkout.session.async_payment_succeeded': session({ type: 'checkout.session.async_payment_succeeded' }),
    'checkout.session.async_payment_failed': session({
      type: 'checkout.session.async_payment_failed',
      session: { payment_status: 'unpaid' },
    }),
    'checkout.session.expired': session({
      type: 'checkout.session.expired',
      session: {
        payment_status: 'unpaid',
        payment_intent: null,
        status: 'expired',
      },
    }),
    'payment_intent.payment_failed': about('payment_intent.payment_failed', {
      id: payment,
      object: 'payment_intent',
      amount: 50_000,
      currency: 'hkd',
      metadata: toMetadata(checkout),
      status: 'requires_payment_method',
    }),
    'refund.created': refundEvent('refund.created', { ...refund, status: 'pending' }),
    'refund.updated': refundEvent('refund.updated', refund, { previous: { status: 'pending' } }),
    'refund.failed': refundEvent('refund.failed', { ...refund, status: 'failed' }),
    'charge.dispute.created': about('charge.dispute.created', dispute),
    'charge.dispute.updated': about('charge.dispute.updated', dispute),
    'charge.dispute.funds_withdrawn': about('charge.dispute.funds_withdrawn', dispute),
    'charge.dispute.funds_reinstated': about('charge.dispute.funds_reinstated', dispute),
    'charge.dispute.closed': about('charge.dispute.closed', { ...dispute, status: 'won' }),
    'radar.early_fraud_warning.created': about('radar.early_fraud_warning.created', {
      id: `issfr_${number}`,
      object: 'radar.early_fraud_warning',
      actionable: true,
      charge: `ch_${number}`,
      created: seconds,
      fraud_type: 'made_with_stolen_card',
      payment_intent: payment,
    }),
    'payout.paid': about('payout.paid', payout),
    'payout.failed': about('payout.failed', { ...payout, status: 'failed' }),
    'payout.canceled': about('payout.canceled', { ...payout, status: 'canceled' }),
    'payout.reconciliation_completed': about('payout.reconciliation_completed', payout),
  };
  return events as Readonly<Record<SubscribedType, Stripe.Event>>;
}

/** A place in an event: the names on the way to it. */
export type Path = readonly string[];

/** Every place in a value, outermost first. */
export function pathsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, [...at, name]))].filter(
    (path) => path.length > 0,
  );
}

/** What stands for a field that is taken away. */
export const removed = Symbol('removed');

/** A copy with another value at a place; nothing changes where the place is gone. */
export function changedAt<Value>(value: Value, path: Path, other: unknown): Value {
  const copy = structuredClone(value);
  let holder = copy as Record<string, unknown> | undefined;
  for (const name of path.slice(0, -1)) {
    const next: unknown = holder?.[name];
    holder = typeof next === 'object' && next !== null ? (next as Record<string, unknown>) : undefined;
  }
  const last = path.at(-1);
  if (!holder || last === undefined) return copy;
  if (other === removed) delete holder[last];
  else holder[last] = other;
  return copy;
}

/** Values that no field of Stripe's should have, or only some should. */
export const oddValues: readonly unknown[] = [
  removed,
  null,
  true,
  '',
  ' ',
  0,
  -1,
  -50_000,
  0.5,
  1,
  99_999_999,
  100_000_000,
  2 ** 53,
  -(2 ** 53),
  1e21,
  1e300,
  253_402_300_800,
  8_640_000_000_001,
  -8_640_000_000_001,
  'NaN',
  '-500',
  '1e9',
  'a'.repeat(3000),
  '荔'.repeat(900),
  'pi_#gift',
  'a/b',
  '\ud800',
  'x\u0000y',
  'two\nlines',
  '__proto__',
  '../../x',
  'v2.core.event',
  [],
  [null],
  ['pi_1'],
  {},
  { id: null },
  { id: 'z'.repeat(3000) },
  { id: 'pi_expanded' },
  { constructor: null },
];

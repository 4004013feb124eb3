import type Stripe from 'stripe';
import { fromMetadata } from '#payments/checkout/metadata.ts';
import type { Parts } from '#payments/received/parts.ts';
import { isRecord } from '#platform/stripe/event-shape.ts';

/**
 * The fields of Stripe's objects that are archived: ids, amounts, states, times. Everything else is left out, above all what people
 * typed, their names, addresses and cards.
 */
const ids = [
  'id',
  'payment_intent',
  'charge',
  'balance_transaction',
  'failure_balance_transaction',
  'latest_charge',
  'destination',
] as const;
const words = [
  'object',
  'currency',
  'status',
  'payment_status',
  'reconciliation_status',
  'fraud_type',
] as const;
const numbers = [
  'amount',
  'amount_total',
  'amount_subtotal',
  'amount_refunded',
  'amount_captured',
  'created',
  'arrival_date',
  'expires_at',
] as const;

/** A Stripe event as it is archived: one JSON line. */
export interface ArchivedEvent {
  readonly id: string;
  readonly type: string;
  readonly created: number;
  readonly livemode: boolean;
  readonly apiVersion: string | null;
  readonly object: Readonly<Record<string, string | number>>;
  /** The checkout, the fund and what was to be paid, from our own metadata. */
  readonly ours?: { readonly checkout: string; readonly fund: string; readonly parts?: Parts };
  /** The balance transactions of a dispute. */
  readonly balanceTransactions?: readonly string[];
}

/** Reduces a Stripe event to ids and amounts, by an allow-list; an event without an object keeps only its own id and type. */
export function reduceEvent(event: Stripe.Event): ArchivedEvent {
  const data: unknown = event.data;
  const object = isRecord(data) && isRecord(data.object) ? data.object : {};
  const reduced: Record<string, string | number> = {};
  for (const name of ids) {
    const id = idOf(object[name]);
    if (id !== undefined) reduced[name] = id;
  }
  for (const name of words) {
    const value = object[name];
    if (typeof value === 'string' && /^[a-z0-9_.]{1,40}$/.test(value)) reduced[name] = value;
  }
  for (const name of numbers) {
    const value = object[name];
    if (Number.isSafeInteger(value)) reduced[name] = value as number;
  }
  const ours = fromMetadata(isRecord(object.metadata) ? (object.metadata as Record<string, string>) : null);
  const moved = Array.isArray(object.balance_transactions)
    ? object.balance_transactions.flatMap((each) => idOf(each) ?? [])
    : [];
  return {
    id: event.id,
    type: event.type,
    created: event.created,
    livemode: event.livemode,
    apiVersion: event.api_version,
    object: reduced,
    ...(ours && {
      ours: { checkout: ours.checkoutId, fund: ours.fund, ...(ours.parts && { parts: ours.parts }) },
    }),
    ...(moved.length > 0 && { balanceTransactions: moved }),
  };
}

/** An id of Stripe has a prefix, so that no other text passes for one. */
function idOf(value: unknown): string | undefined {
  const id = typeof value === 'object' && value !== null ? (value as { readonly id?: unknown }).id : value;
  return typeof id === 'string' && /^[a-z]{2,12}(?:_[A-Za-z0-9]{1,100}){1,3}$/.test(id) ? id : undefined;
}

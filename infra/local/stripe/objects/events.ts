import { type Account, noRequest, type Origin } from '../account/account.ts';
import { newId } from '../account/ids.ts';
import type { StoredEvent } from '../account/store.ts';

/** The event types that the local Stripe makes. */
export type EventType =
  | 'charge.captured'
  | 'charge.dispute.closed'
  | 'charge.dispute.created'
  | 'charge.dispute.funds_reinstated'
  | 'charge.dispute.funds_withdrawn'
  | 'charge.dispute.updated'
  | 'charge.failed'
  | 'charge.pending'
  | 'charge.refund.updated'
  | 'charge.refunded'
  | 'charge.succeeded'
  | 'charge.updated'
  | 'checkout.session.async_payment_failed'
  | 'checkout.session.async_payment_succeeded'
  | 'checkout.session.completed'
  | 'checkout.session.expired'
  | 'customer.created'
  | 'customer.deleted'
  | 'customer.updated'
  | 'payment_intent.amount_capturable_updated'
  | 'payment_intent.canceled'
  | 'payment_intent.created'
  | 'payment_intent.payment_failed'
  | 'payment_intent.processing'
  | 'payment_intent.requires_action'
  | 'payment_intent.succeeded'
  | 'payment_method.attached'
  | 'payment_method.detached'
  | 'payment_method.updated'
  | 'payout.canceled'
  | 'payout.created'
  | 'payout.failed'
  | 'payout.paid'
  | 'payout.reconciliation_completed'
  | 'payout.updated'
  | 'price.created'
  | 'product.created'
  | 'product.updated'
  | 'refund.created'
  | 'refund.failed'
  | 'refund.updated';

/**
 * Records an event with the object as it is now, and hands it to the webhook.
 *
 * @param previous for `*.updated`: the changed fields' earlier values
 */
export function recordEvent(
  account: Account,
  type: EventType,
  object: object,
  origin: Origin = noRequest,
  previous?: Record<string, unknown>,
): StoredEvent {
  const event = account.store.events.add({
    id: newId('evt'),
    object: 'event',
    api_version: account.settings.apiVersion,
    created: account.now(),
    data: { object: structuredClone(object), ...(previous && { previous_attributes: previous }) },
    livemode: false,
    pending_webhooks: 1,
    request: { id: origin.id, idempotency_key: origin.idempotencyKey },
    type,
  });
  account.announce(event.id);
  return event;
}

/** Filters of `GET /v1/events`. */
export interface EventFilter {
  readonly type?: string;
  readonly types?: readonly string[];
  readonly delivery_success?: boolean;
}

/** Whether an event passes the filters. A type may end in `*`, as in `checkout.session.*`. */
export function matchesFilter(event: StoredEvent, filter: EventFilter): boolean {
  const wanted = [...(filter.type === undefined ? [] : [filter.type]), ...(filter.types ?? [])];
  const typeMatches =
    wanted.length === 0 ||
    wanted.some((type) =>
      type.endsWith('*') ? event.type.startsWith(type.slice(0, -1)) : event.type === type,
    );
  const isDelivered = event.pending_webhooks === 0;
  return typeMatches && (filter.delivery_success === undefined || filter.delivery_success === isDelivered);
}

import type { Stripe } from 'stripe';

/** Prices travel with `unit_amount_decimal` as text; the SDK makes an object of it at the other end. */
export type Price = Omit<Stripe.Price, 'unit_amount_decimal'> & { unit_amount_decimal: string | null };
export type LineItem = Omit<Stripe.LineItem, 'price'> & { price: Price };
export type Session = Stripe.Checkout.Session;

/** An event as it is stored and sent. */
export interface StoredEvent {
  readonly id: string;
  readonly object: 'event';
  readonly api_version: string;
  readonly created: number;
  readonly data: { readonly object: unknown; readonly previous_attributes?: Record<string, unknown> };
  readonly livemode: false;
  pending_webhooks: number;
  readonly request: { readonly id: string | null; readonly idempotency_key: string | null };
  readonly type: string;
}

/** One try, or waiting try, of sending an event to the webhook. */
export interface Delivery {
  readonly id: string;
  readonly event: string;
  readonly type: string;
  state: 'held' | 'waiting' | 'sending' | 'delivered' | 'failed';
  attempts: number;
  /** Unix seconds of the next try while waiting. */
  due: number | null;
  /** The last answer's status, or 0 when there was none. */
  status: number | null;
  /** Why the last try failed, in words. */
  reason: string | null;
  /** Every try with its time in Unix seconds and the answer's status, or 0. */
  readonly tries: { readonly at: number; readonly status: number }[];
}

/** A field that names another object. Stored objects hold ids; Stripe's types allow the expanded object too. */
export type Reference = string | { readonly id: string } | null | undefined;

/** The id that a field names. */
function idOf(reference: Reference): string | undefined {
  return typeof reference === 'string' ? reference : reference?.id;
}

/** Objects of one kind, in the order they were made. */
export class Collection<T extends { readonly id: string }> {
  readonly #items = new Map<string, T>();

  add(item: T): T {
    this.#items.set(item.id, item);
    return item;
  }

  /** The object that a field names, which holds an id or nothing. */
  find(reference: Reference): T | undefined {
    const id = idOf(reference);
    return id === undefined ? undefined : this.#items.get(id);
  }

  remove(id: string): void {
    this.#items.delete(id);
  }

  newestFirst(): T[] {
    return [...this.#items.values()].reverse();
  }
}

/** Everything the local Stripe remembers. It lives as long as the process. */
export class Store {
  readonly sessions = new Collection<Session>();
  readonly lineItems = new Map<string, LineItem[]>();
  readonly paymentIntents = new Collection<Stripe.PaymentIntent>();
  readonly charges = new Collection<Stripe.Charge>();
  readonly refunds = new Collection<Stripe.Refund>();
  readonly disputes = new Collection<Stripe.Dispute>();
  readonly payouts = new Collection<Stripe.Payout>();
  readonly balanceTransactions = new Collection<Stripe.BalanceTransaction>();
  /** The payout that took a balance transaction to the bank, by the transaction's id. */
  readonly payoutOf = new Map<string, string>();
  readonly customers = new Collection<Stripe.Customer>();
  readonly paymentMethods = new Collection<Stripe.PaymentMethod>();
  readonly products = new Collection<Stripe.Product>();
  readonly prices = new Collection<Price>();
  readonly events = new Collection<StoredEvent>();
  readonly deliveries = new Collection<Delivery>();
  /** How each payment method behaves in tests, by its id. */
  readonly behaviours = new Map<string, Behaviour>();
  /** Seconds after which a delayed payment ends by itself, by payment method. Others wait for the button. */
  readonly delayedEndsAfter = new Map<string, number>();
  /** Calls of the API that are to fail. */
  readonly faults: Fault[] = [];
  /** `payment_intent_data` and other inputs that a Session keeps but does not show, by Session. */
  readonly intentData = new Map<string, IntentData>();
}

/** A failure of the API that was asked for, so that callers can be tested with it. */
export interface Fault {
  /** Before anything is done, or after it is done but before the caller hears of it. */
  readonly when: 'before' | 'after';
  /** What a POST's path begins with. */
  readonly path: string;
  /** How many calls are still to fail. */
  left: number;
}

/** How a test payment method behaves. */
export type Behaviour =
  | 'pays'
  | 'available-at-once'
  | 'declined'
  | 'declined-later'
  | 'authenticates'
  | 'delayed-succeeds'
  | 'delayed-fails'
  | 'disputed'
  | 'inquired'
  | 'refund-fails'
  | 'refund-waits';

/** What a Session passes on to its PaymentIntent. */
export interface IntentData {
  readonly metadata: Record<string, string>;
  readonly description: string | null;
  readonly receiptEmail: string | null;
  readonly shipping: Stripe.PaymentIntent.Shipping | null;
  readonly setupFutureUsage: 'off_session' | 'on_session' | null;
  readonly statementDescriptor: string | null;
  readonly statementDescriptorSuffix: string | null;
}

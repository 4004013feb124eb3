import { invalidRequest } from './errors.ts';
import type { Store } from './store.ts';

/** Kinds of objects that requests may answer with. */
export type Kind =
  | 'balance_transaction'
  | 'charge'
  | 'checkout.session'
  | 'customer'
  | 'event'
  | 'item'
  | 'payment_intent'
  | 'payment_method'
  | 'price'
  | 'product';

/** A field's kind, or null where Stripe can expand it but the local Stripe never has one. */
const expandable: Record<Kind, Record<string, Kind | null>> = {
  balance_transaction: { source: 'charge' },
  charge: {
    application: null,
    application_fee: null,
    balance_transaction: 'balance_transaction',
    customer: 'customer',
    failure_balance_transaction: null,
    on_behalf_of: null,
    payment_intent: 'payment_intent',
    review: null,
    source_transfer: null,
  },
  'checkout.session': {
    customer: 'customer',
    invoice: null,
    line_items: 'item',
    payment_intent: 'payment_intent',
    payment_link: null,
    setup_intent: null,
    subscription: null,
  },
  customer: { default_source: null },
  event: {},
  item: {},
  payment_intent: {
    application: null,
    customer: 'customer',
    latest_charge: 'charge',
    on_behalf_of: null,
    payment_method: 'payment_method',
    review: null,
    source: null,
  },
  payment_method: { customer: 'customer' },
  price: { product: 'product' },
  product: { default_price: null },
};

/**
 * Refuses paths of `expand` that name no expandable property, before anything is done.
 *
 * @param kind of the object, or of a list's objects
 */
export function checkExpand(paths: readonly string[], kind: Kind, isList: boolean): void {
  for (const path of paths) {
    const steps = path.split('.');
    if (isList && steps.shift() !== 'data') throw cannotExpand(path);
    if (steps.length > 4) {
      throw invalidRequest(`You cannot expand more than 4 levels of a property. Property: ${path}`, 'expand');
    }
    let at: Kind | null = kind;
    for (const step of steps) {
      if (at === 'item' && step === 'data') continue;
      const next: Kind | null | undefined = at === null ? undefined : expandable[at][step];
      if (next === undefined) throw cannotExpand(path);
      at = next;
    }
    if (steps.length === 0) throw cannotExpand(path);
  }
}

function cannotExpand(path: string) {
  return invalidRequest(`This property cannot be expanded (${path}).`, 'expand');
}

/** A copy of an object or list in which the named properties are objects instead of ids. */
export function expand(store: Store, answer: object, paths: readonly string[]): object {
  const copy = structuredClone(answer) as Record<string, unknown>;
  for (const path of paths) follow(store, copy, path.split('.'));
  return copy;
}

function follow(store: Store, at: unknown, steps: readonly string[]): void {
  const [step, ...rest] = steps;
  if (Array.isArray(at)) {
    for (const item of at) follow(store, item, steps);
    return;
  }
  if (step === undefined || typeof at !== 'object' || at === null) return;
  const holder = at as Record<string, unknown> & { id?: unknown };
  if (step === 'line_items') holder[step] ??= lineItemList(store, String(holder.id));
  const value = holder[step];
  if (typeof value === 'string') holder[step] = structuredClone(findAny(store, value) ?? value);
  follow(store, holder[step], rest);
}

function lineItemList(store: Store, sessionId: string): object {
  return structuredClone({
    object: 'list',
    data: store.lineItems.get(sessionId) ?? [],
    has_more: false,
    url: `/v1/checkout/sessions/${sessionId}/line_items`,
  });
}

function findAny(store: Store, id: string): object | undefined {
  return (
    store.paymentIntents.find(id) ??
    store.charges.find(id) ??
    store.balanceTransactions.find(id) ??
    store.customers.find(id) ??
    store.paymentMethods.find(id) ??
    store.products.find(id)
  );
}

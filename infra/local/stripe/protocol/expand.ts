import type { Store } from '../account/store.ts';
import { invalidRequest } from './errors.ts';

/** Kinds of objects that requests may answer with. */
export type Kind =
  | 'balance'
  | 'balance_transaction'
  | 'charge'
  | 'checkout.session'
  | 'customer'
  | 'dispute'
  | 'event'
  | 'invoice_payment'
  | 'item'
  | 'payment_intent'
  | 'payment_method'
  | 'payout'
  | 'price'
  | 'product'
  | 'refund'
  | 'source';

type Expandable = Record<string, Kind | null>;

const charge: Expandable = {
  application: null,
  application_fee: null,
  balance_transaction: 'balance_transaction',
  customer: 'customer',
  failure_balance_transaction: null,
  on_behalf_of: null,
  payment_intent: 'payment_intent',
  review: null,
  source_transfer: null,
};
const dispute: Expandable = { charge: 'charge', payment_intent: 'payment_intent' };
const payout: Expandable = {
  application_fee: null,
  balance_transaction: 'balance_transaction',
  destination: null,
  failure_balance_transaction: 'balance_transaction',
  original_payout: null,
  reversed_by: null,
};
const refund: Expandable = {
  balance_transaction: 'balance_transaction',
  charge: 'charge',
  customer: 'customer',
  failure_balance_transaction: 'balance_transaction',
  payment_intent: 'payment_intent',
  payment_method: 'payment_method',
  source_transfer_reversal: null,
  transfer_reversal: null,
};

/** A field's kind, or null where Stripe can expand it but the local Stripe never has one. */
const expandable: Record<Kind, Expandable> = {
  balance: {},
  balance_transaction: { source: 'source' },
  charge,
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
  dispute,
  event: {},
  invoice_payment: { invoice: null },
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
  payout,
  price: { product: 'product' },
  product: { default_price: null },
  refund,
  // What a balance transaction stems from: any of these.
  source: { ...charge, ...dispute, ...payout, ...refund },
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

/** Copies an object or list; in the result the named properties are objects instead of ids. */
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
  const collections = [
    store.paymentIntents,
    store.charges,
    store.refunds,
    store.disputes,
    store.payouts,
    store.balanceTransactions,
    store.customers,
    store.paymentMethods,
    store.products,
  ];
  for (const collection of collections) {
    const found = collection.find(id);
    if (found) return found;
  }
  return undefined;
}

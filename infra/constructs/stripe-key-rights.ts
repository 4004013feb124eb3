/** What Stripe lets a restricted key do with one kind of object: `write` includes reading. */
export type StripeRight = 'read' | 'write';

/** Stripe's resources for restricted keys, by the name that the dashboard shows. */
type StripeResource =
  | 'Balance'
  | 'Balance Transaction Sources'
  | 'Charges and Refunds'
  | 'Checkout Sessions'
  | 'Disputes'
  | 'Events'
  | 'Invoices'
  | 'PaymentIntents'
  | 'Payouts';

/** The rights of one restricted key; what is not named is `none`. */
export type StripeKeyRights = { readonly [Resource in StripeResource]?: StripeRight };

/**
 * The restricted key of each function that calls Stripe, with exactly the rights that its calls need. The deployment guide lists the
 * same, the local Stripe refuses anything else, and each key lies in an SSM parameter of its own, `stripe-key-<function>`.
 */
export const stripeKeyRights = {
  // Makes, reads and ends the payment page; strangers reach it.
  site: { 'Checkout Sessions': 'write' },
  staff: { 'Charges and Refunds': 'write' },
  // Reads disputes again, asks whose a payment is, ends pages on which cards are tried.
  worker: { 'Checkout Sessions': 'write', Disputes: 'read', Invoices: 'read', PaymentIntents: 'read' },
  // Takes up events that were not delivered, and refunds of which Stripe's answer is not known.
  sweep: { 'Charges and Refunds': 'write', Events: 'read', Invoices: 'read', PaymentIntents: 'read' },
  books: {
    Balance: 'read',
    'Balance Transaction Sources': 'read',
    'Charges and Refunds': 'read',
    Disputes: 'read',
    Events: 'read',
    Invoices: 'read',
    PaymentIntents: 'read',
    Payouts: 'read',
  },
} as const satisfies Readonly<Record<string, StripeKeyRights>>;

/** A function that has a key of its own. */
export type StripeKeyOwner = keyof typeof stripeKeyRights;

/** Every function that has one. */
export const stripeKeyOwners = Object.keys(stripeKeyRights) as StripeKeyOwner[];

/** The name of a function's parameter, without its beginning `/tideover/<stage>/`. */
export function stripeKeyParameter(owner: StripeKeyOwner): string {
  return `stripe-key-${owner}`;
}

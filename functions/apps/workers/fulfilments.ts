import type { Checkout, CheckoutLine } from '#payments/checkout/checkout.ts';
import type { Context } from '#platform/context/context.ts';

/** What a paid checkout bought of one kind. */
export interface Order {
  readonly paymentId: string;
  readonly checkout: Checkout;
  /** The checkout's lines of that kind; at least one. */
  readonly lines: readonly CheckoutLine[];
}

/**
 * Fulfils what was bought, in a transaction of its own that also writes the mail. It is asked again after a crash, so its first condition is
 * an item of its own that the order has once.
 */
export type Fulfil = (order: Order, ctx: Pick<Context, 'table' | 'now' | 'random'>) => Promise<unknown>;

/** The fulfilment of each kind of line that has one: there is no other list of fulfilments. */
export type Fulfilments = Readonly<Partial<Record<CheckoutLine['kind'], Fulfil>>>;

/** Nothing is sold yet. */
export const fulfilments: Fulfilments = {};

/** What the payment itself fulfils: it is booked, and that is all. */
export const fulfilledByBooking: ReadonlySet<string> = new Set<CheckoutLine['kind']>(['gift', 'cover']);

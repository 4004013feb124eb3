import { differencesOfMovements } from '#accounting/payouts/payout.ts';

/**
 * `unknown-…` and `unknown-fee` – Stripe has it and the books do not; `not-at-stripe` – the books have it and Stripe does not;
 * `other-amount` – both have it, with different amounts; `other-status` – Stripe has a dispute in another state; `other-currency` –
 * Stripe moved money in another currency than that of the books.
 */
export const differenceKinds = [
  ...differencesOfMovements,
  'unknown-fee',
  'not-at-stripe',
  'other-status',
] as const;

export type DifferenceKind = (typeof differenceKinds)[number];

/** Something that differs between Stripe and the books, by name. */
export interface NamedDifference {
  readonly kind: DifferenceKind;
  /** Stripe's id of the payment, refund, dispute, payout or balance transaction. */
  readonly stripeId: string;
  /** What the books lack or by how much they differ, minor units; negative when they hold too much. */
  readonly amount: number;
  /** Set when it is not the currency of the books: then the amount is in this one, and the books neither lack it nor hold too much. */
  readonly currency?: string | undefined;
  /** When the money moved: Stripe's time, or the entry's time when only the books have it. */
  readonly at: Date;
}

/** The id under which a difference is stored: found again, it gets the same id. */
export function differenceId({ kind, stripeId }: Pick<NamedDifference, 'kind' | 'stripeId'>): string {
  return `${kind}.${stripeId}`;
}

/** Whether a text has the form of a difference's id: the id becomes part of a key. */
export function isDifferenceId(text: string): boolean {
  return /^[a-z-]{1,40}\.\w{1,100}$/.test(text);
}

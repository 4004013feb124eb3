import { differencesOfMovements } from '#accounting/payouts/payout.ts';

/**
 * What kind of difference it is: `unknown-…` and `unknown-fee` – Stripe has it and the books do not; `not-at-stripe` – the books
 * have it and Stripe does not; `other-amount` – both have it, with other amounts; `other-status` – a dispute stands elsewhere;
 * `other-currency` – Stripe moved money that is not of the books' currency.
 */
export const differenceKinds = [
  ...differencesOfMovements,
  'unknown-fee',
  'not-at-stripe',
  'other-status',
] as const;

/** One of them. */
export type DifferenceKind = (typeof differenceKinds)[number];

/** Something that Stripe and the books do not say alike, by name. */
export interface NamedDifference {
  readonly kind: DifferenceKind;
  /** Stripe's id of the payment, refund, dispute, payout or balance transaction. */
  readonly stripeId: string;
  /** What the books lack or differ by, minor units; below zero when they hold too much. */
  readonly amount: number;
  /** Where it is not the books': then the amount is of that one, and the books neither lack it nor have too much. */
  readonly currency?: string | undefined;
  /** When the money moved, by the clock of whoever has it. */
  readonly at: Date;
}

/** The name under which a difference is kept: found again, it is the same one. */
export function differenceId({ kind, stripeId }: Pick<NamedDifference, 'kind' | 'stripeId'>): string {
  return `${kind}.${stripeId}`;
}

/** Whether a text has the shape of a difference's id: it becomes part of a key. */
export function isDifferenceId(text: string): boolean {
  return /^[a-z-]{1,40}\.\w{1,100}$/.test(text);
}

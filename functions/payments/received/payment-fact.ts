import type { Language } from '#platform/charity.ts';
import type { Currency } from '#platform/money.ts';
import type { Parts } from './parts.ts';
import type { Subject, SubjectKind } from './subject.ts';

/** Where money came in. */
export const sources = ['stripe', 'bank', 'cash'] as const;

export type Source = (typeof sources)[number];

export const frequencies = ['once', 'monthly'] as const;

export type Frequency = (typeof frequencies)[number];

/** The fact that money was received, from any source: what booking needs, without a word of what was bought. */
export interface PaymentFact {
  readonly source: Source;
  /** The marker of its own uniqueness: Stripe's PaymentIntent, or an id of ours for money that came in otherwise. */
  readonly paymentId: string;
  /** The checkout that it pays; of a month of a plan and of other sources, the one under which their person stands. */
  readonly checkoutId: string;
  readonly fund: string;
  /** What it was given or paid for: a page of the fund, or of what it is meant `for` within it. */
  readonly about: SubjectKind;
  readonly parts: Parts;
  readonly currency: Currency;
  readonly language: Language;
  /** Stripe's time of payment (`event.created`), never of arrival. */
  readonly at: Date;
  /** Who gave it; undefined without an address. */
  readonly donor?: string | undefined;
  /** The plan of which it is a month. */
  readonly planId?: string | undefined;
  /** What within the fund it is meant for. */
  readonly for?: string | undefined;
  /** Set where what Stripe keeps for us could not be read, so that the parts are a guess: a person is called. */
  readonly isUnclear?: true | undefined;
}

/** The subject of a payment's checkout. A family is a designation within a fund of all families. */
export function subjectOf({ about, fund, for: meant }: Pick<PaymentFact, 'about' | 'fund' | 'for'>): Subject {
  return { kind: about, slug: about === 'family' ? (meant ?? fund) : fund };
}

import { noParts } from '#payments/received/parts.ts';
import type { PaymentFact, Source } from '#payments/received/payment-fact.ts';
import type { Language } from '#platform/charity.ts';

/** By which means money came in outside Stripe. */
export const means = ['fps', 'bank-transfer', 'payme', 'cheque', 'cash'] as const;

export type Means = (typeof means)[number];

/** Money that came outside Stripe, as the staff entered it. It waits a while before it is booked, so that it can be undone. */
export interface EnteredPayment {
  /** The payment's id: it follows from fund, day, amount and reference, so that the same money is entered once. */
  readonly id: string;
  readonly means: Means;
  readonly fund: string;
  /** Minor units. */
  readonly amount: number;
  /** The Hong Kong day on which it was received, `YYYY-MM-DD`. */
  readonly day: string;
  /** The slip's or statement's own; it names no person. */
  readonly reference: string;
  /** Under which its person stands. */
  readonly checkoutId: string;
  /** Undefined without an address. */
  readonly donor: string | undefined;
  readonly language: Language;
  readonly thank: boolean;
  /** The reference of the promise that it keeps, whose person it has. */
  readonly promise?: string | undefined;
  /** Who entered it: the subject of the sign-in. */
  readonly by: string;
  readonly enteredAt: Date;
}

/** How long an entry can be undone, in milliseconds. */
const undoTime = 600_000;

/** From when on it is booked, and cannot be undone any more. */
export function dueAt({ enteredAt }: Pick<EnteredPayment, 'enteredAt'>): Date {
  return new Date(enteredAt.getTime() + undoTime);
}

/** From this amount on it is typed twice. Minor units. */
export const typedTwiceFrom = 1_000_000;

/** In which account the money is: all but cash is in the bank. */
function sourceOf(by: Means): Source {
  return by === 'cash' ? 'cash' : 'bank';
}

/** The beginning of the day of receipt, on Hong Kong's clock: whenever it is entered, it is the same moment, and none to come. */
export function receivedAt({ day }: Pick<EnteredPayment, 'day'>): Date {
  return new Date(`${day}T00:00:00+08:00`);
}

/** The fact that is booked. */
export function factOf(entered: EnteredPayment): PaymentFact {
  const { id, checkoutId, fund, amount, language, donor } = entered;
  return {
    source: sourceOf(entered.means),
    paymentId: id,
    ...{ checkoutId, fund, language, donor },
    about: 'campaign',
    parts: { ...noParts, gift: amount },
    currency: 'hkd',
    at: receivedAt(entered),
  };
}

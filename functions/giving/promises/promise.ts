import type { OtherWays } from '#platform/charity.ts';
import { settings } from '#platform/settings.ts';

/** How a promise is to be paid: a way of the charity's configuration. */
export type PromiseWay = keyof OtherWays;

export const promiseWays = ['fps', 'payMe', 'bank', 'cheque'] as const satisfies readonly PromiseWay[];

/** The ways on which money can be sent here without Stripe, in the order in which pages name them. */
export function openWays(
  { otherWays = {} }: { readonly otherWays?: OtherWays | undefined } = settings(),
): PromiseWay[] {
  return promiseWays.filter((way) => otherWays[way] !== undefined);
}

/** What a donor said would come by another way than Stripe. It counts nothing until the staff see its money. */
export interface PromisedGift {
  /** What the donor gives to the bank, so that the money is recognised. */
  readonly reference: string;
  /** The checkout under which the person stands. */
  readonly checkoutId: string;
  readonly fund: string;
  /** Minor units. */
  readonly amount: number;
  readonly way: PromiseWay;
  readonly madeAt: Date;
  /** `open` until its money came, was not needed any more, or did not come in time. */
  readonly state: 'open' | 'received' | 'lapsed';
  readonly remindedAt?: Date | undefined;
}

const day = 24 * 3_600_000;
/** After a week without money the donor is reminded, once. Milliseconds. */
export const remindAfter = 7 * day;
/** After four weeks a promise lapses: two days before the person's data ends by itself. Milliseconds. */
export const lapseAfter = 28 * day;

/** Until when a promise is waited for. */
export function endOfPromise({ madeAt }: Pick<PromisedGift, 'madeAt'>): Date {
  return new Date(madeAt.getTime() + lapseAfter);
}

/** What is due of an open promise at a moment. */
export function dueOf(
  { state, madeAt, remindedAt }: PromisedGift,
  now: Date,
): 'lapse' | 'remind' | undefined {
  if (state !== 'open') return undefined;
  const age = now.getTime() - madeAt.getTime();
  if (age >= lapseAfter) return 'lapse';
  return age >= remindAfter && !remindedAt ? 'remind' : undefined;
}

const digits = 6;

/**
 * A reference of six random and two check digits (ISO 7064, MOD 97-10, as in an IBAN): a digit that is mistyped, or two that are
 * swapped, make no other one.
 * @param draw a number in [0, 1)
 */
export function drawReference(draw: number): string {
  const number = String(Math.floor(draw * 10 ** digits)).padStart(digits, '0');
  return number + String(98 - ((Number(number) * 100) % 97)).padStart(2, '0');
}

/**
 * Reads a reference as people write it, with blanks or hyphens.
 * @returns undefined for one that cannot be right
 */
export function readReference(typed: string): string | undefined {
  const text = typed.normalize('NFKC').replaceAll(/[\s\p{Pd}]/gu, '');
  return /^\d{8}$/.test(text) && Number(text) % 97 === 1 ? text : undefined;
}

/** A reference in two groups that stay on one line, as it is read out: `4827 1953`. */
export function shownReference(reference: string): string {
  return `${reference.slice(0, 4)}\u00a0${reference.slice(4)}`;
}

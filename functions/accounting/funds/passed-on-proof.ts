import { type Coverage, missingMoney } from '#accounting/accounts/coverage.ts';
import { sum } from '#platform/money.ts';
import { availableIn, type FundMonth, passedOnIn } from './fund-month.ts';

/** The conditions under which a page may say that the books find what is held. */
export const conditions = [
  /** The receiver, not the fund, bore the card fees, in every month. */
  'fees-borne-by-receiver',
  /** The books know the fee of every gift that is shown, so that the fee beside the sentence is complete. */
  'fees-known',
  /** No correction took gifts out of the fund, and no correction lowered an opening balance below zero. */
  'nothing-taken-out',
  /** No count of the cash found less than the books say. */
  'no-cash-missing',
  /** At no month's end had the fund paid out more than it held. */
  'never-overdrawn',
  /** The fund's own count of what it paid out is not less than what the books say: every payment went through approval. */
  'passed-on-counted',
  /** The money at Stripe, in the bank and in cash covers what all funds hold; only fees that are not due yet may be missing. */
  'money-is-there',
  /** Something was paid out, and is shown. */
  'something-passed-on',
] as const;

export type Condition = (typeof conditions)[number];

/**
 * What the books prove of a fund, and the conditions that do not hold. All amounts are minor units: received + brought
 * in − refunded − disputed = passed on + held, no fee was taken out of it, and the money that is held is there.
 */
export interface PassedOnProof {
  readonly holds: boolean;
  readonly unmet: readonly Condition[];
  readonly received: number;
  /** Opening balances, transfers and corrections, net. */
  readonly broughtIn: number;
  readonly refunded: number;
  readonly disputed: number;
  readonly passedOn: number;
  readonly held: number;
  /** What Stripe took and the fund did not bear. */
  readonly fees: number;
}

/**
 * Proves from the books that everything received, less refunds and disputes, was paid out or is held for its purpose.
 *
 * @param months of one fund, all of them, in order
 * @param lastShown the last month that the public sees; gifts after it may wait for their fee
 * @param givenOut the fund's own count, from the transactions of its payments
 * @param shownPassedOn the amount that the public sees as passed on
 * @param coverage of all funds together; undefined when no task has added it up
 */
export function provePassedOn(
  months: readonly FundMonth[],
  lastShown: string,
  givenOut: number,
  shownPassedOn: number,
  coverage: Coverage | undefined,
): PassedOnProof {
  const total = (of: (month: FundMonth) => number) => sum(months.map(of));
  const old = months.filter(({ month }) => month <= lastShown);
  const passedOn = total(passedOnIn);
  const proven: Record<Condition, boolean> = {
    'fees-borne-by-receiver': months.every(({ feesBorneBy }) => feesBorneBy === 'receiver'),
    'fees-known': sum(old.map(({ feeEntries }) => feeEntries)) >= sum(old.map(({ payments }) => payments)),
    'nothing-taken-out': total(({ takenOut }) => takenOut) === 0 && total(({ opening }) => opening) >= 0,
    'no-cash-missing': total(({ cashMissing }) => cashMissing) <= 0,
    'never-overdrawn': neverOverdrawn(months),
    'passed-on-counted': passedOn <= givenOut,
    'money-is-there': coverage !== undefined && missingMoney(coverage) === 0,
    'something-passed-on': shownPassedOn > 0,
  };
  const unmet = conditions.filter((condition) => !proven[condition]);
  return {
    holds: unmet.length === 0,
    unmet,
    received: total(({ received }) => received),
    broughtIn: total((each) => each.opening + each.corrected + each.transferredIn - each.transferredOut),
    refunded: total(({ refunded }) => refunded),
    disputed: total(({ disputed }) => disputed),
    passedOn,
    held: total(availableIn) - passedOn,
    fees: total(({ fees }) => fees),
  };
}

function neverOverdrawn(months: readonly FundMonth[]): boolean {
  let held = 0;
  return months.every((month) => {
    held += availableIn(month) - passedOnIn(month);
    return held >= 0;
  });
}

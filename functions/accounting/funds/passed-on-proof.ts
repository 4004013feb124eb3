import { type Coverage, missingMoney } from '#accounting/accounts/coverage.ts';
import { sum } from '#platform/money.ts';
import { availableIn, type FundMonth, passedOnIn } from './fund-month.ts';

/** What must hold before anybody says "100% passed on". */
export const conditions = [
  /** Somebody else than the fund bore the card fees, in every month. */
  'fees-borne-by-receiver',
  /** The books know a fee of every gift that is shown, so that the fee beside the sentence is the whole one. */
  'fees-known',
  /** No correction took gifts out of the fund, and no opening balance was corrected to less than nothing. */
  'nothing-taken-out',
  /** No count of the cash found less than the books say. */
  'no-cash-missing',
  /** At no month's end had more been passed on than was there. */
  'never-overdrawn',
  /** What the books say was passed on was approved and handed over: the fund's own count is not less. */
  'passed-on-counted',
  /** What is at Stripe, in the bank and in cash covers what all funds hold; only fees that are not due yet may be missing. */
  'money-is-there',
  /** Something was passed on, and is shown. */
  'something-passed-on',
] as const;

/** The name of a condition. */
export type Condition = (typeof conditions)[number];

/**
 * Why "100% passed on" may be said of a fund, or which conditions do not hold. All amounts are minor units:
 * received + brought in − refunded − disputed = passed on + held, no fee was taken out of it, and the money that is held is there.
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
  /** What the card company took, and the fund did not bear. */
  readonly fees: number;
}

/**
 * Proves from the books that all that was received, less what went back, was passed on or is held for its purpose.
 *
 * @param months of one fund, all of them, in order
 * @param lastShown the last month that the public sees; gifts after it may wait for their fee
 * @param givenOut what the fund counted in the transactions of its handings over
 * @param shownPassedOn what the public sees as passed on
 * @param coverage of all funds together; undefined when it is not known
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
    'fees-known': sum(old.map(({ feeEntries }) => feeEntries)) >= sum(old.map(({ gifts }) => gifts)),
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

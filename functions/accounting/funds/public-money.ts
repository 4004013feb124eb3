import type { Coverage } from '#accounting/accounts/coverage.ts';
import { type Category, categoryNames } from '#accounting/disbursements/categories.ts';
import { type Month, monthsBetween } from '#platform/clock.ts';
import { sum } from '#platform/money.ts';
import { availableIn, type FundMonth, noFigures } from './fund-month.ts';
import { type PassedOnProof, provePassedOn } from './passed-on-proof.ts';
import { isShown, type ShownMonth } from './shown-groups.ts';

/** What was paid out for one category in a month: at once to suppliers, later to families. */
export interface PublicGroup {
  readonly category: Category;
  /** Minor units. */
  readonly amount: number;
}

/** A month as the public sees it. All amounts are minor units. */
export interface PublicMonth {
  readonly month: Month;
  readonly opening: number;
  readonly received: number;
  readonly cover: number;
  readonly fees: number;
  readonly feesBorneBy: FundMonth['feesBorneBy'];
  readonly refunded: number;
  readonly disputed: number;
  readonly transferredIn: number;
  readonly transferredOut: number;
  readonly corrected: number;
  /** The sum of the groups; undefined while nothing of the month is shown yet. */
  readonly passedOn: number | undefined;
  /** Whether payments to families of the month are shown, if there are any. */
  readonly isComplete: boolean;
  readonly groups: readonly PublicGroup[];
  /** The balance at the month's end plus payments that are not shown yet, so that the balance reveals no hidden payment. */
  readonly held: number;
}

/** The sums over all months. */
export type PublicSums = Omit<PublicMonth, 'month' | 'feesBorneBy' | 'passedOn' | 'isComplete'> & {
  readonly passedOn: number;
};

/** A fund's money as the public sees it. */
export interface PublicMoney {
  /** Oldest first, without gaps; empty before the first summary. */
  readonly months: readonly PublicMonth[];
  readonly sums: PublicSums;
  readonly proof: PassedOnProof;
}

/**
 * What the public sees of a fund: computed from its months and from the groups that are shown, never from
 * payments to families that are not shown.
 *
 * @param fund.givenOut the fund's own count, from the transactions of its payments
 * @param fund.coverage whether the money of all funds is there
 * @param now months are shown up to its Hong Kong month
 */
export function publicMoney(
  fund: {
    readonly months: readonly FundMonth[];
    readonly shown: readonly ShownMonth[];
    readonly givenOut: number;
    readonly coverage: Coverage | undefined;
  },
  present: Month,
  now: Date,
): PublicMoney {
  const { months: known, shown, givenOut, coverage } = fund;
  const first = known[0]?.month;
  let held = 0;
  const months = (first === undefined ? [] : monthsBetween(first, present)).map((month) => {
    const own = known.find((each) => each.month === month) ?? emptyMonth(month, known);
    const groups = groupsOf(
      own,
      shown.find((each) => each.month === month),
    );
    const passedOn = sum(groups.map(({ amount }) => amount));
    held += availableIn(own) - passedOn;
    const isComplete = isShown(month, now);
    const isKnown = isComplete || groups.length > 0;
    return { ...visible(own), passedOn: isKnown ? passedOn : undefined, isComplete, groups, held };
  });
  const sums = sumsOf(months);
  const lastShown = months.findLast(({ isComplete }) => isComplete)?.month ?? '';
  return { months, sums, proof: provePassedOn(known, lastShown, givenOut, sums.passedOn, coverage) };
}

function emptyMonth(month: Month, known: readonly FundMonth[]): FundMonth {
  const before = known.findLast((each) => each.month < month);
  return {
    ...noFigures(),
    slug: '',
    month,
    cashMissing: 0,
    feesBorneBy: before?.feesBorneBy ?? 'receiver',
  };
}

/** Each field is named: a new field of a month does not become public by itself. */
function visible(month: FundMonth) {
  return {
    month: month.month,
    opening: month.opening,
    received: month.received,
    cover: month.cover,
    fees: month.fees,
    feesBorneBy: month.feesBorneBy,
    refunded: month.refunded,
    disputed: month.disputed,
    transferredIn: month.transferredIn,
    transferredOut: month.transferredOut,
    corrected: month.corrected,
  };
}

function groupsOf({ suppliers }: FundMonth, shown: ShownMonth | undefined): PublicGroup[] {
  return categoryNames.flatMap((category) => {
    const amount = (suppliers[category] ?? 0) + (shown?.groups[category]?.amount ?? 0);
    return amount === 0 ? [] : [{ category, amount }];
  });
}

function sumsOf(months: readonly PublicMonth[]): PublicSums {
  const total = (of: (month: PublicMonth) => number) => sum(months.map(of));
  const groups = categoryNames.flatMap((category) => {
    const own = months.flatMap((month) => month.groups.filter((group) => group.category === category));
    return own.length > 0 ? [{ category, amount: sum(own.map(({ amount }) => amount)) }] : [];
  });
  return {
    opening: total(({ opening }) => opening),
    received: total(({ received }) => received),
    cover: total(({ cover }) => cover),
    fees: total(({ fees }) => fees),
    refunded: total(({ refunded }) => refunded),
    disputed: total(({ disputed }) => disputed),
    transferredIn: total(({ transferredIn }) => transferredIn),
    transferredOut: total(({ transferredOut }) => transferredOut),
    corrected: total(({ corrected }) => corrected),
    passedOn: sum(groups.map(({ amount }) => amount)),
    groups,
    held: months.at(-1)?.held ?? 0,
  };
}

import { type Coverage, missingMoney } from '#accounting/accounts/coverage.ts';
import { feesBorneByFund } from '#accounting/funds/fund-month.ts';
import type { PublicMoney } from '#accounting/funds/public-money.ts';
import { sum } from '#platform/money.ts';

/** What the money page says first. All amounts are minor units. */
export interface Headline {
  /** Everything that came in, less what was reversed. */
  readonly cameIn: number;
  readonly paidOut: number;
  /** What is held, or was paid out and is not shown yet. Below zero when more was paid out than came in. */
  readonly waits: number;
  /** Whole percent of what could be paid out; undefined when nothing came in, or more was paid out than came in. */
  readonly paidOutPercent: number | undefined;
  readonly fees: {
    readonly all: number;
    /** What donors added for them. */
    readonly cover: number;
    readonly byFund: number;
    readonly byReceiver: number;
    /** `paid`: the receiver has paid in every fee of all funds; `not-due`: it still has time; `missing`: it is late. */
    readonly receiver: 'paid' | 'not-due' | 'missing';
  };
}

/** @param coverage of all funds together; undefined when no task has added it up */
export function headlineOf({ months, sums }: PublicMoney, coverage: Coverage | undefined): Headline {
  const byFund = sum(months.map(feesBorneByFund));
  const ofReceiver = months.filter(({ feesBorneBy }) => feesBorneBy === 'receiver');
  const byReceiver = Math.max(0, sum(ofReceiver.map(({ fees, cover }) => fees - cover)));
  const { passedOn: paidOut, held: waits } = sums;
  const canBePaidOut = paidOut + waits;
  return {
    cameIn: canBePaidOut + byFund,
    paidOut,
    waits,
    paidOutPercent: canBePaidOut > 0 && waits >= 0 ? percentOf(paidOut, canBePaidOut) : undefined,
    fees: { all: sums.fees, cover: sums.cover, byFund, byReceiver, receiver: paidIn(coverage) },
  };
}

/** Whole percent. Neither a first dollar reads as none nor a last one as all. */
function percentOf(part: number, whole: number): number {
  if (part <= 0 || part >= whole) return part <= 0 ? 0 : 100;
  return Math.min(99, Math.max(1, Math.round((part * 100) / whole)));
}

function paidIn(coverage: Coverage | undefined): Headline['fees']['receiver'] {
  if (!coverage || missingMoney(coverage) > 0) return 'missing';
  return coverage.feesNotDue > 0 ? 'not-due' : 'paid';
}

import { type DaySums, type Days, togetherOf } from '#accounting/accounts/day-sums.ts';
import { hongKongDay, hongKongMonth, lastMonths, type Month } from '#platform/clock.ts';

/** The times that totals are shown of: each ends now. */
export const periods = ['today', 'week', 'days30', 'taxYear'] as const;

export type Period = (typeof periods)[number];

/** What came in and went out, by period and by month. */
export interface Income {
  readonly totals: Readonly<Record<Period, DaySums>>;
  /** The last twelve months, oldest first. */
  readonly months: readonly (DaySums & { readonly month: Month })[];
}

const shownMonths = 12;
const dayLength = 86_400_000;

/** The first day of the tax year that a moment is in: 1 April, on Hong Kong's clock. */
export function taxYearStart(now: Date): string {
  const month = hongKongMonth(now);
  const year = Number(month.slice(0, 4));
  return `${month.slice(5) >= '04' ? year : year - 1}-04-01`;
}

/** The months whose days say it all: the last twelve hold every tax year so far. */
export function monthsOfIncome(now: Date): Month[] {
  return lastMonths(now, shownMonths);
}

/**
 * Adds days up by period and by month.
 * @param days of the months of the books in `monthsOfIncome`: an entry that came late has the day on which it happened
 */
export function incomeOf(days: readonly Days[], now: Date): Income {
  const all = days.flatMap((each) => [...each]);
  const since = (first: string) => togetherOf(all.filter(([day]) => day >= first).map(([, sums]) => sums));
  const daysAgo = (count: number) => hongKongDay(new Date(now.getTime() - count * dayLength));
  return {
    totals: {
      today: since(hongKongDay(now)),
      week: since(daysAgo(6)),
      days30: since(daysAgo(29)),
      taxYear: since(taxYearStart(now)),
    },
    months: monthsOfIncome(now)
      .reverse()
      .map((month) => ({
        month,
        ...togetherOf(all.filter(([day]) => day.startsWith(month)).map(([, sums]) => sums)),
      })),
  };
}

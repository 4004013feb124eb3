import { type Month, monthsBetween } from '#platform/clock.ts';

/** A monthly budget that holds from a month on. */
export interface DatedBudget {
  readonly from: Month;
  /** Minor units a month, above zero. */
  readonly amount: number;
}

/** The state of a fund with a monthly budget in one month. All amounts are minor units. */
export interface MonthFigures {
  readonly month: Month;
  readonly budget: number;
  readonly raised: number;
  /** What the earlier months raised above their budgets; a shortfall is not carried. */
  readonly carriedOver: number;
  /** (carried over + raised) / budget, one decimal, rounded down. */
  readonly monthsCovered: number;
}

/**
 * Follows a monthly budget from its first month to the given one.
 * @param raised minor units by Hong Kong month, net of refunds; a month that is missing raised nothing
 * @param budgets by date; the first one holds from `firstMonth`
 */
export function monthFigures(
  firstMonth: Month,
  month: Month,
  raised: Readonly<Record<Month, number>>,
  budgets: readonly DatedBudget[],
): MonthFigures {
  let carriedOver = 0;
  for (const earlier of monthsBetween(firstMonth, month).slice(0, -1)) {
    carriedOver = Math.max(0, carriedOver + (raised[earlier] ?? 0) - budgetOf(earlier, budgets));
  }
  const budget = budgetOf(month, budgets);
  const now = raised[month] ?? 0;
  const monthsCovered = Math.floor(((carriedOver + now) * 10) / budget) / 10;
  return { month, budget, raised: now, carriedOver, monthsCovered };
}

/** The budget of a month: the newest that holds by then, else the first. */
export function budgetOf(month: Month, budgets: readonly DatedBudget[]): number {
  const holding = budgets.filter((budget) => budget.from <= month).sort((a, b) => (a.from < b.from ? 1 : -1));
  const budget = holding[0] ?? budgets[0];
  if (!budget) throw new Error('A monthly budget needs at least one amount.');
  return budget.amount;
}

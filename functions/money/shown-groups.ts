import { type Category, categoryNames } from '../disbursements/categories.ts';
import { endOfMonth } from '../ledger/closed-month.ts';
import type { Month } from '../platform/clock.ts';
import type { FundMonth, Payments } from './fund-month.ts';

/** Payments by category. */
export type Groups = { readonly [One in Category]?: Payments };

/** What is shown of a period's payments, once and for ever. */
export interface ShownMonth {
  readonly month: Month;
  /** What the public sees; each group is made of five payments or more. */
  readonly groups: Groups;
  /** What all periods so far took in, by the category that it was paid for: none of it is shown again. Never public. */
  readonly taken: Groups;
}

/** A sum of fewer payments might tell what one family got (hongkong.md, "Families' safety"). */
const fewestPayments = 5;

const daysBeforeShowing = 7;

/** Whether a month is shown: it ended more than seven days ago, so that what is shown of it does not grow payment by payment. */
export function isShown(month: Month, now: Date): boolean {
  return now.getTime() > endOfMonth(month).getTime() + daysBeforeShowing * 86_400_000;
}

/**
 * Decides what a period shows: of all payments up to its month that no earlier period took in, each category with five or
 * more; the rest together as other help if they are five or more, else they wait for a later period. A sum that is shown never
 * changes, and no payment is in two of them: so neither a sum, nor what two sums or two versions of a page differ by, is made
 * of one to four payments.
 *
 * @param months of one fund, all up to this month and this month itself, in any order; what came late for one of them counts here
 * @param before the period before; undefined for the first
 * @returns undefined when nothing can be shown
 */
export function decideShown(
  month: Month,
  months: readonly FundMonth[],
  before: ShownMonth | undefined,
): ShownMonth | undefined {
  const waiting = waitingGroups(
    months.filter((each) => each.month <= month),
    before,
  );
  const large = waiting.filter(([name, group]) => name !== 'other' && group.payments >= fewestPayments);
  const small = waiting.filter(([name, group]) => name === 'other' || group.payments < fewestPayments);
  const other = together(small.map(([, group]) => group));
  const shown = other.payments >= fewestPayments ? waiting : large;
  if (shown.length === 0) return undefined;
  return {
    month,
    groups: {
      ...Object.fromEntries(large),
      ...(other.payments >= fewestPayments && { other }),
    },
    taken: addGroups([before?.taken ?? {}, Object.fromEntries(shown) as Groups]),
  };
}

function waitingGroups(
  months: readonly FundMonth[],
  before: ShownMonth | undefined,
): (readonly [Category, Payments])[] {
  const all = addGroups(months.map(({ passedOn }) => passedOn));
  return categoryNames
    .map((name) => {
      const [paid, taken] = [all[name], before?.taken[name]];
      return [
        name,
        {
          amount: (paid?.amount ?? 0) - (taken?.amount ?? 0),
          payments: (paid?.payments ?? 0) - (taken?.payments ?? 0),
        },
      ] as const;
    })
    .filter(([, group]) => group.amount !== 0 || group.payments !== 0);
}

function addGroups(all: readonly Groups[]): Groups {
  return Object.fromEntries(
    categoryNames
      .map((name) => [name, together(all.flatMap((groups) => groups[name] ?? []))] as const)
      .filter(([, group]) => group.amount !== 0 || group.payments !== 0),
  ) as Groups;
}

function together(groups: readonly Payments[]): Payments {
  return groups.reduce(
    (all, one) => ({ amount: all.amount + one.amount, payments: all.payments + one.payments }),
    { amount: 0, payments: 0 },
  );
}

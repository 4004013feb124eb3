import { type Category, categoryNames } from '#accounting/disbursements/categories.ts';
import { endOfMonth } from '#kernel/ledger/closed-month.ts';
import type { Month } from '#platform/clock.ts';
import { type FundMonth, fewestFamilies, noPayments, type Payments, together } from './fund-month.ts';

/** The shown payments by category, minor units. */
export type Groups = { readonly [One in Category]?: Pick<Payments, 'amount' | 'payments'> };

/** All payments of a category that earlier periods have counted. */
interface Taken extends Omit<Payments, 'families'> {
  readonly through: Month;
}

/** The shown payments of a period, decided once and for ever. */
export interface ShownMonth {
  readonly month: Month;
  /** What the public sees; each group has at least five payments to at least five families. */
  readonly groups: Groups;
  /** What all periods so far have counted, by the category that was paid for: none of it is shown again. Never public. */
  readonly taken: { readonly [One in Category]?: Taken };
}

/** A sum of fewer payments might reveal what one family got (hongkong.md, "Families' safety"). */
const fewestPayments = 5;

/** Whether a sum reveals nothing about one family. */
function canBeShown({ payments, families }: Payments): boolean {
  return payments >= fewestPayments && families.length >= fewestFamilies;
}

const daysBeforeShowing = 7;

/** Whether a month is shown: it ended more than seven days ago, so the shown sum does not grow payment by payment. */
export function isShown(month: Month, now: Date): boolean {
  return now.getTime() > endOfMonth(month).getTime() + daysBeforeShowing * 86_400_000;
}

/**
 * Decides what a period shows of payments to families; payments to suppliers need no such protection. It looks at all payments up to its month that no earlier period counted: each category that can be shown
 * by itself is shown; the rest is shown together as other help if that is possible, else it waits for a later period. A sum that is
 * shown never changes, and no payment is in two sums. So neither a sum, nor the difference of two sums or of two versions of a page, is
 * made of one to four payments, or of payments to one to four families.
 *
 * @param months of one fund, all up to and including this month, in any order; a late entry of an earlier month counts here
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
  const large = waiting.filter(([name, group]) => name !== 'other' && canBeShown(group));
  const small = waiting.filter(([name, group]) => name === 'other' || !canBeShown(group));
  const other = together(small.map(([, group]) => group));
  const shown = canBeShown(other) ? waiting : large;
  if (shown.length === 0) return undefined;
  const taken = shown.map(([name, group]) => [name, take(group, before?.taken[name], month)]);
  return {
    month,
    groups: {
      ...Object.fromEntries(large.map(([name, group]) => [name, visible(group)])),
      ...(canBeShown(other) && { other: visible(other) }),
    },
    taken: { ...before?.taken, ...Object.fromEntries(taken) },
  };
}

function visible({ amount, payments }: Payments) {
  return { amount, payments };
}

function take(group: Payments, before: Taken | undefined, through: Month): Taken {
  const { families: _, ...all } = together([group, { ...noPayments, ...before, families: [] }]);
  return { ...all, through };
}

/**
 * Payments that no period has counted. Families are known only for months that no period has counted: for a late payment of an earlier
 * month nobody knows which family got it.
 */
function waitingGroups(
  months: readonly FundMonth[],
  before: ShownMonth | undefined,
): (readonly [Category, Payments])[] {
  return categoryNames
    .map((name) => {
      const taken = before?.taken[name];
      const paid = together(months.flatMap(({ passedOn }) => passedOn[name] ?? []));
      const since = months.filter(({ month }) => taken === undefined || month > taken.through);
      return [
        name,
        {
          amount: paid.amount - (taken?.amount ?? 0),
          payments: paid.payments - (taken?.payments ?? 0),
          families: together(since.flatMap(({ passedOn }) => passedOn[name] ?? [])).families,
        },
      ] as const;
    })
    .filter(([, group]) => group.amount !== 0 || group.payments !== 0);
}

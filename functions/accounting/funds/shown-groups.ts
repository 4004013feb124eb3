import { type Category, categoryNames } from '#accounting/disbursements/categories.ts';
import { endOfMonth } from '#kernel/ledger/closed-month.ts';
import type { Month } from '#platform/clock.ts';
import { type FundMonth, fewestFamilies, noPayments, type Payments, together } from './fund-month.ts';

/** What the public sees by category. Minor units. */
export type Groups = { readonly [One in Category]?: Pick<Payments, 'amount' | 'payments'> };

/** What all periods up to a month took in of a category. */
interface Taken extends Omit<Payments, 'families'> {
  readonly through: Month;
}

/** What is shown of a period's payments, once and for ever. */
export interface ShownMonth {
  readonly month: Month;
  /** What the public sees; each group is made of five payments or more, and if of families' then of five families' or more. */
  readonly groups: Groups;
  /** What all periods so far took in, by the category that it was paid for: none of it is shown again. Never public. */
  readonly taken: { readonly [One in Category]?: Taken };
}

/** A sum of fewer payments might tell what one family got (hongkong.md, "Families' safety"). */
const fewestPayments = 5;

/** Whether nothing follows from a sum about a family. */
function canBeShown({ payments, toFamilies, families }: Payments): boolean {
  return payments >= fewestPayments && (toFamilies === 0 || families.length >= fewestFamilies);
}

const daysBeforeShowing = 7;

/** Whether a month is shown: it ended more than seven days ago, so that what is shown of it does not grow payment by payment. */
export function isShown(month: Month, now: Date): boolean {
  return now.getTime() > endOfMonth(month).getTime() + daysBeforeShowing * 86_400_000;
}

/**
 * Decides what a period shows: of all payments up to its month that no earlier period took in, each category that can be shown by
 * itself; the rest together as other help if that can be, else they wait for a later period. A sum that is shown never changes, and no
 * payment is in two of them: so neither a sum, nor what two sums or two versions of a page differ by, is made of one to four
 * payments, or of those to one to four families.
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

/** What no period took in. Families count of months that none took in: of what came late for the others nobody knows whose it is. */
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
          toFamilies: paid.toFamilies - (taken?.toFamilies ?? 0),
          families: together(since.flatMap(({ passedOn }) => passedOn[name] ?? [])).families,
        },
      ] as const;
    })
    .filter(([, group]) => group.amount !== 0 || group.payments !== 0);
}

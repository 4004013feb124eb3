import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Category, categoryNames } from '../../../functions/disbursements/categories.ts';
import { type FundMonth, noFigures, type Payments } from '../../../functions/money/fund-month.ts';
import { type PublicMoney, publicMoney } from '../../../functions/money/public-money.ts';
import { decideShown, isShown, type ShownMonth } from '../../../functions/money/shown-groups.ts';
import { nextMonth } from '../../../functions/platform/clock.ts';

const first = '2026-01';
const monthAt = (index: number): string => (index === 0 ? first : nextMonth(monthAt(index - 1)));

/** The moment from which a month may be shown, and a little more. */
const dayOfShowing = (month: string) =>
  new Date(Date.parse(`${nextMonth(month)}-01T00:00:00+08:00`) + 7 * 86_400_000 + 1000);

function fundMonth(month: string, passedOn: Partial<Record<Category, Payments>>): FundMonth {
  return { ...noFigures(), slug: 'a', month, received: 0, cashMissing: 0, feesBorneBy: 'receiver', passedOn };
}

/** A payment of 2 to the power of its number: any sum tells which payments it is made of. */
interface Paid {
  /** The month of the books. */
  readonly month: number;
  /** In which run the summary first sees it: late ones are booked into a month that was shown before. */
  readonly seenIn: number;
  readonly category: Category;
  readonly amount: number;
}

const lastMonth = 5;
const paid = fc
  .array(
    fc.record({
      month: fc.integer({ min: 0, max: lastMonth }),
      late: fc.integer({ min: 0, max: 2 }),
      category: fc.constantFrom<Category>('rent', 'food', 'medical', 'other'),
    }),
    { maxLength: 45 },
  )
  .map((drawn) =>
    drawn.map(
      ({ month, late, category }, index): Paid => ({
        month,
        seenIn: month + late,
        category,
        amount: 2 ** index,
      }),
    ),
  );

function monthsSeen(payments: readonly Paid[], run: number): FundMonth[] {
  return Array.from({ length: lastMonth + 1 }, (_, index) => {
    const passedOn: Partial<Record<Category, Payments>> = {};
    for (const { month, seenIn, category, amount } of payments) {
      if (month !== index || seenIn > run) continue;
      const before = passedOn[category] ?? { amount: 0, payments: 0 };
      passedOn[category] = { amount: before.amount + amount, payments: before.payments + 1 };
    }
    return fundMonth(monthAt(index), passedOn);
  });
}

/** The page as it was after each run: one a month, on the day from which the month before may be shown. */
function versions(payments: readonly Paid[]): PublicMoney[] {
  const shown: ShownMonth[] = [];
  return Array.from({ length: lastMonth + 4 }, (_, run) => {
    const now = dayOfShowing(monthAt(run));
    const months = monthsSeen(payments, run);
    for (const { month } of months) {
      const before = shown.at(-1);
      if ((before && month <= before.month) || !isShown(month, now)) continue;
      const decided = decideShown(month, months, before);
      if (decided) shown.push(decided);
    }
    const known = months.filter(({ month }) => month <= monthAt(run));
    return publicMoney({ months: known, shown: [...shown], givenOut: 0 }, monthAt(run), now);
  });
}

/** Every sum that a page shows of what was passed on: by purpose, by month, of all months, and what is held. */
function sumsOn({ months, sums }: PublicMoney): number[] {
  return [
    ...months.flatMap((each) => [...each.groups.map(({ amount }) => amount), each.passedOn ?? 0, -each.held]),
    ...sums.groups.map(({ amount }) => amount),
    sums.passedOn,
    -sums.held,
  ];
}

/** Of how many payments a sum, or the difference of two, is made: those in one of them and not in the other. */
function paymentsIn(a: number, b = 0): number {
  return [...(BigInt(a) ^ BigInt(b)).toString(2)].filter((digit) => digit === '1').length;
}

describe('what is shown of payments to families', () => {
  it('is never a sum of one to four payments, nor are two sums that differ by so few, on one page or over time', () => {
    fc.assert(
      fc.property(paid, (payments) => {
        const sums = [...new Set([0, ...versions(payments).flatMap(sumsOn)])];
        for (const one of sums) {
          for (const other of sums) {
            const apart = paymentsIn(one, other);
            expect(apart === 0 || apart >= 5, `${one} and ${other} differ by ${apart}`).toBe(true);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('would be, if running months were shown: the check finds it', () => {
    const five = Array.from({ length: 6 }, (_, index) => 2 ** index);
    const [yesterday, today] = [five.slice(0, 5), five].map((all) => all.reduce((a, b) => a + b, 0));
    expect(paymentsIn(yesterday ?? 0, today)).toBe(1);
  });

  it('never changes once it is shown, and takes in each payment once', () => {
    fc.assert(
      fc.property(paid, (payments) => {
        const all = versions(payments);
        all.slice(1).forEach((later, index) => {
          for (const before of all[index]?.months ?? []) {
            if (before.groups.length === 0) continue;
            const after = later.months.find(({ month }) => month === before.month);
            expect(after).toMatchObject({ groups: before.groups, passedOn: before.passedOn });
          }
        });
        const end = all.at(-1)?.sums;
        const booked = payments.reduce((total, { amount }) => total + amount, 0);
        expect(end?.passedOn ?? 0).toBeLessThanOrEqual(booked);
        expect((end?.passedOn ?? 0) + (end?.held ?? 0)).toBe(0);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a month', () => {
  const group = (payments: number, amount = payments * 100): Payments => ({ payments, amount });
  const of = (passedOn: Partial<Record<Category, Payments>>) =>
    decideShown(first, [fundMonth(first, passedOn)], undefined)?.groups;

  it.each<[string, Partial<Record<Category, Payments>>, unknown]>([
    ['five for one purpose by themselves', { rent: group(5) }, { rent: group(5) }],
    ['four for one purpose not at all', { rent: group(4) }, undefined],
    ['four and one together as other help', { rent: group(4), food: group(1) }, { other: group(5) }],
    ['the large one, while the few wait', { rent: group(9), food: group(4) }, { rent: group(9) }],
    [
      'the large one, and the few with other help',
      { rent: group(9), food: group(3), other: group(2) },
      { rent: group(9), other: group(5) },
    ],
    ['no other help of four', { rent: group(5), other: group(4) }, { rent: group(5) }],
    ['no correction without a payment', { other: { amount: -500, payments: 0 } }, undefined],
  ])('shows %s', (_, passedOn, expected) => {
    expect(of(passedOn)).toEqual(expected);
  });

  it('takes in what waited before, and what came late for an earlier month', () => {
    const january = decideShown(first, [fundMonth(first, { rent: group(5), food: group(3) })], undefined);
    const late = fundMonth(first, { rent: group(7), food: group(3) });
    const february = decideShown('2026-02', [late, fundMonth('2026-02', { food: group(2) })], january);
    expect(february?.groups).toEqual({ food: group(5) });
    const march = decideShown(
      '2026-03',
      [late, fundMonth('2026-02', { food: group(2) }), fundMonth('2026-03', { rent: group(3) })],
      february,
    );
    expect(march?.groups).toEqual({ rent: group(5) });
  });

  it('is shown when it ended more than seven days ago, on Hong Kong’s clock', () => {
    expect(isShown('2026-10', new Date('2026-11-07T16:00:00Z'))).toBe(false);
    expect(isShown('2026-10', new Date('2026-11-07T16:00:00.001Z'))).toBe(true);
  });

  it('names purposes of the list only', () => {
    expect(categoryNames.at(-1)).toBe('other');
  });
});

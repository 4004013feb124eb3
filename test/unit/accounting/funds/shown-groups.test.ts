import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Category, categoryNames } from '#accounting/disbursements/categories.ts';
import {
  type FundMonth,
  noFigures,
  noPayments,
  type Payments,
  together,
} from '#accounting/funds/fund-month.ts';
import { type PublicMoney, publicMoney } from '#accounting/funds/public-money.ts';
import { decideShown, isShown, type ShownMonth } from '#accounting/funds/shown-groups.ts';
import { nextMonth } from '#platform/clock.ts';

const first = '2026-01';
const monthAt = (index: number): string => (index === 0 ? first : nextMonth(monthAt(index - 1)));

/** The moment from which a month may be shown, and a little more. */
const dayOfShowing = (month: string) =>
  new Date(Date.parse(`${nextMonth(month)}-01T00:00:00+08:00`) + 7 * 86_400_000 + 1000);

function fundMonth(month: string, passedOn: Partial<Record<Category, Payments>>): FundMonth {
  return { ...noFigures(), slug: 'a', month, received: 0, cashMissing: 0, feesBorneBy: 'receiver', passedOn };
}

/** A payment of 2 to the power of its number: any sum shows which payments it is made of. */
interface Paid {
  /** The month of the books. */
  readonly month: number;
  /** In which run the summary first sees it: late ones are booked into a month that was shown before. */
  readonly seenIn: number;
  readonly category: Category;
  readonly amount: number;
  /** One of eight. */
  readonly family: number;
}

const lastMonth = 5;
const paid = fc
  .array(
    fc.record({
      month: fc.integer({ min: 0, max: lastMonth }),
      late: fc.integer({ min: 0, max: 2 }),
      category: fc.constantFrom<Category>('rent', 'food', 'medical', 'other'),
      family: fc.integer({ min: 1, max: 8 }),
    }),
    { maxLength: 45 },
  )
  .map((drawn) =>
    drawn.map(
      ({ month, late, category, family }, index): Paid => ({
        family,
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
    for (const { month, seenIn, category, amount, family } of payments) {
      if (month !== index || seenIn > run) continue;
      const one = { amount, payments: 1, families: [`family ${family}`] };
      passedOn[category] = together([passedOn[category] ?? noPayments, one]);
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
    return publicMoney(
      { months: known, shown: [...shown], givenOut: 0, coverage: undefined },
      monthAt(run),
      now,
    );
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

/** Of which payments a sum, or the difference of two, is made: the numbers of those in one of them and not in the other. */
function paymentsIn(a: number, b = 0): number[] {
  const digits = [...(BigInt(a) ^ BigInt(b)).toString(2)].reverse();
  return digits.flatMap((digit, number) => (digit === '1' ? [number] : []));
}

describe('what is shown of payments to families', () => {
  it('is never a sum of one to four payments or families, nor are two sums that differ by so few, on one page or over time', () => {
    fc.assert(
      fc.property(paid, (payments) => {
        const sums = [...new Set([0, ...versions(payments).flatMap(sumsOn)])];
        for (const one of sums) {
          for (const other of sums) {
            const apart = paymentsIn(one, other);
            const families = new Set(apart.flatMap((number) => payments[number]?.family ?? []));
            const says = `${one} and ${other} differ by ${apart.length} payments to ${families.size} families`;
            expect(apart.length === 0 || apart.length >= 5, says).toBe(true);
            expect(families.size === 0 || families.size >= 5, says).toBe(true);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('would be, if running months were shown: the check finds it', () => {
    const five = Array.from({ length: 6 }, (_, index) => 2 ** index);
    const [yesterday, today] = [five.slice(0, 5), five].map((all) => all.reduce((a, b) => a + b, 0));
    expect(paymentsIn(yesterday ?? 0, today)).toEqual([5]);
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
  const names = (count: number) =>
    Array.from({ length: Math.min(5, count) }, (_, index) => `family ${index}`);
  const group = (payments: number, families = payments): Payments => ({
    payments,
    amount: payments * 100,
    families: names(families),
  });
  const sum = (payments: number) => ({ payments, amount: payments * 100 });
  const of = (passedOn: Partial<Record<Category, Payments>>) =>
    decideShown(first, [fundMonth(first, passedOn)], undefined)?.groups;

  it.each<[string, Partial<Record<Category, Payments>>, unknown]>([
    ['five for one purpose by themselves', { rent: group(5) }, { rent: sum(5) }],
    ['four for one purpose not at all', { rent: group(4) }, undefined],
    ['nine to four families not at all', { rent: group(9, 4) }, undefined],
    [
      'seven to four families together with others’ as other help',
      { rent: group(7, 4), food: { ...group(3), families: ['family 3', 'family 8', 'family 9'] } },
      { other: sum(10) },
    ],
    [
      'what goes to the same four families for two purposes not at all',
      { rent: group(4), food: group(4) },
      undefined,
    ],
    [
      'four and one of another family together as other help',
      { rent: group(4), food: { ...group(1), families: ['family 9'] } },
      { other: sum(5) },
    ],
    ['the large one, while the few wait', { rent: group(9), food: group(4) }, { rent: sum(9) }],
    [
      'the large one, and the few with other help',
      { rent: group(9), food: group(3), other: { ...group(2), families: ['family 8', 'family 9'] } },
      { rent: sum(9), other: sum(5) },
    ],
    ['no other help of four', { rent: group(5), other: group(4) }, { rent: sum(5) }],
    ['no correction without a payment', { other: { ...noPayments, amount: -500 } }, undefined],
  ])('shows %s', (_, passedOn, expected) => {
    expect(of(passedOn)).toEqual(expected);
  });

  it('takes in what waited before, and what came late for an earlier month', () => {
    const january = decideShown(first, [fundMonth(first, { rent: group(5), food: group(3) })], undefined);
    const late = fundMonth(first, { rent: group(7), food: group(3) });
    const food = fundMonth('2026-02', { food: { ...group(2), families: ['family 8', 'family 9'] } });
    const february = decideShown('2026-02', [late, food], january);
    expect(february?.groups).toEqual({ food: sum(5) });
    const march = [late, food, fundMonth('2026-03', { rent: group(3) })];
    // Two that came late may have gone to any of the three.
    expect(decideShown('2026-03', march, february)).toBeUndefined();
    const april = decideShown('2026-04', [...march, fundMonth('2026-04', { rent: group(5) })], february);
    expect(april?.groups).toEqual({ rent: sum(10) });
  });

  it('shows what suppliers got at once, beside what families got later, and neither tells of one family', () => {
    const page = (now: Date, shown: ShownMonth[]) =>
      publicMoney({ months: [month], shown, givenOut: 0, coverage: undefined }, first, now).months[0];
    const month = { ...fundMonth(first, { rent: group(5), food: group(4) }), suppliers: { rent: 1_000_000 } };
    const running = page(new Date(`${first}-20T04:00:00Z`), []);
    const rent = { category: 'rent', amount: 1_000_000 };
    expect(running).toMatchObject({ groups: [rent], passedOn: 1_000_000, isComplete: false });
    const decided = decideShown(first, [month], undefined);
    const later = page(dayOfShowing(first), decided ? [decided] : []);
    expect(later).toMatchObject({ groups: [{ ...rent, amount: 1_000_500 }], isComplete: true });
  });

  it('is shown when it ended more than seven days ago, on Hong Kong’s clock', () => {
    expect(isShown('2026-10', new Date('2026-11-07T16:00:00Z'))).toBe(false);
    expect(isShown('2026-10', new Date('2026-11-07T16:00:00.001Z'))).toBe(true);
  });

  it('names purposes of the list only', () => {
    expect(categoryNames.at(-1)).toBe('other');
  });
});

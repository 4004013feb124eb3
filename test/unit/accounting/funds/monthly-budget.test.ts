import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monthFigures } from '#accounting/funds/monthly-budget.ts';
import { addUp } from '#kernel/totals/totals.ts';
import { decidePayment } from '#payments/payment/payment.ts';
import { monthsBetween } from '#platform/clock.ts';
import { paidCheckout } from '../../../support/paid-checkout.ts';

const tenThousand = [{ from: '2026-09', amount: 10_000 }];

describe('a monthly budget of 10,000 that raised 12,000, 7,000 and 4,500', () => {
  const raised = { '2026-09': 12_000, '2026-10': 7_000, '2026-11': 4_500 };

  it.each([
    ['2026-09', 12_000, 0, 1.2],
    ['2026-10', 7_000, 2_000, 0.9],
    ['2026-11', 4_500, 0, 0.4],
    ['2026-12', 0, 0, 0],
  ])('in %s: raised %d, carried over %d, months covered %d', (month, now, carriedOver, monthsCovered) => {
    expect(monthFigures('2026-09', month, raised, tenThousand)).toEqual({
      month,
      budget: 10_000,
      raised: now,
      carriedOver,
      monthsCovered,
    });
  });
});

describe('a budget', () => {
  const budgets = [
    { from: '2026-11', amount: 20_000 },
    { from: '2026-09', amount: 10_000 },
  ];

  it('holds from its own month on, and a surplus is measured by the budget of its month', () => {
    const raised = { '2026-09': 35_000 };
    expect(monthFigures('2026-09', '2026-10', raised, budgets)).toMatchObject({
      budget: 10_000,
      carriedOver: 25_000,
    });
    expect(monthFigures('2026-09', '2026-11', raised, budgets)).toMatchObject({
      budget: 20_000,
      carriedOver: 15_000,
    });
    expect(monthFigures('2026-09', '2026-12', raised, budgets)).toMatchObject({
      budget: 20_000,
      carriedOver: 0,
    });
  });

  it('is needed', () => {
    expect(() => monthFigures('2026-09', '2026-09', {}, [])).toThrow(/at least one amount/);
  });
});

describe('a month with more refunds than gifts', () => {
  const raised = { '2026-09': 13_000, '2026-10': -2_000, '2026-11': 5_000 };

  it('goes below zero and lowers what was carried over', () => {
    expect(monthFigures('2026-09', '2026-10', raised, tenThousand)).toMatchObject({
      raised: -2_000,
      carriedOver: 3_000,
      monthsCovered: 0.1,
    });
  });

  it('leaves no debt to the next', () => {
    expect(monthFigures('2026-09', '2026-11', raised, tenThousand)).toMatchObject({
      carriedOver: 0,
      monthsCovered: 0.5,
    });
  });

  it('covers less than nothing when nothing was carried over', () => {
    expect(monthFigures('2026-10', '2026-10', raised, tenThousand).monthsCovered).toBe(-0.2);
  });
});

describe('a gift around the end of May in Hong Kong', () => {
  it.each([
    ['2026-05-31T23:59:58.000+08:00', { may: 11_000, june: 0, carriedOver: 1_000 }],
    ['2026-05-31T23:59:59.000+08:00', { may: 11_000, june: 0, carriedOver: 1_000 }],
    ['2026-05-31T23:59:59.999+08:00', { may: 11_000, june: 0, carriedOver: 1_000 }],
    ['2026-06-01T00:00:00.000+08:00', { may: 0, june: 11_000, carriedOver: 0 }],
    ['2026-06-01T00:00:01.000+08:00', { may: 0, june: 11_000, carriedOver: 0 }],
    ['2026-06-01T07:59:59.999+08:00', { may: 0, june: 11_000, carriedOver: 0 }],
  ])('paid at %s counts in its own month only', (at, { may, june, carriedOver }) => {
    const {
      payment: gift,
      entry,
      totals,
    } = decidePayment(paidCheckout({ amount: 11_000, at: new Date(at) }));
    expect([entry.month, totals.month]).toEqual([gift.month, gift.month]);
    const shard = {
      months: { [totals.month]: totals.raised },
      generation: 0,
      raised: totals.raised,
      sales: 0,
      repeats: 0,
      supporters: 1,
    };
    const { months } = addUp([shard], undefined);
    const budgets = [{ from: '2026-05', amount: 10_000 }];
    expect(monthFigures('2026-05', '2026-05', months, budgets)).toMatchObject({
      raised: may,
      carriedOver: 0,
    });
    expect(monthFigures('2026-05', '2026-06', months, budgets)).toMatchObject({ raised: june, carriedOver });
  });
});

describe('whatever is raised', () => {
  const months = monthsBetween('2026-01', '2026-12');
  const story = fc.record({
    budget: fc.integer({ min: 1, max: 10_000_000 }),
    raised: fc.array(fc.integer({ min: -50_000_000, max: 50_000_000 }), { minLength: 12, maxLength: 12 }),
  });

  it('no more is carried over than the surpluses before, and never less than nothing', () => {
    fc.assert(
      fc.property(story, ({ budget, raised }) => {
        const byMonth = Object.fromEntries(months.map((month, n) => [month, raised[n] ?? 0]));
        let surpluses = 0;
        for (const month of months) {
          const figures = monthFigures('2026-01', month, byMonth, [{ from: '2026-01', amount: budget }]);
          expect(figures.carriedOver).toBeGreaterThanOrEqual(0);
          expect(figures.carriedOver).toBeLessThanOrEqual(surpluses);
          surpluses += Math.max(0, figures.raised - budget);
        }
      }),
    );
  });

  it('no month is said to be covered that is not, and no tenth of it is kept back', () => {
    fc.assert(
      fc.property(story, ({ budget, raised }) => {
        const byMonth = Object.fromEntries(months.map((month, n) => [month, raised[n] ?? 0]));
        for (const month of months) {
          const figures = monthFigures('2026-01', month, byMonth, [{ from: '2026-01', amount: budget }]);
          const tenths = Math.round(figures.monthsCovered * 10);
          const tenfold = (figures.carriedOver + figures.raised) * 10;
          expect(tenths * budget).toBeLessThanOrEqual(tenfold);
          expect((tenths + 1) * budget).toBeGreaterThan(tenfold);
        }
      }),
    );
  });
});

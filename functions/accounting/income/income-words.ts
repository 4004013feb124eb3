import type { Period } from './income.ts';

/** The sentences of the page of totals. */
export const incomeWords = {
  label: { en: 'Totals', 'zh-HK': '總計' },
  title: 'Totals',
  asOf: (moment: string) =>
    `All funds together, as the books were added up on ${moment}. That happens every hour.`,
  never: 'The books of this month were not added up yet: that happens every hour.',
  periods: {
    today: 'Today',
    week: 'Last 7 days',
    days30: 'Last 30 days',
    taxYear: 'Tax year, since 1 April',
  } satisfies Record<Period, string>,
  period: 'When',
  payments: 'Payments',
  gross: 'Gross',
  fees: 'Card fees',
  refunded: 'Refunded',
  net: 'Net',
  explained:
    'Gross is all that was paid: gifts, what was bought, and what was added for card fees. Net is that without card fees, refunds and what disputes took. A refund counts on its own day.',
  chartTitle: 'Income by month',
  chart: (count: number) =>
    `Bars of the gross income and the net income of the last ${count} months; the table below has the same figures.`,
  month: 'Month',
};

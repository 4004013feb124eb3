import { netOf } from '#accounting/accounts/day-sums.ts';
import { formatMonth } from '#platform/clock.ts';
import type { Income } from './income.ts';
import { incomeWords as words } from './income-words.ts';
import { MonthChart } from './month-chart.tsx';

/** Bars of what came in by month. The table below holds the same figures. */
export function IncomeChart({ months }: Pick<Income, 'months'>) {
  return (
    <MonthChart
      title={words.chartTitle}
      text={words.chart(months.length)}
      kinds={[
        { label: words.gross, colour: '#24489b' },
        { label: words.net, colour: '#1c7a4a' },
      ]}
      months={months.map((each) => ({
        name: formatMonth(each.month, 'en').slice(0, 3),
        sums: [each.gross, netOf(each)],
      }))}
    />
  );
}

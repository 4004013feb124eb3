import type { PublicMonth } from '#accounting/funds/public-money.ts';
import { MonthChart } from '#accounting/income/month-chart.tsx';
import type { Language } from '#platform/charity.ts';
import { formatMonth } from '#platform/clock.ts';
import { moneyWordsOf } from './money-words.ts';

const mostMonths = 12;

/** Bars of what was received and passed on in the last twelve months. The table beside the chart holds the same figures. */
export function MoneyChart({ months, language }: { months: readonly PublicMonth[]; language: Language }) {
  const words = moneyWordsOf(language);
  const last = months.slice(-mostMonths);
  return (
    <MonthChart
      title={words.chartTitle}
      text={words.chart(last.length)}
      kinds={[
        { label: words.received, colour: '#24489b' },
        { label: words.passedOn, colour: '#b81f31' },
      ]}
      months={last.map(({ month, received, passedOn }) => ({
        name: shortMonth(month, language),
        sums: [received, passedOn ?? 0],
      }))}
    />
  );
}

/** `Nov`, `11月`, for example. */
function shortMonth(month: string, language: Language): string {
  return language === 'en' ? formatMonth(month, 'en').slice(0, 3) : `${Number(month.slice(5))}月`;
}

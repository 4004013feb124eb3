import { type DaySums, netOf } from '#accounting/accounts/day-sums.ts';
import { momentOf } from '#kernel/staff/desk-list.tsx';
import { formatMonth } from '#platform/clock.ts';
import { formatMoney } from '#platform/money.ts';
import { periods } from './income.ts';
import { IncomeChart } from './income-chart.tsx';
import { incomeWords as words } from './income-words.ts';
import type { StatedIncome } from './read-income.ts';

/** What came in and went out today, this week, this month and this tax year, and by month. */
export function IncomeDesk({ income }: { readonly income: StatedIncome }) {
  const { totals, months, asOf } = income;
  return (
    <>
      <h1>{words.title}</h1>
      <p class="lead">{asOf ? words.asOf(momentOf(asOf)) : words.never}</p>
      <SumTable
        label={words.title}
        head={words.period}
        rows={periods.map((period) => [words.periods[period], totals[period]])}
      />
      <p>{words.explained}</p>
      <h2>{words.chartTitle}</h2>
      <IncomeChart months={months} />
      <SumTable
        label={words.chartTitle}
        head={words.month}
        rows={[...months].reverse().map((each) => [formatMonth(each.month, 'en'), each])}
      />
    </>
  );
}

interface TableProps {
  readonly label: string;
  readonly head: string;
  readonly rows: readonly (readonly [title: string, sums: DaySums])[];
}

function SumTable({ label, head, rows }: TableProps) {
  const heads = [head, words.payments, words.gross, words.fees, words.refunded, words.net];
  return (
    <section class="scroll" tabindex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            {heads.map((each) => (
              <th scope="col">{each}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([title, sums]) => (
            <tr>
              <th scope="row">{title}</th>
              <td>{sums.payments.toLocaleString('en')}</td>
              {[sums.gross, sums.fees, sums.refunded, netOf(sums)].map((amount) => (
                <td class="sum">{formatMoney(amount, 'hkd')}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

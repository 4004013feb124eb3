import type { BookMonth } from '#accounting/accounts/list-accounts.ts';
import { MoneyLinks } from '#accounting/accounts/money-links.tsx';
import { formatDate, formatMonth } from '#platform/clock.ts';
import { monthWords as words } from './month-words.ts';

/** Every month of the books, the newest first. */
export function Months({ months }: { readonly months: readonly BookMonth[] }) {
  return (
    <>
      <h1>{words.title}</h1>
      <MoneyLinks at="/staff/months" />
      <p class="lead">{words.intro}</p>
      {months.length === 0 ? <p>{words.none}</p> : <MonthTable months={months} />}
    </>
  );
}

function MonthTable({ months }: { readonly months: readonly BookMonth[] }) {
  return (
    <table class="measure">
      <thead>
        <tr>
          <th scope="col">{words.month}</th>
          <th scope="col">{words.state}</th>
        </tr>
      </thead>
      <tbody>
        {[...months].reverse().map(({ month, closedAt }) => (
          <tr>
            <th scope="row">
              <a href={`/staff/funds?month=${month}`}>{formatMonth(month, 'en')}</a>
            </th>
            <td>{closedAt === null ? words.open : words.closed(formatDate(new Date(closedAt), 'en'))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import type { FundName } from '#kernel/staff/desk-context.ts';
import { formatMonth, type Month } from '#platform/clock.ts';
import { formatMoney, sum } from '#platform/money.ts';
import { availableIn, type FundMonth, feesBorneByFund, passedOnIn } from './fund-month.ts';
import { fundWords as words } from './fund-words.ts';

/** A fund's books, as far as the page shows them. */
export interface FundBooks {
  readonly fund: FundName;
  readonly months: readonly FundMonth[];
  /** What it has paid out so far, minor units. */
  readonly givenOut: number;
}

/** What moved in a fund in a month, and what it holds. Minor units. */
interface Row {
  readonly title: string;
  readonly came: number;
  readonly paidOut: number;
  readonly refunded: number;
  readonly went: number;
  readonly holds: number;
}

interface FundsProps {
  readonly books: readonly FundBooks[];
  readonly month: Month;
}

/** What every fund holds, and what came in and went out in a month. */
export function Funds({ books, month }: FundsProps) {
  const rows = books.map((each) => rowOf(each, month));
  const all = (of: (row: Row) => number) => sum(rows.map(of));
  const whole: Row = {
    title: words.all,
    came: all(({ came }) => came),
    paidOut: all(({ paidOut }) => paidOut),
    refunded: all(({ refunded }) => refunded),
    went: all(({ went }) => went),
    holds: all(({ holds }) => holds),
  };
  return (
    <>
      <p>{words.intro(formatMonth(month, 'en'))}</p>
      <section class="scroll" tabindex={0} aria-label={words.title}>
        <table>
          <thead>
            <tr>
              {[words.fund, words.came, words.went, words.paidOut, words.refunded, words.holds].map(
                (head) => (
                  <th scope="col">{head}</th>
                ),
              )}
            </tr>
          </thead>
          <tbody>{rows.map(lineOf)}</tbody>
          <tfoot>{lineOf(whole)}</tfoot>
        </table>
      </section>
    </>
  );
}

function lineOf({ title, came, went, paidOut, refunded, holds }: Row) {
  return (
    <tr>
      <th scope="row">{title}</th>
      {[came, went, paidOut, refunded, holds].map((amount) => (
        <td class="sum">{formatMoney(amount, 'hkd')}</td>
      ))}
    </tr>
  );
}

function rowOf({ fund, months, givenOut }: FundBooks, month: Month): Row {
  const own = months.find((each) => each.month === month);
  const holds = sum(months.map(availableIn)) - givenOut;
  if (!own) return { title: fund.title, came: 0, paidOut: 0, refunded: 0, went: 0, holds };
  const paidOut = passedOnIn(own);
  const refunded = own.refunded + own.disputed;
  const came = own.received + own.opening + own.transferredIn + own.corrected;
  const went = paidOut + refunded + own.transferredOut + feesBorneByFund(own);
  return { title: fund.title, came, paidOut, refunded, went, holds };
}

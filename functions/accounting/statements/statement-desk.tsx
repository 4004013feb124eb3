import { accountName } from '#accounting/accounts/account-words.ts';
import { MoneyLinks } from '#accounting/accounts/money-links.tsx';
import { titleOf } from '#accounting/disbursements/disbursement-desk.tsx';
import { type FundBooks, Funds } from '#accounting/funds/fund-desk.tsx';
import type { FundName } from '#kernel/staff/desk-context.ts';
import type { DeskView } from '#kernel/staff/desk-endpoint.ts';
import { Done } from '#kernel/staff/desk-form.tsx';
import { Filter, fundTitle, MonthChoice, momentOf } from '#kernel/staff/desk-list.tsx';
import { mayDo } from '#kernel/staff/rights.ts';
import { charity } from '#platform/charity.ts';
import { formatDate, formatMonth, type Month } from '#platform/clock.ts';
import { formatMoney, sum } from '#platform/money.ts';
import type { StatementLine } from './read-statement.ts';
import { type StatementSums, statementSums, wayOf } from './statement.ts';
import { statementWords as words } from './statement-words.ts';

/** How a month stands: closed, or open with what keeps it so. */
export type MonthState =
  | { readonly kind: 'closed'; readonly at: Date }
  | { readonly kind: 'early'; readonly from: Date }
  | { readonly kind: 'later'; readonly before: Month }
  | { readonly kind: 'questions'; readonly questions: readonly string[] }
  | { readonly kind: 'closable' };

/** A month of the books, as the page shows it. */
export interface MonthPage {
  readonly month: Month;
  readonly months: readonly Month[];
  readonly state: MonthState;
  readonly books: readonly FundBooks[];
  readonly lines: readonly StatementLine[];
  readonly nextCursor: string | null;
}

/** What every fund holds, how the month stands, and what came in and went out in it. */
export function MonthDesk({ page, view }: { readonly page: MonthPage; readonly view: DeskView }) {
  const { month, months, state, books, lines, nextCursor } = page;
  const funds = books.map(({ fund }) => fund);
  const ofMonth = books.flatMap((each) => each.months.filter((own) => own.month === month));
  const fees = sum(ofMonth.map((own) => own.fees));
  return (
    <>
      <h1>{words.title(formatMonth(month, 'en'))}</h1>
      <Done word={view.done} sentences={words.done} />
      <MoneyLinks at="/staff/funds" />
      <Filter action="/staff/funds">
        <MonthChoice month={month} months={months} />
      </Filter>
      <StateOfMonth month={month} state={state} mayClose={mayDo(view.session.actor, 'month.close')} />
      {mayDo(view.session.actor, 'export.make') && (
        <p>
          <a href="/staff/ask-for-export/month">{words.spreadsheet}</a>
        </p>
      )}
      <h2>{words.fundsTitle}</h2>
      <Funds books={books} month={month} />
      {fees !== 0 && <p>{words.fees(formatMoney(fees, 'hkd'), charity.feesBorneBy)}</p>}
      <h2>{words.linesTitle}</h2>
      {lines.length === 0 && <p>{words.none}</p>}
      {lines.length > 0 && <Lines lines={lines} funds={funds} />}
      {nextCursor !== null && (
        <p class="row">
          <a class="button quiet" href={`/staff/funds?month=${month}&cursor=${nextCursor}`}>
            {words.next}
          </a>
        </p>
      )}
    </>
  );
}

interface StateProps {
  readonly month: Month;
  readonly state: MonthState;
  readonly mayClose: boolean;
}

function StateOfMonth({ month, state, mayClose }: StateProps) {
  if (state.kind === 'closed') return <p class="lead">{words.isClosed(formatDate(state.at, 'en'))}</p>;
  return (
    <>
      <p class="lead">
        {words.isOpen}
        {state.kind === 'early' && ` ${words.closableFrom(formatDate(state.from, 'en'))}`}
        {state.kind === 'later' && ` ${words.before(formatMonth(state.before, 'en'))}`}
        {state.kind === 'questions' && ` ${words.questions(state.questions.length)}`}
        {state.kind === 'closable' && ` ${words.mayClose}`}
      </p>
      {state.kind === 'questions' && (
        <>
          <ul class="sources">
            {state.questions.map((each) => (
              <li class="id">{each}</li>
            ))}
          </ul>
          <p>
            <a href={`/staff/payouts?month=${month}`}>{words.toPayouts}</a>
            {' · '}
            <a href={`/staff/differences?month=${month}`}>{words.toDifferences}</a>
          </p>
        </>
      )}
      {state.kind === 'closable' && mayClose && (
        <p class="row">
          <a class="button quiet" href={`/staff/months/${month}/close`}>
            {words.close}
          </a>
        </p>
      )}
    </>
  );
}

interface LinesProps {
  readonly lines: readonly StatementLine[];
  readonly funds: readonly FundName[];
}

function Lines({ lines, funds }: LinesProps) {
  return (
    <section class="scroll" tabindex={0} aria-label={words.linesTitle}>
      <table class="lines">
        <thead>
          <tr>
            {[words.when, words.what, words.fund, words.came, words.went, words.fee].map((head) => (
              <th scope="col">{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Line line={line} funds={funds} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Line({ line, funds }: { readonly line: StatementLine; readonly funds: readonly FundName[] }) {
  const { entry } = line;
  const sums = statementSums(entry);
  const money = (amount: number) => (amount === 0 ? '' : formatMoney(amount, entry.currency));
  const href = addressOf(line);
  const what = lineTitle(line, sums, funds);
  return (
    <tr>
      <td class="text">
        <time datetime={entry.at.toISOString()}>{momentOf(entry.at)}</time>
      </td>
      <th scope="row" dir="auto">
        {href === undefined ? what : <a href={href}>{what}</a>}
        {sums.moved > 0 && <span class="note">{money(sums.moved)}</span>}
        {entry.reason && <span class="note">{entry.reason}</span>}
      </th>
      <td class="text">{sums.funds.map((slug) => fundTitle(slug, funds)).join(', ')}</td>
      <td class="sum">{money(sums.came)}</td>
      <td class="sum">{money(sums.went)}</td>
      <td class="sum">{line.proceeds && money(line.proceeds.fee)}</td>
    </tr>
  );
}

function addressOf({ payment, disbursement }: StatementLine): string | undefined {
  if (payment) return `/staff/payments/${payment.paymentId}`;
  return disbursement && `/staff/disbursements/${disbursement.id}`;
}

/** What happened, in words for who does not know the accounts. */
function lineTitle(line: StatementLine, sums: StatementSums, funds: readonly FundName[]): string {
  const { entry, payment, person, disbursement } = line;
  const name = person?.name ?? words.erased;
  switch (entry.kind) {
    case 'payment': {
      const by = words.sources[payment?.source ?? 'stripe'];
      return payment && payment.parts.gift === 0 ? words.paidBy(name, by) : words.giftOf(name, by);
    }
    case 'refund':
    case 'refund-failed':
    case 'dispute-withdrawn':
    case 'dispute-reinstated':
      return words.aboutPerson[entry.kind](name);
    case 'hand-over':
      return disbursement ? words.paidOut(titleOf(disbursement)) : words.plain['hand-over'];
    case 'opening-balance':
      return words.opened(accountName(entry.postings[0]?.account ?? '', funds));
    case 'correction':
      return words.between(
        words.plain.correction,
        entry.postings.map(({ account }) => accountName(account, funds)),
      );
    case 'transfer':
    case 'cash-float': {
      const [from, to] = wayOf(entry.postings);
      return words.fromTo(words.plain[entry.kind], accountName(from, funds), accountName(to, funds));
    }
    case 'cash-count':
      return sums.came + sums.went === 0 ? words.countedAsBooked : words.plain['cash-count'];
    default:
      return words.plain[entry.kind];
  }
}

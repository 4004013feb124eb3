import { MoneyLinks } from '#accounting/accounts/money-links.tsx';
import type { FundName } from '#kernel/staff/desk-context.ts';
import type { DeskView } from '#kernel/staff/desk-endpoint.ts';
import { Done } from '#kernel/staff/desk-form.tsx';
import { Filter, fundTitle, MonthChoice, momentOf, OlderOfMonth } from '#kernel/staff/desk-list.tsx';
import { mayDo } from '#kernel/staff/rights.ts';
import { formatMonth, type Month } from '#platform/clock.ts';
import { type Export, type ExportKind, shownState } from './export.ts';
import { exportWords as words } from './export-words.ts';

const at = '/staff/exports';

/** A page of the exports of a month. */
export interface ExportsPage {
  readonly month: Month;
  readonly months: readonly Month[];
  readonly earlier: Month | undefined;
  readonly exports: readonly Export[];
  readonly nextCursor: string | null;
  readonly funds: readonly FundName[];
  /** What can be asked for. */
  readonly kinds: readonly ExportKind[];
}

/** Whether a file is being written, and who looks has just asked for it: the page then looks again by itself. */
export function looksAgain(
  { exports }: Pick<ExportsPage, 'exports'>,
  { done }: Pick<DeskView, 'done'>,
): boolean {
  return done !== undefined && exports.some(({ state }) => state === 'asked' || state === 'running');
}

/** What can be asked for, and what was: how each stands, and where its file is. */
export function Exports({ page, view }: { readonly page: ExportsPage; readonly view: DeskView }) {
  const { month, months, earlier, exports, nextCursor, kinds } = page;
  const isWatching = looksAgain(page, view);
  return (
    <>
      <h1>{words.title}</h1>
      <Done word={view.done} sentences={words.done} />
      <MoneyLinks at={at} />
      <p class="lead">{words.intro}</p>
      <ul class="gifts">
        {kinds.map((kind) => (
          <li>
            <header>
              <a href={`/staff/ask-for-export/${kind}`}>{words.ask[kind]}</a>
            </header>
            <p>{words.about[kind]}</p>
          </li>
        ))}
      </ul>
      <h2>{words.asked(formatMonth(month, 'en'))}</h2>
      {isWatching && (
        <p role="status">
          {words.looksAgain} <a href={at}>{words.stop}</a>
        </p>
      )}
      {exports.length === 0 && <p>{words.none(formatMonth(month, 'en'))}</p>}
      <ul class="gifts">
        {exports.map((each) => (
          <OneExport one={each} page={page} view={view} />
        ))}
      </ul>
      <Filter action={at}>
        <MonthChoice month={month} months={months} />
      </Filter>
      <OlderOfMonth at={at} month={month} nextCursor={nextCursor} earlier={earlier} />
    </>
  );
}

interface OneProps {
  readonly one: Export;
  readonly page: Pick<ExportsPage, 'funds' | 'month'>;
  readonly view: DeskView;
}

function OneExport({ one, page: { funds, month }, view }: OneProps) {
  const { id, campaign, people, askedAt, file, reason } = one;
  const state = shownState(one, view.now);
  const title = exportTitle(one);
  const more = [
    words.askedAt(momentOf(askedAt)),
    ...(campaign === undefined ? [] : [words.ofFund(fundTitle(campaign, funds))]),
    ...(people ? [words.withPeople] : []),
  ];
  return (
    <li>
      <h3>{title}</h3>
      <p class="note">{more.join(' · ')}</p>
      {(state === 'asked' || state === 'running') && (
        <p>
          {words.states[state]} <a href={`${at}?month=${month}&done=asked`}>{words.lookAgain}</a>
        </p>
      )}
      {state === 'expired' && <p>{words.states.expired}</p>}
      {state === 'failed' && <p>{words.failures[reason ?? 'unexpected']}</p>}
      {state === 'done' && file && (
        <>
          <p>{words.written(file.rows)}</p>
          {people && !mayDo(view.session.actor, 'person.read') ? (
            <p>{words.notForYou}</p>
          ) : (
            <p class="row">
              <a class="button small" href={`${at}/${id}/file`} aria-label={`${words.download}: ${title}`}>
                {words.download}
              </a>
            </p>
          )}
        </>
      )}
    </li>
  );
}

function exportTitle({ kind, from, to }: Export): string {
  if (kind === 'receipts') return words.months(words.ask[kind], words.taxYearOf(Number(from.slice(0, 4))));
  const [first, last] = [formatMonth(from, 'en'), formatMonth(to, 'en')];
  return words.months(words.ask[kind], from === to ? first : words.fromTo(first, last));
}

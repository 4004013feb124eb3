import type { FundName } from '#kernel/staff/desk-context.ts';
import type { DeskView } from '#kernel/staff/desk-endpoint.ts';
import { Done } from '#kernel/staff/desk-form.tsx';
import { fundTitle } from '#kernel/staff/desk-list.tsx';
import { formatDate, formatTime } from '#platform/clock.ts';
import { formatMoney } from '#platform/money.ts';
import type { WaitingPromise } from './list-promises.ts';
import { shownReference } from './promise.ts';
import { promiseDeskWords as words } from './promise-desk-words.ts';
import { promiseWordsOf } from './promise-words.ts';

interface PromisesProps {
  readonly promises: readonly WaitingPromise[];
  readonly funds: readonly FundName[];
  readonly view: DeskView;
}

/** The promises that wait for their money, each with the way to match it. */
export function Promises({ promises, funds, view }: PromisesProps) {
  const { ways } = promiseWordsOf('en');
  return (
    <>
      <h1>{words.title}</h1>
      <Done word={view.done} sentences={words.done} />
      <p class="lead">{words.intro}</p>
      {promises.length === 0 && <p>{words.none}</p>}
      <ul class="gifts open">
        {promises.map(({ reference, amount, name, fund, way, madeAt, dueAt }) => (
          <li>
            <header>
              <b dir="auto">{words.of(formatMoney(amount, 'hkd'), name ?? words.nobody)}</b>
            </header>
            <p class="note">
              {words.line(
                fundTitle(fund, funds),
                ways[way],
                formatDate(madeAt, 'en'),
                shownReference(reference),
              )}
            </p>
            {dueAt ? (
              <p>
                {words.matched(formatTime(dueAt))} <a href="/staff/entered-payments">{words.toEntries}</a>
              </p>
            ) : (
              <p class="row">
                <a class="button quiet" href={`/staff/promises/${reference}/match`}>
                  {words.match}
                  <span class="none"> {words.of(formatMoney(amount, 'hkd'), name ?? words.nobody)}</span>
                </a>
              </p>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

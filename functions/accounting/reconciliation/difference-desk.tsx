import { MoneyLinks } from '#accounting/accounts/money-links.tsx';
import type { DeskView } from '#kernel/staff/desk-endpoint.ts';
import { Done } from '#kernel/staff/desk-form.tsx';
import { Filter, MonthChoice, momentOf, OlderOfMonth } from '#kernel/staff/desk-list.tsx';
import { mayDo } from '#kernel/staff/rights.ts';
import { formatMonth, type Month } from '#platform/clock.ts';
import { formatMoney, isOfBooks } from '#platform/money.ts';
import type { StoredDifference } from './difference-item.ts';
import { differenceToDo, differenceWords as words } from './difference-words.ts';

const at = '/staff/differences';

interface DifferencesPage {
  readonly month: Month;
  readonly months: readonly Month[];
  readonly earlier: Month | undefined;
  readonly differences: readonly StoredDifference[];
  readonly nextCursor: string | null;
}

/** What Stripe and the books do not say alike in a month: what it is, and what to do. */
export function Differences({ page, view }: { readonly page: DifferencesPage; readonly view: DeskView }) {
  const { month, months, earlier, differences, nextCursor } = page;
  return (
    <>
      <h1>{words.title}</h1>
      <Done word={view.done} sentences={words.done} />
      <MoneyLinks at={at} />
      <p class="lead">{words.intro}</p>
      <Filter action={at}>
        <MonthChoice month={month} months={months} />
      </Filter>
      {differences.length === 0 && <p>{words.none(formatMonth(month, 'en'))}</p>}
      <ul class="gifts open">
        {differences.map((difference) => (
          <Difference difference={difference} view={view} />
        ))}
      </ul>
      <OlderOfMonth at={at} month={month} nextCursor={nextCursor} earlier={earlier} />
    </>
  );
}

function Difference({
  difference,
  view,
}: {
  readonly difference: StoredDifference;
  readonly view: DeskView;
}) {
  const { id, kind, stripeId, state, reason } = difference;
  return (
    <li>
      <h2>{words.kinds[kind]}</h2>
      <p>
        <strong>{amountOf(difference)}</strong>
      </p>
      <p class="note">
        {words.movedOn(momentOf(difference.at))} · <span class="id">{stripeId}</span>
      </p>
      <p>{words.states[state]}</p>
      {state === 'open' && <p>{differenceToDo[kind]}</p>}
      {reason && <p>{words.because(reason)}</p>}
      <div class="acts">
        {kind === 'other-amount' && stripeId.startsWith('pi_') && (
          <a class="button quiet small" href={`/staff/payments/${stripeId}`}>
            {words.look}
          </a>
        )}
        {state === 'open' && mayDo(view.session.actor, 'ledger.enter') && (
          <a
            class="button quiet small"
            href={`${at}/${encodeURIComponent(id)}/accept`}
            aria-label={`${words.accept}: ${words.kinds[kind]}, ${stripeId}`}
          >
            {words.accept}
          </a>
        )}
      </div>
    </li>
  );
}

/** By how much the books differ; in another currency the amount that moved there, in its smallest unit. */
export function amountOf({ amount, currency }: StoredDifference): string {
  if (currency !== undefined && !isOfBooks(currency)) {
    return words.inCurrency(String(amount), currency.toUpperCase());
  }
  const money = formatMoney(Math.abs(amount), 'hkd');
  return amount < 0 ? words.hasTooMuch(money) : words.lacks(money);
}

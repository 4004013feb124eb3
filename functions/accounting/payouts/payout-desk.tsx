import { MoneyLinks } from '#accounting/accounts/money-links.tsx';
import type { DeskView } from '#kernel/staff/desk-endpoint.ts';
import { Done } from '#kernel/staff/desk-form.tsx';
import { Filter, MonthChoice, OlderLink } from '#kernel/staff/desk-list.tsx';
import { mayDo } from '#kernel/staff/rights.ts';
import { formatDate, formatMonth, type Month } from '#platform/clock.ts';
import { formatMoney } from '#platform/money.ts';
import type { StoredPayout } from './payout-item.ts';
import { payoutToDo, payoutWords as words } from './payout-words.ts';

interface PayoutsPage {
  readonly month: Month;
  readonly months: readonly Month[];
  readonly earlier: Month | undefined;
  readonly payouts: readonly StoredPayout[];
}

/** The payouts of a month: how each stands, what in it differs, and what to do. */
export function Payouts({ page, view }: { readonly page: PayoutsPage; readonly view: DeskView }) {
  const { month, months, earlier, payouts } = page;
  return (
    <>
      <h1>{words.title}</h1>
      <Done word={view.done} sentences={words.done} />
      <MoneyLinks at="/staff/payouts" />
      <p class="lead">{words.intro}</p>
      <Filter action="/staff/payouts">
        <MonthChoice month={month} months={months} />
      </Filter>
      {payouts.length === 0 && <p>{words.none(formatMonth(month, 'en'))}</p>}
      <ul class="gifts open">
        {payouts.map((payout) => (
          <Payout payout={payout} view={view} />
        ))}
      </ul>
      <p class="row">
        <OlderLink next={undefined} earlier={earlier} hrefOf={(each) => `/staff/payouts?month=${each}`} />
      </p>
    </>
  );
}

/** Whether a person can accept it as it is. */
export const isAcceptable = ({ state }: Pick<StoredPayout, 'state'>) =>
  state === 'differs' || state === 'by-hand';

/** `HK$1,234.50, 22 November 2026`. */
export function payoutTitle({ amount, createdAt }: StoredPayout): string {
  return words.of(formatMoney(amount, 'hkd'), formatDate(createdAt, 'en'));
}

function Payout({ payout, view }: { readonly payout: StoredPayout; readonly view: DeskView }) {
  const { payoutId, arrivesAt, state, differences, reason } = payout;
  const todo = payoutToDo[state];
  return (
    <li>
      <h2>{payoutTitle(payout)}</h2>
      <p class="note">{words.arrives(formatDate(arrivesAt, 'en'))}</p>
      <p>
        <strong>{words.states[state]}</strong>
      </p>
      {differences.length > 0 && (
        <ul class="sources">
          {differences.map(({ kind, id, amount }) => (
            <li>
              {words.kinds[kind]}: {formatMoney(amount, 'hkd')} <span class="id">{id}</span>
            </li>
          ))}
        </ul>
      )}
      {todo && <p>{todo}</p>}
      {reason && <p>{words.because(reason)}</p>}
      {isAcceptable(payout) && mayDo(view.session.actor, 'attention.settle') && (
        <div class="acts">
          <a
            class="button quiet small"
            href={`/staff/payouts/${payoutId}/accept`}
            aria-label={`${words.accept}: ${payoutTitle(payout)}`}
          >
            {words.accept}
          </a>
        </div>
      )}
      <p class="note id">{payoutId}</p>
    </li>
  );
}

import type { FundName } from '#kernel/staff/desk-context.ts';
import type { DeskView } from '#kernel/staff/desk-endpoint.ts';
import { ActionButton, Done } from '#kernel/staff/desk-form.tsx';
import { fundTitle } from '#kernel/staff/desk-list.tsx';
import { formatDate, formatTime } from '#platform/clock.ts';
import { formatMoney } from '#platform/money.ts';
import { dueAt, receivedAt } from './entered-payment.ts';
import { enteredWords as words } from './entered-payment-words.ts';
import type { WaitingEntry } from './list-entered-payments.ts';

interface EntriesProps {
  readonly entries: readonly WaitingEntry[];
  readonly funds: readonly FundName[];
  readonly view: DeskView;
}

/** The entries that are not booked yet, each with its way back. */
export function EnteredPayments({ entries, funds, view }: EntriesProps) {
  return (
    <>
      <h1>{words.title}</h1>
      <Done word={view.done} sentences={words.done} />
      <p class="lead">{words.intro}</p>
      <p class="row">
        <a class="button" href="/staff/enter-payment">
          {words.enter}
        </a>
      </p>
      <h2>{words.waiting}</h2>
      {entries.length === 0 && <p>{words.none}</p>}
      <ul class="gifts open">
        {entries.map((entry) => (
          <Entry entry={entry} funds={funds} view={view} />
        ))}
      </ul>
    </>
  );
}

interface EntryProps {
  readonly entry: WaitingEntry;
  readonly funds: readonly FundName[];
  readonly view: DeskView;
}

function Entry({ entry, funds, view }: EntryProps) {
  const of = words.of(formatMoney(entry.amount, 'hkd'), entry.name ?? words.nobody);
  const fund = fundTitle(entry.fund, funds);
  const day = formatDate(receivedAt(entry), 'en');
  const due = dueAt(entry);
  return (
    <li>
      <header>
        <b dir="auto">{of}</b>
      </header>
      <p class="note">{words.line(fund, words.meansNames[entry.means], day, entry.reference)}</p>
      <p>{words.until(formatTime(due))}</p>
      {view.now < due && (
        <ActionButton
          sending={view}
          action={`/staff/entered-payments/${entry.id}/undo`}
          label={words.undo}
          of={of}
        />
      )}
    </li>
  );
}

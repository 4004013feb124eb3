import type { DeskView } from '#kernel/staff/desk-endpoint.ts';
import { Done } from '#kernel/staff/desk-form.tsx';
import { Filter, MonthChoice, OlderLink } from '#kernel/staff/desk-list.tsx';
import { mayDo } from '#kernel/staff/rights.ts';
import { formatDate, formatMonth, type Month } from '#platform/clock.ts';
import { dueOf, type PersonRequest } from './person-request.ts';
import { requestWords as words } from './person-request-words.ts';

interface RequestsProps {
  readonly month: Month;
  readonly months: readonly Month[];
  readonly earlier: Month | undefined;
  readonly requests: readonly PersonRequest[];
  readonly next: string | undefined;
  readonly view: DeskView;
}

/** What people asked for in a month, newest first. */
export function PersonRequests({ month, months, earlier, requests, next, view }: RequestsProps) {
  return (
    <>
      <h1>{words.title}</h1>
      <Done word={view.done} sentences={words.done} />
      <p class="lead">{words.intro}</p>
      <p class="row">
        <a class="button" href="/staff/enter-request">
          {words.enter}
        </a>
      </p>
      <Filter action="/staff/requests" button={words.open}>
        <MonthChoice month={month} months={months} />
      </Filter>
      {requests.length === 0 && <p>{words.none(formatMonth(month, 'en'))}</p>}
      <ul class="gifts open">
        {requests.map((request) => (
          <Request request={request} view={view} />
        ))}
      </ul>
      <p class="row">
        <OlderLink next={next} earlier={earlier} hrefOf={(each) => `/staff/requests?month=${each}`} />
      </p>
    </>
  );
}

function Request({ request, view }: { readonly request: PersonRequest; readonly view: DeskView }) {
  const { id, kind, day, paymentId, hasSeenIdentity, end } = request;
  const received = formatDate(new Date(`${day}T00:00:00+08:00`), 'en');
  const of = words.ofRequest(words.kinds[kind], received);
  return (
    <li>
      <header>
        <b>{words.kinds[kind]}</b>
      </header>
      <p class="note">
        {words.received(received)} · {hasSeenIdentity ? words.seen : words.notSeen}
      </p>
      <p>
        {end
          ? words.ended(words.states[end.how], formatDate(end.at, 'en'))
          : words.due(formatDate(dueOf(request), 'en'))}
      </p>
      {end?.reason && <p dir="auto">{words.reason(end.reason)}</p>}
      <div class="acts">
        {!end && mayDo(view.session.actor, 'person.write') && (
          <a class="button quiet small" href={`/staff/requests/${id}/end`} aria-label={`${words.end}: ${of}`}>
            {words.end}
          </a>
        )}
        {paymentId && (
          <a
            class="button quiet small"
            href={`/staff/payments/${paymentId}`}
            aria-label={`${words.payment}: ${of}`}
          >
            {words.payment}
          </a>
        )}
      </div>
    </li>
  );
}

import { trusteeNamed } from '#kernel/staff/actor.ts';
import type { FundName } from '#kernel/staff/desk-context.ts';
import type { DeskView } from '#kernel/staff/desk-endpoint.ts';
import { Done } from '#kernel/staff/desk-form.tsx';
import { Filter, fundTitle, MonthChoice, OlderOfMonth } from '#kernel/staff/desk-list.tsx';
import { mayDo, type Operation } from '#kernel/staff/rights.ts';
import { allTrustees } from '#kernel/trustees/trustee-link.ts';
import { formatDate, formatMoment, formatMonth, type Month } from '#platform/clock.ts';
import { formatMoney } from '#platform/money.ts';
import { categoryLabel } from './categories.ts';
import { type Disbursement, mayTake, type Step, steps } from './disbursement.ts';
import { disbursementWords as words } from './disbursement-words.ts';

/** The right that each step asks for. */
export type RightOfSteps = Readonly<Record<Step, Operation>>;

/** A page of what was requested in a month. */
export interface DisbursementsPage {
  readonly month: Month;
  readonly months: readonly Month[];
  /** The month before; undefined before the first. */
  readonly earlier: Month | undefined;
  readonly requests: readonly Disbursement[];
  readonly nextCursor: string | null;
  readonly funds: readonly FundName[];
}

const at = '/staff/disbursements';

/** What was requested in a month, newest first, each with what it waits for. */
export function Disbursements({ page, view }: { readonly page: DisbursementsPage; readonly view: DeskView }) {
  const { month, months, earlier, requests, nextCursor, funds } = page;
  return (
    <>
      <h1>{words.title}</h1>
      <Done word={view.done} sentences={words.done} />
      <p class="lead">{words.intro}</p>
      {mayDo(view.session.actor, 'passed-on.request') && (
        <p class="row">
          <a class="button" href="/staff/request-disbursement">
            {words.request}
          </a>
        </p>
      )}
      <Filter action={at}>
        <MonthChoice month={month} months={months} label={words.month} />
      </Filter>
      {requests.length === 0 && <p>{words.none(formatMonth(month, 'en'))}</p>}
      <DisbursementRows requests={requests} funds={funds} />
      <OlderOfMonth at={at} month={month} nextCursor={nextCursor} earlier={earlier} />
    </>
  );
}

interface RowsProps {
  readonly requests: readonly Disbursement[];
  readonly funds: readonly FundName[];
}

/** Requests one below the other: how much, for whom, what for, out of which fund, and what it waits for. */
export function DisbursementRows({ requests, funds }: RowsProps) {
  return (
    <ul class="gifts">
      {requests.map((request) => (
        <li>
          <header>
            <a href={`${at}/${request.id}`}>{titleOf(request)}</a>
          </header>
          <p class="note">
            {fundTitle(request.campaign, funds)} · {words.requestedOn(formatDate(request.requestedAt, 'en'))}
          </p>
          <p>{words.states[request.state]}</p>
        </li>
      ))}
    </ul>
  );
}

interface OneProps {
  readonly request: Disbursement;
  readonly funds: readonly FundName[];
  readonly rightOf: RightOfSteps;
  readonly view: DeskView;
}

/** One request, with the steps that can be taken now and what was done. */
export function DisbursementDesk({ request, funds, rightOf, view }: OneProps) {
  const { actor } = view.session;
  const { id, state, note, payOut, taken } = request;
  const isOwn = request.requestedBy === actor.id;
  const open = (Object.keys(steps) as Step[]).filter(
    (step) => mayTake(step, state) && mayDo(actor, rightOf[step]) && !(step === 'approve' && isOwn),
  );
  const whom = (by: string) => {
    const trustee = trusteeNamed(by);
    if (trustee !== undefined) return words.trustee(trustee);
    return by === actor.id ? words.you : words.another;
  };
  const mayAsk = state === 'requested' && allTrustees().length > 0 && mayDo(actor, 'second-person.ask');
  return (
    <>
      <p class="up">
        <a href={at}>{words.back}</a>
      </p>
      <h1>{titleOf(request)}</h1>
      <Done word={view.done} sentences={words.done} />
      <p class="lead">{words.states[state]}</p>
      {isOwn && state === 'requested' && <p>{words.own}</p>}
      <div class="acts">
        {open.map((step) => (
          <a class="button quiet small" href={`${at}/${id}/${step}`}>
            {words.steps[step]}
          </a>
        ))}
        {mayAsk && (
          <a class="button quiet small" href={`/staff/second-person/passed-on/${id}`}>
            {words.askTrustee}
          </a>
        )}
      </div>
      <dl class="facts">
        <div>
          <dt>{words.fund}</dt>
          <dd>{fundTitle(request.campaign, funds)}</dd>
        </div>
        <div>
          <dt>{words.recipientKind}</dt>
          <dd>{words.recipientKinds[request.recipientKind]}</dd>
        </div>
        {note && (
          <div>
            <dt>{words.note}</dt>
            <dd dir="auto">{note}</dd>
          </div>
        )}
      </dl>
      <h2>{words.history}</h2>
      <ul class="sources">
        <li>{words.by(words.request, formatMoment(request.requestedAt), whom(request.requestedBy))}</li>
        {(Object.keys(steps) as Step[]).map((step) => {
          const one = taken[step];
          return (
            one && (
              <li>
                {words.by(words.taken[step], formatMoment(one.at), whom(one.by))}
                {one.reason && `: ${one.reason}`}
              </li>
            )
          );
        })}
        {payOut && <li>{words.paidOut(payOut.day, words.sources[payOut.from], payOut.voucherNumber)}</li>}
      </ul>
      <details>
        <summary>{words.ids}</summary>
        <p class="id">{id}</p>
      </details>
    </>
  );
}

/** `HK$800.00 for F-0042: Rent`. */
export function titleOf({ amount, currency, category, recipient }: Disbursement): string {
  return words.of(formatMoney(amount, currency), categoryLabel(category, 'en'), recipient);
}

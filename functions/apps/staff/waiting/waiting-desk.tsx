import type { Disbursement } from '#accounting/disbursements/disbursement.ts';
import { DisbursementRows } from '#accounting/disbursements/disbursement-desk.tsx';
import { nameOf } from '#apps/staff/payments/payment-list.tsx';
import type { ListedPayment } from '#apps/staff/payments/read-listed.ts';
import type { Complaint } from '#giving/complaints/complaint.ts';
import { ComplaintRows } from '#giving/complaints/complaint-desk.tsx';
import { adviceFor } from '#kernel/attention/attention-api.ts';
import type { ListedAttention } from '#kernel/attention/attention-item.ts';
import { attentionKindWords } from '#kernel/attention/attention-words.ts';
import type { FundName } from '#kernel/staff/desk-context.ts';
import type { DeskView } from '#kernel/staff/desk-endpoint.ts';
import { ActionButton, Done } from '#kernel/staff/desk-form.tsx';
import { mayDo } from '#kernel/staff/rights.ts';
import { wholeOf } from '#payments/received/parts.ts';
import { formatMoment } from '#platform/clock.ts';
import { formatMoney } from '#platform/money.ts';
import { waitingWords as words } from './waiting-words.ts';

/** Something that waits, with the payment that it is about. */
export interface WaitingThing {
  readonly attention: ListedAttention;
  readonly about: ListedPayment | undefined;
}

/** What waits, as far as who looks can do something about it; undefined for what is not theirs. */
export interface Waiting {
  readonly things: readonly WaitingThing[] | undefined;
  readonly comments: number | undefined;
  /** Disbursements whose next step is theirs. */
  readonly requests: readonly Disbursement[] | undefined;
  /** Those that nobody has answered; undefined for who reads no complaints. */
  readonly complaints: readonly Complaint[] | undefined;
  readonly funds: readonly FundName[];
}

/** What waits for who looks: what happened, until when, and the step to take. */
export function WaitingDesk({ waiting, view }: { readonly waiting: Waiting; readonly view: DeskView }) {
  const { things = [], comments = 0, requests = [], complaints, funds } = waiting;
  const all = things.length + comments + requests.length + (complaints?.length ?? 0);
  return (
    <>
      <h1>{words.title}</h1>
      <Done word={view.done} sentences={words.done} />
      {all === 0 && <p class="lead">{words.nothing}</p>}
      {comments > 0 && (
        <section>
          <h2>{words.comments}</h2>
          <p>
            {words.commentsWait(comments)} <a href="/staff/comments">{words.read}</a>{' '}
            <a href="/staff/help#comments">{words.helpWith(words.comments)}</a>
          </p>
        </section>
      )}
      {complaints && (
        <section>
          <h2>{words.complaints}</h2>
          <p>
            {words.complaintsWait(complaints.length)} <a href="/staff/complaints">{words.allComplaints}</a>{' '}
            <a href="/staff/help#complaints">{words.helpWith(words.complaints)}</a>
          </p>
          <ComplaintRows complaints={complaints} />
        </section>
      )}
      {requests.length > 0 && (
        <section>
          <h2>{words.requests}</h2>
          <p>
            <a href="/staff/help#money-for-families">{words.helpWith(words.requests)}</a>
          </p>
          <DisbursementRows requests={requests} funds={funds} />
        </section>
      )}
      {things.length > 0 && (
        <section>
          <h2>{words.attention}</h2>
          <ul class="gifts open">
            {things.map((thing) => (
              <Thing thing={thing} view={view} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Thing({ thing, view }: { readonly thing: WaitingThing; readonly view: DeskView }) {
  const { attention, about } = thing;
  const { title, todo } = attentionKindWords[attention.kind];
  const { reason } = attention;
  return (
    <li>
      <h3>{title}</h3>
      {about && (
        <p>
          <strong dir="auto">
            {words.about(
              formatMoney(wholeOf(about.payment.parts), about.payment.currency),
              nameOf(about.shown),
            )}
          </strong>
        </p>
      )}
      <p class="note">
        {words.since(formatMoment(attention.at))}
        {attention.dueBy && (
          <>
            {' · '}
            <strong>{words.due(formatMoment(attention.dueBy))}</strong>
          </>
        )}
      </p>
      <p>{adviceFor(attention) ?? todo}</p>
      <Steps thing={thing} view={view} />
      <p class="note id">
        {attention.id}
        {reason && ` · ${reason}`}
      </p>
    </li>
  );
}

/** The steps that are ours. */
function Steps({ thing: { attention, about }, view }: { thing: WaitingThing; view: DeskView }) {
  const { kind, id } = attention;
  const { actor } = view.session;
  const at = about && `/staff/payments/${about.payment.paymentId}`;
  const links: (readonly [string, string] | false | undefined)[] = [
    at !== undefined &&
      kind === 'gift-held' &&
      mayDo(actor, 'gift.hold-release') && [`${at}/release`, words.release],
    at !== undefined && mayRefund(attention) && mayDo(actor, 'gift.refund') && [`${at}/refund`, words.refund],
    at !== undefined && mayDo(actor, 'gift.read') && [at, words.look],
    kind === 'person-request' &&
      mayDo(actor, 'person.write') && [`/staff/requests/${id}/end`, words.endRequest],
    kind !== 'person-request' &&
      mayDo(actor, 'attention.settle') && [
        `/staff/attention/${kind}/${encodeURIComponent(id)}/settle`,
        words.resolve,
      ],
  ];
  const { title } = attentionKindWords[kind];
  return (
    <div class="acts">
      {kind === 'mail-stopped' && mayDo(actor, 'mail.send-again') && (
        <ActionButton
          sending={view}
          action={`/staff/mails/${encodeURIComponent(id)}/send-again`}
          from="/staff/waiting"
          label={words.sendAgain}
          of={about ? nameOf(about.shown) : id}
        />
      )}
      <a
        class="button quiet small"
        href={`/staff/help#${kind}`}
        aria-label={`${words.help}: ${title}, ${id}`}
      >
        {words.help}
      </a>
      {links.map(
        (link) =>
          link && (
            <a class="button quiet small" href={link[0]} aria-label={`${link[1]}: ${title}, ${id}`}>
              {link[1]}
            </a>
          ),
      )}
    </div>
  );
}

function mayRefund({ kind }: ListedAttention): boolean {
  return kind === 'gift-held' || kind === 'early-fraud-warning' || kind === 'fulfil-failed';
}

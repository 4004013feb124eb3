import type { DeskView } from '#kernel/staff/desk-endpoint.ts';
import { Done } from '#kernel/staff/desk-form.tsx';
import { charity } from '#platform/charity.ts';
import { formatMoment } from '#platform/clock.ts';
import { answerDueBy, type Complaint } from './complaint.ts';
import { complaintDeskWords as words } from './complaint-desk-words.ts';

function aboutOf({ about }: Complaint): string {
  const line = charity.complaints?.about.find(({ id }) => id === about);
  return words.about(line?.name.en ?? about ?? words.nobody);
}

/** The complaints that who looks may read. */
export function ComplaintList({
  complaints,
  view,
}: {
  readonly complaints: readonly Complaint[];
  readonly view: DeskView;
}) {
  return (
    <>
      <h1>{words.title}</h1>
      <Done word={view.done} sentences={words.done} />
      <p class="lead">{words.intro}</p>
      {complaints.length === 0 && <p>{words.none}</p>}
      <ComplaintRows complaints={complaints} />
    </>
  );
}

/** Each complaint with when it is due, and the way to it. Its text stands on its own page. */
export function ComplaintRows({ complaints }: { readonly complaints: readonly Complaint[] }) {
  return (
    <ul class="gifts open">
      {complaints.map((complaint) => {
        const { id, receivedAt, answer } = complaint;
        const received = words.received(formatMoment(receivedAt));
        return (
          <li>
            <p>
              <strong>
                {answer
                  ? words.answered(formatMoment(answer.at))
                  : words.due(formatMoment(answerDueBy(receivedAt)))}
              </strong>
            </p>
            <p class="note">
              {received} · {aboutOf(complaint)}
            </p>
            <p class="row">
              <a class="button quiet small" href={`/staff/complaints/${id}`}>
                {words.open}
                <span class="none">: {received}</span>
              </a>
            </p>
          </li>
        );
      })}
    </ul>
  );
}

/** What was written, and what was answered. */
export function ComplaintText({ complaint }: { readonly complaint: Complaint }) {
  const { text, contact, receivedAt, answer } = complaint;
  return (
    <>
      <p class="note">
        {words.received(formatMoment(receivedAt))} · {aboutOf(complaint)}
      </p>
      <blockquote dir="auto" style="white-space:pre-line">
        {text}
      </blockquote>
      <p>{contact === undefined ? words.noContact : <span dir="auto">{words.contact(contact)}</span>}</p>
      {answer && (
        <p>
          <strong>{words.answered(formatMoment(answer.at))}</strong> <span dir="auto">{answer.note}</span>
        </p>
      )}
    </>
  );
}

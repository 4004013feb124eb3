import type { DeskView } from '#kernel/staff/desk-endpoint.ts';
import { Filter, MonthChoice, OlderLink } from '#kernel/staff/desk-list.tsx';
import { formatMoment, formatMonth, type Month } from '#platform/clock.ts';
import { formatMoney } from '#platform/money.ts';
import type { AuditEntry, AuditValue } from './audit-entry.ts';
import { auditWords as words } from './audit-words.ts';

/** A page of the audit log. */
export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  /** By the ids of people; who is not among them is shown by the id. */
  readonly names: ReadonlyMap<string, string>;
  /** Where the next page is; undefined at the end. */
  readonly next: string | undefined;
}

interface MonthProps extends AuditPage {
  readonly month: Month;
  readonly months: readonly Month[];
  /** The month before; undefined before the first. */
  readonly earlier: Month | undefined;
  readonly view: DeskView;
}

/** What the staff changed in a month, newest first. */
export function AuditOfMonth({ entries, names, next, month, months, earlier, view }: MonthProps) {
  return (
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.intro}</p>
      <Filter action="/staff/audit">
        <MonthChoice month={month} months={months} />
      </Filter>
      {entries.length === 0 && <p>{words.none(formatMonth(month, 'en'))}</p>}
      <Entries entries={entries} names={names} view={view} />
      <p class="row">
        <OlderLink next={next} earlier={earlier} hrefOf={(each) => `/staff/audit?month=${each}`} />
      </p>
    </>
  );
}

interface PersonProps extends AuditPage {
  readonly id: string;
  readonly view: DeskView;
}

/** What one person changed, newest first. */
export function AuditOfPerson({ entries, names, next, id, view }: PersonProps) {
  return (
    <>
      <p class="up">
        <a href="/staff/audit">{words.back}</a>
      </p>
      <h1>{words.ofPerson(names.get(id))}</h1>
      <p class="id">{id}</p>
      {entries.length === 0 && <p>{words.noneOfPerson}</p>}
      <Entries entries={entries} names={names} view={view} />
      {next !== undefined && (
        <p class="row">
          <OlderLink next={next} />
        </p>
      )}
    </>
  );
}

/** The page of what one person changed. */
export function auditOf(person: string): string {
  return `/staff/team/${encodeURIComponent(person)}/audit`;
}

interface ObjectProps extends AuditPage {
  readonly kind: AuditEntry['object']['kind'];
  readonly id: string;
  readonly view: DeskView;
}

/** What the staff changed of one thing, newest first. */
export function AuditOfObject({ entries, names, next, kind, id, view }: ObjectProps) {
  return (
    <>
      <p class="up">
        <a href="/staff/audit">{words.back}</a>
      </p>
      <h1>{words.ofObject(words.kinds[kind])}</h1>
      <p class="id">{id}</p>
      {entries.length === 0 && <p>{words.noneOfObject}</p>}
      <Entries entries={entries} names={names} view={view} />
      {next !== undefined && (
        <p class="row">
          <OlderLink next={next} />
        </p>
      )}
    </>
  );
}

type EntriesProps = Pick<AuditPage, 'entries' | 'names'> & { readonly view: DeskView };

function Entries({ entries, names, view }: EntriesProps) {
  const self = view.session.actor.id;
  return (
    <ul class="gifts">
      {entries.map((entry) => (
        <Entry
          entry={entry}
          whom={entry.actor === self ? words.you : (names.get(entry.actor) ?? entry.actor)}
        />
      ))}
    </ul>
  );
}

const pages: Readonly<Record<string, string>> = {
  gift: '/staff/payments/',
  person: '/staff/payments/',
  'passed-on': '/staff/disbursements/',
};

function Entry({ entry, whom }: { readonly entry: AuditEntry; readonly whom: string }) {
  const { actor, action, object, at } = entry;
  const id = encodeURIComponent(object.id);
  const page = pages[object.kind];
  return (
    <li>
      <p>
        <strong>
          <bdi>{whom}</bdi>
        </strong>{' '}
        {words.actions[action]}
      </p>
      <p class="note">{formatMoment(at)}</p>
      {changesOf(entry).map((change) => (
        <p>{change}</p>
      ))}
      <p class="acts">
        {page && (
          <a href={page + id} aria-label={`${words.open}: ${object.id}`}>
            {words.open}
          </a>
        )}
        <a href={`/staff/audit/${object.kind}/${id}`} aria-label={`${words.whole}: ${object.id}`}>
          {words.whole}
        </a>
        <a href={auditOf(actor)} aria-label={`${words.person}: ${whom}`}>
          {words.person}
        </a>
      </p>
      <p class="note id">{`${words.kinds[object.kind]} ${object.id}`}</p>
    </li>
  );
}

type Fields = Readonly<Record<string, AuditValue | undefined>>;

/** What changed, a field a line: amounts as money. */
function changesOf({ before, after }: AuditEntry): string[] {
  const [old, now]: [Fields, Fields] = [before ?? {}, after ?? {}];
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (name) => name !== 'currency',
  );
  return names.map((name) => words.changed(name, said(name, old[name]), said(name, now[name])));
}

function said(name: string, value: AuditValue | undefined): string {
  if (value === undefined || value === null) return words.nothing;
  return typeof value === 'number' && /^(?:amount|refunded|goal)$/.test(name)
    ? formatMoney(value, 'hkd')
    : String(value);
}

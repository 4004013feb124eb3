import type { DeskView } from '#kernel/staff/desk-endpoint.ts';
import { Done } from '#kernel/staff/desk-form.tsx';
import type { Session } from '#kernel/staff/session.ts';
import type { StaffPerson } from '#kernel/staff/staff-person.ts';
import { rolesText, SignedIn } from './session-desk.tsx';
import { teamWords as words } from './team-words.ts';

interface TeamProps {
  /** Undefined where they are kept elsewhere. */
  readonly people: readonly StaffPerson[] | undefined;
  readonly sessions: readonly Session[];
  readonly view: DeskView;
}

/** The people of the staff, and who of them is signed in. */
export function Team({ people, sessions, view }: TeamProps) {
  return (
    <>
      <h1>{words.title}</h1>
      <Done word={view.done} sentences={words.done} />
      {people ? (
        <People people={people} self={view.session.actor.id} />
      ) : (
        <p class="lead">{words.elsewhere}</p>
      )}
      <SignedIn sessions={sessions} />
    </>
  );
}

function People({ people, self }: { readonly people: readonly StaffPerson[]; readonly self: string }) {
  const present = people.filter(({ state }) => state !== 'removed');
  const former = people.filter(({ state }) => state === 'removed');
  return (
    <>
      <p class="lead">{words.intro}</p>
      <p class="row">
        <a class="button" href="/staff/invite">
          {words.invite}
        </a>
      </p>
      <h2>{words.people}</h2>
      <ul class="gifts">
        {present.map((person) => (
          <OfTeam person={person} isSelf={person.id === self} />
        ))}
      </ul>
      {former.length > 0 && (
        <details>
          <summary>{`${words.former} (${former.length})`}</summary>
          <p>{words.formerIntro}</p>
          <ul class="gifts">
            {former.map(({ id, name, email }) => (
              <li>
                <p>
                  <bdi>{name}</bdi> · {email}
                </p>
                <p class="acts">
                  <a href={pathOf(id, 'audit')} aria-label={words.logOf(name)}>
                    {words.log}
                  </a>
                </p>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function OfTeam({ person, isSelf }: { readonly person: StaffPerson; readonly isSelf: boolean }) {
  const { id, name, email, roles, state } = person;
  const acts = [
    ['roles', words.roles, words.rolesOf(name)],
    ...(state === 'active'
      ? [['second-factor', words.secondFactor, words.secondFactorOf(name)] as const]
      : []),
    ...(isSelf ? [] : [['remove', words.remove, words.removeOf(name)] as const]),
  ] as const;
  return (
    <li>
      <p>
        <strong>
          <bdi>{name}</bdi>
        </strong>
        {isSelf && ` (${words.you})`} · {rolesText(roles)}
      </p>
      <p class="note">{email}</p>
      {state !== 'active' && <p>{words.states[state]}</p>}
      <p class="acts">
        {acts.map(([act, label, whole]) => (
          <a class="button quiet small" href={pathOf(id, act)} aria-label={whole}>
            {label}
          </a>
        ))}
        <a class="button quiet small" href={pathOf(id, 'audit')} aria-label={words.logOf(name)}>
          {words.log}
        </a>
      </p>
    </li>
  );
}

function pathOf(id: string, act: 'roles' | 'second-factor' | 'remove' | 'audit'): string {
  return `/staff/team/${encodeURIComponent(id)}/${act}`;
}

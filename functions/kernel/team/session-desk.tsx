import type { Role } from '#kernel/staff/actor.ts';
import type { DeskView } from '#kernel/staff/desk-endpoint.ts';
import { ActionButton } from '#kernel/staff/desk-form.tsx';
import type { Session } from '#kernel/staff/session.ts';
import { formatMoment, formatTime } from '#platform/clock.ts';
import { sessionWords as words } from './session-words.ts';

/** The browsers with which who asks is signed in. */
export function OwnSessions({
  sessions,
  view,
}: {
  readonly sessions: readonly Session[];
  readonly view: DeskView;
}) {
  return (
    <>
      <h1>{words.ownTitle}</h1>
      <p class="lead">{words.ownIntro}</p>
      <ul class="gifts">
        {sessions.map((session) => (
          <li>
            <p>{timesOf(session)}</p>
          </li>
        ))}
      </ul>
      <p>{words.everywhereHint}</p>
      <div class="acts">
        <ActionButton
          sending={view}
          action="/staff/sign-out"
          values={{ everywhere: 'yes' }}
          label={words.everywhere}
          isQuiet={false}
        />
      </div>
    </>
  );
}

/** Everybody who is signed in, each person once, with a button that ends it. */
export function SignedIn({ sessions }: { readonly sessions: readonly Session[] }) {
  const people = [...new Map(sessions.map((session) => [session.actor.id, session])).keys()];
  return (
    <section>
      <h2>{words.signedIn}</h2>
      <p>{sessions.length === 0 ? words.nobody : words.signedInIntro}</p>
      <ul class="gifts">
        {people.map((id) => (
          <SignedInPerson id={id} sessions={sessions.filter(({ actor }) => actor.id === id)} />
        ))}
      </ul>
    </section>
  );
}

function SignedInPerson({ id, sessions }: { readonly id: string; readonly sessions: readonly Session[] }) {
  const [newest] = sessions;
  if (!newest) return null;
  return (
    <li>
      <p>
        <strong dir="auto">{newest.name}</strong> · {rolesText(newest.actor.roles)}
      </p>
      {sessions.map((session) => (
        <p class="note">{timesOf(session)}</p>
      ))}
      <p class="acts">
        <a
          class="button quiet small"
          href={`/staff/team/${encodeURIComponent(id)}/end-sessions`}
          aria-label={words.endOf(newest.name)}
        >
          {words.end}
        </a>
      </p>
    </li>
  );
}

function timesOf({ createdAt, seenAt }: Session): string {
  return `${words.since(formatMoment(createdAt))}, ${words.lastSeen(formatTime(seenAt))}`;
}

/** A person's roles in a few words. */
export function rolesText(roles: readonly Role[]): string {
  return roles.length === 0 ? words.noRole : roles.map((role) => words.roles[role]).join(', ');
}

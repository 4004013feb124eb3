import type { DeskView } from '#kernel/staff/desk-endpoint.ts';
import { Done } from '#kernel/staff/desk-form.tsx';
import type { Session } from '#kernel/staff/session.ts';
import { SignedIn } from './session-desk.tsx';
import { sessionWords as words } from './session-words.ts';

/** The people of the staff. */
export function Team({ sessions, view }: { readonly sessions: readonly Session[]; readonly view: DeskView }) {
  return (
    <>
      <h1>{words.teamTitle}</h1>
      <Done word={view.done} sentences={words.done} />
      <SignedIn sessions={sessions} />
    </>
  );
}

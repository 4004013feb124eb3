import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import { deskForm } from '#kernel/staff/form-endpoint.ts';
import { listSessions } from '#kernel/staff/list-sessions.ts';
import { ownSessions } from '#kernel/staff/sign-in.ts';
import { Problem } from '#platform/errors.ts';
import { endSessionsEndpoint } from './session-api.ts';
import { OwnSessions } from './session-desk.tsx';
import { sessionWords as words } from './session-words.ts';

const own = deskPage({
  path: ownSessions,
  right: null,
  input: {},
  read: async (_, { actor, ...ctx }) => ({ sessions: await listSessions(actor.id, ctx) }),
  title: () => words.ownTitle,
  show: (data, view) => OwnSessions({ ...data, view }),
});

const endOfAnother = deskForm({
  operation: endSessionsEndpoint,
  path: '/staff/team/{id}/end-sessions',
  read: async ({ id }, ctx) => {
    const [newest] = await listSessions(id, ctx);
    return { name: newest?.name };
  },
  title: ({ name }) => words.endOf(name ?? ''),
  over: ({ name }) => (name === undefined ? words.over : undefined),
  fields: () => [],
  button: words.end,
  confirm: (_, { name }) => {
    if (name === undefined) throw new Problem('not-found', words.over);
    return { sentence: words.endSentence(name), button: words.endOf(name) };
  },
  back: () => '/staff/team',
  done: 'end-sessions',
});

/** The pages about sessions. */
export const sessionPages = [own, ...endOfAnother];

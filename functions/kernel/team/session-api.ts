import * as z from 'zod/mini';
import { roles } from '#kernel/staff/actor.ts';
import { count, described, list, oneOf, text, time } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import { listSessions } from '#kernel/staff/list-sessions.ts';
import type { Session } from '#kernel/staff/session.ts';
import { inPath, json } from '#platform/http/input.ts';
import { endSessions, endSessionsOf } from './end-sessions.ts';

/** The body where the path says all. */
export const nothing = json(
  { Nothing: z.strictObject({}, 'The body is an empty object: the path says all.') },
  {},
);

/** A person of the staff, in the path. */
export const personId = inPath({
  description: 'The person, as their token’s subject.',
  example: '7f3c1c2e-0d6b-4b52-9a3c-0a5f2f1f4f10',
});

const answer = () =>
  list(
    'Each session, newest first.',
    z.object({
      person: described(text, 'The subject of the sign-in.'),
      name: text,
      roles: z.array(oneOf(roles)),
      since: time,
      lastSeen: described(time, 'The last page that was asked for, to the minute.'),
    }),
  );

const ended = () => z.object({ ended: described(count, 'How many sessions there were.') });

function toJson(sessions: readonly Session[]) {
  const data = sessions.map(({ actor, name, createdAt, seenAt }) => ({
    ...{ person: actor.id, name, roles: actor.roles },
    ...{ since: createdAt.toISOString(), lastSeen: seenAt.toISOString() },
  }));
  return { data };
}

const listOwn = endpoint({
  id: 'listOwnSessions',
  method: 'get',
  path: '/api/staff/me/sessions',
  right: null,
  summary: 'With which browsers you are signed in at the desk',
  description: 'Newest first.',
  input: {},
  answer,
  run: async (_, { actor, ...ctx }) => toJson(await listSessions(actor.id, ctx)),
});

const endOwn = endpoint({
  id: 'endOwnSessions',
  method: 'post',
  path: '/api/staff/me/end-sessions',
  right: null,
  summary: 'Sign out everywhere',
  description:
    'Ends all your sessions at the desk. A token for this API stays good until its end, an hour at most.',
  input: { body: nothing },
  answer: ended,
  run: async (_, { actor, ...ctx }) => ({ ended: await endSessions(actor.id, ctx) }),
});

const listAll = endpoint({
  id: 'listSessions',
  method: 'get',
  path: '/api/staff/sessions',
  right: 'staff.manage',
  summary: 'Who is signed in at the desk',
  description: 'Newest first.',
  input: {},
  answer,
  run: async (_, ctx) => toJson(await listSessions(undefined, ctx)),
});

/** Signs another person out everywhere. */
export const endSessionsEndpoint = endpoint({
  id: 'endSessions',
  method: 'post',
  path: '/api/staff/team/{id}/end-sessions',
  right: 'staff.manage',
  summary: 'Sign a person out everywhere',
  description:
    'Ends all their sessions at the desk: the next page leads to the sign-in. Repeating it changes nothing.',
  input: { id: personId, body: nothing },
  answer: ended,
  run: async ({ id }, { permit, ...ctx }) => ({ ended: await endSessionsOf({ person: id, permit }, ctx) }),
});

/** Who is signed in at the desk, and the end of it. */
export const sessionApi = [listOwn, endOwn, listAll, endSessionsEndpoint];

import * as z from 'zod/mini';
import { text } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import { rightsOf } from '#kernel/staff/rights.ts';

const me = endpoint({
  id: 'getMe',
  method: 'get',
  path: '/api/staff/me',
  right: null,
  summary: 'Who is signed in',
  description: 'With the roles, and the rights that follow from them.',
  input: {},
  answer: () => z.object({ id: text, roles: z.array(text), rights: z.array(text) }),
  run: async (_, { actor }) => ({ id: actor.id, roles: actor.roles, rights: rightsOf(actor) }),
});

/** What a person of the staff can read about themselves. */
export const meApi = [me];

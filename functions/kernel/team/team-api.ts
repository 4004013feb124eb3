import * as z from 'zod/mini';
import { roles } from '#kernel/staff/actor.ts';
import { described, list, oneOf, text } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import type { StaffPerson } from '#kernel/staff/staff-person.ts';
import { reply } from '#platform/http/endpoint.ts';
import { json } from '#platform/http/input.ts';
import { changeRoles } from './change-roles.ts';
import { invitePerson } from './invite-person.ts';
import { removePerson } from './remove-person.ts';
import { resetSecondFactor } from './reset-second-factor.ts';
import { nothing, personId } from './session-api.ts';
import { requireDirectory } from './team.ts';
import { chosenRoles, invitationSchema, rolesChangeSchema } from './team-request.ts';

const shape = () =>
  z.object({
    id: described(text, 'The subject of the sign-in.'),
    ...{ name: text, email: text },
    roles: z.array(oneOf(roles)),
    state: described(
      oneOf(['active', 'invited', 'removed']),
      'Invited until they have chosen a password of their own.',
    ),
  });

const toJson = ({ id, name, email, roles: had, state }: StaffPerson) => ({
  id,
  name,
  email,
  roles: had,
  state,
});

const common = { right: 'staff.manage', answer: shape, answerName: 'StaffPerson' } as const;
const stepProblems = ['idempotency-key-reused', 'staff-elsewhere', 'not-found'] as const;

const listTeam = endpoint({
  id: 'listTeam',
  method: 'get',
  path: '/api/staff/team',
  right: 'staff.manage',
  summary: 'The people of the staff',
  description: 'By name, with those who were removed.',
  input: {},
  answer: () => list('Each person.', shape()),
  problems: ['staff-elsewhere'],
  run: async (_, ctx) => ({ data: (await requireDirectory(ctx).list()).map(toJson) }),
});

/** Invites a person. */
export const inviteEndpoint = endpoint({
  ...common,
  id: 'invitePerson',
  method: 'post',
  path: '/api/staff/team',
  summary: 'Invite a person',
  description:
    'They get a mail with a password for once, good for seven days. Who has not signed in yet is sent another; who was removed can sign in again as before, without a mail.',
  input: {
    body: json(
      { Invitation: invitationSchema },
      { name: 'Ada Lam', email: 'ada@example.org', roles: { finance: true } },
    ),
  },
  statuses: { 200: 'Done.', 201: 'The person is invited.' },
  problems: ['idempotency-key-reused', 'staff-elsewhere', 'staff-known'],
  run: async ({ body }, { permit, idempotencyKey, ...ctx }) => {
    const invitation = { ...body, roles: chosenRoles(body.roles), idempotencyKey, permit };
    return reply(toJson(await invitePerson(invitation, ctx)), { status: 201 });
  },
});

/** Gives a person other roles. */
export const rolesEndpoint = endpoint({
  ...common,
  id: 'changeRoles',
  method: 'post',
  path: '/api/staff/team/{id}/roles',
  summary: 'Give a person other roles',
  description:
    'Their sessions end. A token for this API keeps the roles of before until its end, an hour at most.',
  input: { id: personId, body: json({ RolesChange: rolesChangeSchema }, { roles: { finance: true } }) },
  problems: [...stepProblems, 'last-admin'],
  run: async ({ id, body }, { permit, idempotencyKey, ...ctx }) =>
    toJson(await changeRoles({ person: id, roles: chosenRoles(body.roles), idempotencyKey, permit }, ctx)),
});

/** Removes a person. */
export const removeEndpoint = endpoint({
  ...common,
  id: 'removePerson',
  method: 'post',
  path: '/api/staff/team/{id}/remove',
  summary: 'Remove a person',
  description: 'They cannot sign in any more. Their name stays, so that the audit log can be read.',
  input: { id: personId, body: nothing },
  problems: [...stepProblems, 'second-person', 'last-admin'],
  run: async ({ id }, { permit, idempotencyKey, ...ctx }) =>
    toJson(await removePerson({ person: id, idempotencyKey, permit }, ctx)),
});

/** Takes a second factor that was lost. */
export const secondFactorEndpoint = endpoint({
  ...common,
  id: 'resetSecondFactor',
  method: 'post',
  path: '/api/staff/team/{id}/second-factor',
  summary: 'Reset a second factor that was lost',
  description: 'The next sign-in asks the person to set up another one.',
  input: { id: personId, body: nothing },
  problems: stepProblems,
  run: async ({ id }, { permit, idempotencyKey, ...ctx }) =>
    toJson(await resetSecondFactor({ person: id, idempotencyKey, permit }, ctx)),
});

/** The people of the staff. */
export const teamApi = [listTeam, inviteEndpoint, rolesEndpoint, removeEndpoint, secondFactorEndpoint];

import { type Role, roles } from '#kernel/staff/actor.ts';
import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import type { DeskField } from '#kernel/staff/desk-input.ts';
import type { Directory } from '#kernel/staff/directory-gateway.ts';
import { deskForm } from '#kernel/staff/form-endpoint.ts';
import { listSessions } from '#kernel/staff/list-sessions.ts';
import type { StaffPerson } from '#kernel/staff/staff-person.ts';
import { parseFields } from '#platform/http/fields.ts';
import { rolesText } from './session-desk.tsx';
import { presentIn, requireDirectory } from './team.ts';
import { inviteEndpoint, removeEndpoint, rolesEndpoint, secondFactorEndpoint } from './team-api.ts';
import { Team } from './team-desk.tsx';
import { chosenRoles, invitationSchema, rolesChangeSchema } from './team-request.ts';
import { teamWords as words } from './team-words.ts';

const team = deskPage({
  path: '/staff/team',
  right: 'staff.manage',
  label: words.label,
  input: {},
  read: async (_, { directory, ...ctx }) => {
    const [sessions, people] = await Promise.all([listSessions(undefined, ctx), directory?.list()]);
    return { sessions, people };
  },
  title: () => words.title,
  show: (data, view) => Team({ ...data, view }),
});

const roleFields = (had: readonly Role[]): DeskField[] =>
  roles.map((role) => ({
    ...{ name: `roles/${role}`, kind: 'box', label: words.roleChoices[role] },
    ...(had.includes(role) && { value: 'yes' }),
  }));

const invite = deskForm({
  operation: inviteEndpoint,
  path: '/staff/invite',
  read: async (_, { directory }) => ({ isElsewhere: directory === undefined }),
  title: () => words.invite,
  over: ({ isElsewhere }) => (isElsewhere ? words.elsewhere : undefined),
  fields: () => [
    { name: 'name', kind: 'text', label: words.name },
    { name: 'email', kind: 'email', label: words.email, hint: words.emailHint },
    ...roleFields([]),
  ],
  button: words.goOn,
  confirm: (body) => {
    const { name, email, roles: chosen } = parseFields(invitationSchema, body);
    const sentence = words.askInvite(name, email, rolesText(chosenRoles(chosen)));
    return { sentence, button: words.inviteButton(name) };
  },
  back: () => '/staff/team',
  done: 'invited',
});

/** What the forms about one person have alike. */
const ofPerson = {
  read: async ({ id }: { readonly id: string }, ctx: { readonly directory?: Directory }) => ({
    person: presentIn(await requireDirectory(ctx).list(), id),
  }),
  back: () => '/staff/team',
};

interface Data {
  readonly person: StaffPerson;
}

const changeRoles = deskForm({
  ...ofPerson,
  operation: rolesEndpoint,
  path: '/staff/team/{id}/roles',
  title: ({ person }: Data) => words.rolesOf(person.name),
  fields: ({ person }) => roleFields(person.roles),
  button: words.goOn,
  confirm: (body, { person }) => {
    const chosen = chosenRoles(parseFields(rolesChangeSchema, body).roles);
    return {
      sentence: words.askRoles(person.name, rolesText(chosen)),
      button: words.rolesButton(person.name),
    };
  },
  done: 'roles',
});

const remove = deskForm({
  ...ofPerson,
  operation: removeEndpoint,
  path: '/staff/team/{id}/remove',
  title: ({ person }: Data) => words.removeOf(person.name),
  fields: () => [],
  button: words.goOn,
  confirm: (_, { person }) => ({
    sentence: words.askRemove(person.name),
    button: words.removeOf(person.name),
  }),
  done: 'removed',
});

const secondFactor = deskForm({
  ...ofPerson,
  operation: secondFactorEndpoint,
  path: '/staff/team/{id}/second-factor',
  title: ({ person }: Data) => words.secondFactorOf(person.name),
  fields: () => [],
  button: words.goOn,
  confirm: (_, { person }) => ({
    sentence: words.askSecondFactor(person.name),
    button: words.secondFactorOf(person.name),
  }),
  done: 'second-factor',
});

/** The pages of the people of the staff. */
export const teamPages = [team, ...invite, ...changeRoles, ...remove, ...secondFactor];

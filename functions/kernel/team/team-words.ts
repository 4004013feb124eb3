import type { Role } from '#kernel/staff/actor.ts';
import type { StaffPersonState } from '#kernel/staff/staff-person.ts';

/** The sentences of the pages about the people of the staff. */
export const teamWords = {
  label: { en: 'Staff', 'zh-HK': '職員' },
  title: 'Staff',
  intro:
    'Who may use the desk, and what each may do. Everything that is changed here stands in the audit log.',
  elsewhere:
    'Your charity signs in at a service of its own. People are invited and removed there, and roles and second factors are changed there too; a role that is taken away ends here within an hour.',
  people: 'People',
  former: 'Removed',
  formerIntro: 'They cannot sign in. To let one come back, invite the same address again.',
  states: {
    active: '',
    invited: 'Invited: has not signed in yet. To send the invitation again, invite the same address again.',
    removed: 'Removed',
  } satisfies Record<StaffPersonState, string>,
  you: 'you',
  invite: 'Invite a person',
  name: 'Name',
  email: 'E-mail address',
  emailHint: 'The invitation goes there, with a password for once that is good for seven days.',
  roleChoices: {
    admin: 'Admin: everything, this page too',
    campaigns: 'Campaigns: write campaigns, approve comments',
    finance: 'Finance: payments, refunds, the books, approve money for families',
    families: 'Families: request and pay out money for families',
    door: 'Door: tickets at the door',
  } satisfies Record<Role, string>,
  goOn: 'Go on',
  askInvite: (name: string, email: string, roles: string) =>
    `${name} is invited at ${email}. What they may do: ${roles}.`,
  inviteButton: (name: string) => `Invite ${name}`,
  roles: 'Change roles',
  rolesOf: (name: string) => `Roles of ${name}`,
  askRoles: (name: string, roles: string) =>
    `${name} may do from now on: ${roles}. They are signed out everywhere, and see it when they sign in again.`,
  rolesButton: (name: string) => `Change the roles of ${name}`,
  remove: 'Remove',
  removeOf: (name: string) => `Remove ${name}`,
  askRemove: (name: string) =>
    `${name} cannot sign in any more, and is signed out everywhere at once. What they did stays in the audit log.`,
  secondFactor: 'Reset second factor',
  secondFactorOf: (name: string) => `Reset the second factor of ${name}`,
  askSecondFactor: (name: string) =>
    `The app on ${name}’s phone is not asked for any more; the next sign-in asks for a new one. Do this only when you have spoken with ${name}: a thief who knows the password asks for the same.`,
  log: 'What they did',
  logOf: (name: string) => `What ${name} did`,
  gone: 'This person is not in the list.',
  done: {
    invited: 'Invited.',
    roles: 'The roles are changed.',
    removed: 'Removed. This person cannot sign in any more.',
    'second-factor': 'Reset. The next sign-in asks for a new second factor.',
    'end-sessions': 'The person is signed out everywhere.',
  } as Readonly<Record<string, string>>,
};

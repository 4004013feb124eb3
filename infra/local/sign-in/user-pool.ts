import type { PoolPlace } from '../cloud/cloud.ts';
import { jsonError, type ServiceCall } from '../cloud/services.ts';
import { refusalOf } from '../template/access.ts';
import type { KnownPerson, People } from './people.ts';

/** The id of the one user pool of the laptop. */
export const localPool = 'local_staff';

interface Input {
  readonly UserPoolId?: string;
  /** A person's id, or for a new one their address. */
  readonly Username?: string;
  readonly GroupName?: string;
  readonly MessageAction?: 'RESEND' | 'SUPPRESS';
  readonly UserAttributes?: readonly { readonly Name: string; readonly Value: string }[];
}

/** What each call does with a person, and answers. */
const onPerson: Readonly<Record<string, (people: People, person: KnownPerson, input: Input) => void>> = {
  AdminAddUserToGroup: (people, { id, roles }, { GroupName = '' }) =>
    people.change(id, { roles: [...new Set([...roles, GroupName])] }),
  AdminRemoveUserFromGroup: (people, { id, roles }, { GroupName }) =>
    people.change(id, { roles: roles.filter((role) => role !== GroupName) }),
  AdminDisableUser: (people, { id }) => people.change(id, { isEnabled: false }),
  AdminEnableUser: (people, { id }) => people.change(id, { isEnabled: true }),
  // Nobody has a second factor on this computer, and tokens are renewed by what the person is by then.
  AdminDeleteSoftwareToken: () => {},
  AdminUserGlobalSignOut: () => {},
};

/** The invented people as a user pool of Amazon Cognito, as far as the desk calls one. */
export function userPoolOf(people: People): (place: PoolPlace) => ServiceCall {
  return ({ region, account, report }) =>
    async (caller, operation, request) => {
      const input = (await request.json()) as Input;
      const resource = `arn:aws:cognito-idp:${region}:${account}:userpool/${input.UserPoolId}`;
      const refusal = refusalOf(caller, [{ action: `cognito-idp:${operation}`, resource }]);
      if (refusal) {
        report(`${caller.name} was refused by Cognito: ${refusal}`);
        return jsonError('AccessDeniedException', refusal);
      }
      if (input.UserPoolId !== localPool)
        return jsonError('ResourceNotFoundException', 'There is no such pool.');
      if (operation === 'ListUsers') return Response.json({ Users: people.all.map(toUser) });
      if (operation === 'ListUsersInGroup') {
        const members = people.all.filter(({ roles }) => roles.includes(input.GroupName ?? ''));
        return Response.json({ Users: members.map(toUser) });
      }
      if (operation === 'AdminCreateUser') return create(people, input);
      const change = onPerson[operation];
      if (!change) {
        const message = `The local cloud does not know the Cognito operation ${operation}.`;
        report(`${caller.name}: ${message}`);
        return jsonError('UnknownOperationException', message);
      }
      const person = people.all.find(({ id }) => id === input.Username);
      if (!person) return jsonError('UserNotFoundException', 'User does not exist.');
      change(people, person, input);
      return Response.json({});
    };
}

function create(people: People, { Username = '', MessageAction, UserAttributes = [] }: Input): Response {
  if (MessageAction === 'RESEND') return sendAgain(people, Username);
  const given = Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value]));
  const { name = '', email = '' } = given;
  if (people.all.some((person) => person.email.toLowerCase() === email.toLowerCase())) {
    return jsonError('UsernameExistsException', 'An account with the given email already exists.');
  }
  return Response.json({ User: toUser(people.add({ name, email })) });
}

function sendAgain(people: People, address: string): Response {
  const person = people.all.find(({ email }) => email === address);
  if (!person) return jsonError('UserNotFoundException', 'User does not exist.');
  if (!person.hasSignedIn) return Response.json({ User: toUser(person) });
  return jsonError('UnsupportedUserStateException', 'Resend not possible: the user has signed in.');
}

function toUser({ id, name, email, isEnabled, hasSignedIn }: KnownPerson) {
  const attributes = { sub: id, name, email, email_verified: 'true' };
  const Attributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
  const UserStatus = hasSignedIn ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD';
  return { Username: id, Attributes, Enabled: isEnabled, UserStatus };
}

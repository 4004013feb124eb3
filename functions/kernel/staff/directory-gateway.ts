import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteSoftwareTokenCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  ListUsersCommand,
  ListUsersInGroupCommand,
  SoftwareTokenMFANotFoundException,
  type UserType,
} from '@aws-sdk/client-cognito-identity-provider';
import { callLimits } from '#platform/call-limits.ts';
import { type Role, roles } from './actor.ts';
import type { StaffPerson, StaffPersonState } from './staff-person.ts';

/** The people of the staff where they sign in. Whatever is done twice is done once. */
export interface Directory {
  /** Everybody, those who were removed too, by name. */
  list(): Promise<StaffPerson[]>;
  /** Invites a person by a mail with a password for once. @returns their id */
  invite(person: Pick<StaffPerson, 'name' | 'email' | 'roles'>): Promise<string>;
  /** Sends the invitation again, with another password: the first one is good for seven days. */
  inviteAgain(person: StaffPerson): Promise<void>;
  setRoles(person: StaffPerson, to: readonly Role[]): Promise<void>;
  /** Lets nobody sign in as this person any more; the name stays, so that the audit log can be read. */
  remove(person: StaffPerson): Promise<void>;
  /** Lets a person who was removed sign in again. */
  restore(person: StaffPerson): Promise<void>;
  /** Takes a second factor that was lost: the next sign-in asks for a new one. */
  resetSecondFactor(person: StaffPerson): Promise<void>;
}

/** Cognito answers at most so many people at once (ListUsers, `Limit`). */
const largestPage = 60;

/** Opens the way to a user pool of Amazon Cognito, whose groups are the roles. */
export function openDirectory(
  UserPoolId: string,
  client = new CognitoIdentityProviderClient({ maxAttempts: 3, requestHandler: callLimits }),
): Directory {
  const of = (Username: string) => ({ UserPoolId, Username });

  async function idsWith(role: Role): Promise<Set<string>> {
    const members = await everyPage((page) =>
      client.send(new ListUsersInGroupCommand({ UserPoolId, GroupName: role, ...page })),
    );
    return new Set(members.map(idOf));
  }

  async function setRoles(id: string, from: readonly Role[], to: readonly Role[]): Promise<void> {
    const group = (GroupName: Role) => ({ ...of(id), GroupName });
    for (const role of to.filter((each) => !from.includes(each))) {
      await client.send(new AdminAddUserToGroupCommand(group(role)));
    }
    for (const role of from.filter((each) => !to.includes(each))) {
      await client.send(new AdminRemoveUserFromGroupCommand(group(role)));
    }
  }

  /** Its refresh tokens end too, so that no session is renewed by them. */
  const signOut = (id: string) => client.send(new AdminUserGlobalSignOutCommand(of(id)));

  return {
    list: async () => {
      const [users, ...withRole] = await Promise.all([
        everyPage(({ NextToken, Limit }) =>
          client
            .send(
              new ListUsersCommand({ UserPoolId, Limit, ...(NextToken && { PaginationToken: NextToken }) }),
            )
            .then(({ Users, PaginationToken }) => ({ Users, NextToken: PaginationToken })),
        ),
        ...roles.map(idsWith),
      ]);
      const rolesOf = (id: string) => roles.filter((_, index) => withRole[index]?.has(id));
      return users
        .map((user) => toPerson(user, rolesOf(idOf(user))))
        .sort((one, other) => one.name.localeCompare(other.name, 'en'));
    },
    invite: async ({ name, email, roles: wanted }) => {
      const { User } = await client.send(
        new AdminCreateUserCommand({
          ...of(email),
          DesiredDeliveryMediums: ['EMAIL'],
          UserAttributes: [
            { Name: 'name', Value: name },
            { Name: 'email', Value: email },
            { Name: 'email_verified', Value: 'true' },
          ],
        }),
      );
      if (!User) throw new Error('Cognito named nobody whom it invited.');
      await setRoles(idOf(User), [], wanted);
      return idOf(User);
    },
    inviteAgain: async ({ email }) => {
      await client.send(new AdminCreateUserCommand({ ...of(email), MessageAction: 'RESEND' }));
    },
    setRoles: async ({ id, roles: from }, to) => {
      await setRoles(id, from, to);
      await signOut(id);
    },
    remove: async ({ id, roles: from }) => {
      await client.send(new AdminDisableUserCommand(of(id)));
      await signOut(id);
      await setRoles(id, from, []);
    },
    restore: async ({ id }) => {
      await client.send(new AdminEnableUserCommand(of(id)));
    },
    resetSecondFactor: async ({ id }) => {
      await client.send(new AdminDeleteSoftwareTokenCommand(of(id))).catch((error: unknown) => {
        // Who has none is asked for a new one anyway.
        if (!(error instanceof SoftwareTokenMFANotFoundException)) throw error;
      });
      await signOut(id);
    },
  };
}

interface Page {
  readonly Users?: UserType[] | undefined;
  readonly NextToken?: string | undefined;
}

async function everyPage(
  ask: (page: { readonly Limit: number; readonly NextToken?: string }) => Promise<Page>,
): Promise<UserType[]> {
  const users: UserType[] = [];
  let next: string | undefined;
  do {
    const page: Page = await ask({ Limit: largestPage, ...(next && { NextToken: next }) });
    users.push(...(page.Users ?? []));
    next = page.NextToken;
  } while (next);
  return users;
}

function attribute({ Attributes = [] }: UserType, name: string): string {
  return Attributes.find(({ Name }) => Name === name)?.Value ?? '';
}

/** The subject of a person's tokens; in a pool where people sign in by their address it is also the name that calls take. */
function idOf(user: UserType): string {
  return attribute(user, 'sub');
}

function toPerson(user: UserType, withRoles: readonly Role[]): StaffPerson {
  const email = attribute(user, 'email');
  return {
    id: idOf(user),
    ...{ name: attribute(user, 'name') || email, email, roles: withRoles },
    state: stateOf(user),
  };
}

function stateOf({ Enabled, UserStatus }: UserType): StaffPersonState {
  if (Enabled === false) return 'removed';
  return UserStatus === 'FORCE_CHANGE_PASSWORD' ? 'invited' : 'active';
}

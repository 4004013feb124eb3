import { auditChange } from '#kernel/audit-log/audit-change.ts';
import type { Role } from '#kernel/staff/actor.ts';
import type { Directory } from '#kernel/staff/directory-gateway.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { StaffPerson } from '#kernel/staff/staff-person.ts';
import { Problem } from '#platform/errors.ts';
import { commit } from '#platform/table/commit.ts';
import { once } from '#platform/table/once.ts';
import type { Table } from '#platform/table/table.ts';
import { personIn, requireDirectory, rolesLine } from './team.ts';

/** What changes of the team are made with. */
export interface TeamContext {
  readonly table: Table;
  readonly now: Date;
  readonly directory?: Directory;
}

/**
 * Invites a person, once under the request's key. Who was removed before can sign in again, and who was invited and has not signed in yet
 * is sent another invitation, both with the roles that are given now.
 * @throws Problem `staff-elsewhere`, `staff-known` for the address of who signs in already
 */
export async function invitePerson(
  {
    idempotencyKey,
    permit,
    ...person
  }: Pick<StaffPerson, 'name' | 'email'> & {
    readonly roles: readonly Role[];
    readonly idempotencyKey: string;
    readonly permit: Permit<'staff.manage'>;
  },
  ctx: TeamContext,
): Promise<StaffPerson> {
  const directory = requireDirectory(ctx);
  const keyed = { caller: permit.actor.id, route: 'team/invite', key: idempotencyKey, body: person };
  return once(ctx, keyed, {
    attempt: async (record) => {
      const people = await directory.list();
      const known = people.find(({ email }) => email.toLowerCase() === person.email.toLowerCase());
      if (known?.state === 'active') throw knownAlready(known);
      const id = known ? await bringBack(known, person.roles, directory) : await directory.invite(person);
      const after = { state: 'invited', roles: rolesLine(person.roles) };
      const outcome = await commit(ctx.table, () => ({
        once: record(id),
        audit: auditChange(permit, { object: { kind: 'staff', id }, after }, ctx.now),
      }));
      return outcome.committed ? readPerson(id, directory) : undefined;
    },
    answer: (id) => readPerson(id, directory),
  });
}

/** Lets who is in the list sign in, with the roles that are given now. */
async function bringBack(known: StaffPerson, roles: readonly Role[], directory: Directory): Promise<string> {
  await directory.setRoles(known, roles);
  if (known.state === 'invited') await directory.inviteAgain(known);
  else await directory.restore(known);
  return known.id;
}

/** @throws Problem `not-found` */
export async function readPerson(id: string, directory: Directory): Promise<StaffPerson> {
  return personIn(await directory.list(), id);
}

function knownAlready({ name }: StaffPerson): Problem {
  const detail = `${name} has this address and is in the list already. Change the roles there.`;
  return new Problem('staff-known', detail, { errors: [{ pointer: '/email', detail }] });
}

import { auditChange } from '#kernel/audit-log/audit-change.ts';
import type { Role } from '#kernel/staff/actor.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { StaffPerson } from '#kernel/staff/staff-person.ts';
import { commit } from '#platform/table/commit.ts';
import { once } from '#platform/table/once.ts';
import { endSessions } from './end-sessions.ts';
import { readPerson, type TeamContext } from './invite-person.ts';
import { presentIn, requireAdminLeft, requireDirectory, rolesLine } from './team.ts';

/**
 * Gives a person other roles, and ends their sessions: the next page asks them to sign in, and shows what they may do now.
 * @throws Problem `staff-elsewhere`, `not-found`, `last-admin`
 */
export async function changeRoles(
  {
    person: id,
    roles,
    idempotencyKey,
    permit,
  }: {
    readonly person: string;
    readonly roles: readonly Role[];
    readonly idempotencyKey: string;
    readonly permit: Permit<'staff.manage'>;
  },
  ctx: TeamContext,
): Promise<StaffPerson> {
  const directory = requireDirectory(ctx);
  const keyed = { caller: permit.actor.id, route: `team/${id}/roles`, key: idempotencyKey, body: roles };
  return once(ctx, keyed, {
    attempt: async (record) => {
      const people = await directory.list();
      const before = presentIn(people, id);
      requireAdminLeft(people, id, roles);
      await directory.setRoles(before, roles);
      await endSessions(id, ctx);
      const change = {
        object: { kind: 'staff', id },
        before: { roles: rolesLine(before.roles) },
        after: { roles: rolesLine(roles) },
      } as const;
      const outcome = await commit(ctx.table, () => ({
        once: record(id),
        audit: auditChange(permit, change, ctx.now),
      }));
      return outcome.committed ? { ...before, roles } : undefined;
    },
    answer: () => readPerson(id, directory),
  });
}

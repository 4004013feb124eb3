import { auditChange } from '#kernel/audit-log/audit-change.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { StaffPerson } from '#kernel/staff/staff-person.ts';
import { Problem } from '#platform/errors.ts';
import { commit } from '#platform/table/commit.ts';
import { once } from '#platform/table/once.ts';
import { endSessions } from './end-sessions.ts';
import { readPerson, type TeamContext } from './invite-person.ts';
import { presentIn, requireAdminLeft, requireDirectory, rolesLine } from './team.ts';

/**
 * Removes a person: they cannot sign in any more, and their sessions end at once.
 * @throws Problem `staff-elsewhere`, `not-found`, `second-person` for oneself, `last-admin`
 */
export async function removePerson(
  {
    person: id,
    idempotencyKey,
    permit,
  }: { readonly person: string; readonly idempotencyKey: string; readonly permit: Permit<'staff.manage'> },
  ctx: TeamContext,
): Promise<StaffPerson> {
  const directory = requireDirectory(ctx);
  const keyed = { caller: permit.actor.id, route: `team/${id}/remove`, key: idempotencyKey, body: null };
  return once(ctx, keyed, {
    attempt: async (record) => {
      const people = await directory.list();
      const before = presentIn(people, id);
      requireNotOneself(permit, id);
      requireAdminLeft(people, id, []);
      await directory.remove(before);
      await endSessions(id, ctx);
      const change = {
        object: { kind: 'staff', id },
        before: { state: before.state, roles: rolesLine(before.roles) },
        after: { state: 'removed' },
      } as const;
      const outcome = await commit(ctx.table, () => ({
        once: record(id),
        audit: auditChange(permit, change, ctx.now),
      }));
      return outcome.committed ? { ...before, roles: [], state: 'removed' } : undefined;
    },
    answer: () => readPerson(id, directory),
  });
}

/** @throws Problem `second-person` */
function requireNotOneself({ actor }: Permit<'staff.manage'>, id: string): void {
  if (actor.id !== id) return;
  throw new Problem('second-person', 'Nobody can remove themself: another admin has to.');
}

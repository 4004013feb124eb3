import { auditChange } from '#kernel/audit-log/audit-change.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { StaffPerson } from '#kernel/staff/staff-person.ts';
import { commit } from '#platform/table/commit.ts';
import { once } from '#platform/table/once.ts';
import { endSessions } from './end-sessions.ts';
import { readPerson, type TeamContext } from './invite-person.ts';
import { presentIn, requireDirectory } from './team.ts';

/**
 * Takes a person's second factor, which they have lost, and ends their sessions: the next sign-in asks them to set up another one.
 * @throws Problem `staff-elsewhere`, `not-found`
 */
export async function resetSecondFactor(
  {
    person: id,
    idempotencyKey,
    permit,
  }: { readonly person: string; readonly idempotencyKey: string; readonly permit: Permit<'staff.manage'> },
  ctx: TeamContext,
): Promise<StaffPerson> {
  const directory = requireDirectory(ctx);
  const keyed = {
    caller: permit.actor.id,
    route: `team/${id}/second-factor`,
    key: idempotencyKey,
    body: null,
  };
  return once(ctx, keyed, {
    attempt: async (record) => {
      const person = presentIn(await directory.list(), id);
      await directory.resetSecondFactor(person);
      await endSessions(id, ctx);
      const change = { object: { kind: 'staff', id }, after: { secondFactor: 'reset' } } as const;
      const outcome = await commit(ctx.table, () => ({
        once: record(id),
        audit: auditChange(permit, change, ctx.now),
      }));
      return outcome.committed ? person : undefined;
    },
    answer: () => readPerson(id, directory),
  });
}

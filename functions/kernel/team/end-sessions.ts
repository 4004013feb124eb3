import { auditChange } from '#kernel/audit-log/audit-change.ts';
import { listSessions } from '#kernel/staff/list-sessions.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import { type Change, commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import type { Table } from '#platform/table/table.ts';
import { writeOne } from '#platform/table/write-one.ts';

interface Writing {
  readonly table: Table;
  readonly now: Date;
}

/** DynamoDB takes a hundred items in a transaction (TransactWriteItems). */
const endedTogether = 90;

/**
 * Ends all sessions of a person, in every browser: the next page that they ask for leads to the sign-in.
 * @returns how many there were
 */
export async function endSessions(person: string, ctx: Writing): Promise<number> {
  const sessions = await listSessions(person, ctx);
  await Promise.all(sessions.map(({ id }) => writeOne(ctx.table, { remove: keys.session(id) })));
  return sessions.length;
}

/**
 * Ends all sessions of another person: the next page that they ask for leads to the sign-in.
 * @returns how many there were
 */
export async function endSessionsOf(
  { person, permit }: { readonly person: string; readonly permit: Permit<'staff.manage'> },
  ctx: Writing,
): Promise<number> {
  const sessions = await listSessions(person, ctx);
  for (let start = 0; start < sessions.length; start += endedTogether) {
    const some = sessions.slice(start, start + endedTogether);
    const removed = some.map(({ id }): [string, Change] => [id, { remove: keys.session(id) }]);
    const change = { object: { kind: 'staff', id: person }, before: { sessions: some.length } } as const;
    await commit<string>(ctx.table, () => ({
      ...Object.fromEntries(removed),
      audit: auditChange(permit, change, ctx.now),
    }));
  }
  return sessions.length;
}

import { lists } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { readWholeList, type Table } from '#platform/table/table.ts';
import { hasSessionEnded, hoursOfSessions, type Session } from './session.ts';
import { fromSessionItem } from './session-item.ts';

interface Reading {
  readonly table: Table;
  readonly now: Date;
}

/**
 * The sessions that are good now, newest first: a request for each hour in which one may have begun. One that began within the last
 * second may be missing: the index is a little behind the table.
 *
 * @param person whose alone; without it everybody's
 */
export async function listSessions(person: string | undefined, ctx: Reading): Promise<Session[]> {
  const found = await Promise.all(hoursOfSessions(ctx.now).map((hour) => sessionsOf(hour, ctx)));
  return found
    .flat()
    .filter((session) => !hasSessionEnded(session, ctx.now))
    .filter(({ actor }) => person === undefined || actor.id === person)
    .sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime());
}

async function sessionsOf(hour: string, { table }: Reading): Promise<Session[]> {
  const sessions: Session[] = [];
  for await (const page of readWholeList(table, lists.sessions(hour))) {
    sessions.push(...readIntact(page, fromSessionItem).map(({ session }) => session));
  }
  return sessions;
}

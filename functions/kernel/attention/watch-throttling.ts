import type { Context } from '#platform/context/context.ts';
import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { readItems } from '#platform/table/table.ts';
import { callPerson, resolveItself } from './call-person.ts';

/** So long after the last throttled request it is over. Milliseconds. */
const over = 60 * 60_000;
const id = 'table';

/**
 * Sees whether the table throttled a request within the hour, as the functions recorded it, and calls a person: somewhere more is written to
 * one partition than it takes.
 * @returns whether it did
 */
export async function watchThrottling({ table, now }: Pick<Context, 'table' | 'now'>): Promise<boolean> {
  const called = keys.attention('table-throttled', id);
  const found = await readItems(table, [keys.throttled(), called]);
  const recorded = found.itemAt(keys.throttled());
  const isThrottled = recorded !== undefined && now.getTime() - read(recorded).date('at').getTime() < over;
  const listed = found.itemAt(called);
  if (isThrottled) {
    await callPerson(
      { need: 'TableThrottled', attention: { kind: 'table-throttled', id, at: now } },
      { table, now },
    );
  } else if (listed && listed.settledAt === undefined) {
    await resolveItself(
      { kind: 'table-throttled', id, note: 'No request was throttled for an hour.' },
      { table, now },
    );
  }
  return isThrottled;
}

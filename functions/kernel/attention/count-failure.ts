import { keys } from '#platform/table/keys.ts';
import type { Table } from '#platform/table/table.ts';
import { increment } from '#platform/table/write-one.ts';

/** What is not repeated for so long is over. Nightly tasks fail a day apart. */
const remembered = 2 * 24 * 3_600_000;

/** Something that failed in runs of a task, and has not ceased to since. */
export interface Failure {
  /** In how many runs. */
  readonly runs: number;
  readonly firstAt: Date;
}

/**
 * Counts that something failed in a run. A run that is repeated for the same time, as Lambda does, counts once.
 * @returns undefined when it was counted before
 */
export async function countFailure(
  table: Table,
  { kind, id }: { readonly kind: string; readonly id: string },
  now: Date,
): Promise<Failure | undefined> {
  const item = await increment(table, {
    at: keys.failure(kind, id),
    attribute: 'runs',
    entity: 'failure',
    version: 1,
    endsAt: new Date(now.getTime() + remembered),
    set: ['#kind = :kind', 'id = :id', 'lastAt = :now', 'firstAt = if_not_exists(firstAt, :now)'],
    condition: '(attribute_not_exists(lastAt) OR lastAt < :now)',
    names: { '#kind': 'kind' },
    values: { ':kind': kind, ':id': id, ':now': now.toISOString() },
  });
  return item && { runs: item.runs as number, firstAt: new Date(item.firstAt as string) };
}

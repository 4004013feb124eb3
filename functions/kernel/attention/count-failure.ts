import type { Context } from '#platform/context/context.ts';
import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { ended, setTimeToLive } from '#platform/table/time-to-live.ts';
import { increment, writeOne } from '#platform/table/write-one.ts';

/** A failure that does not come again for so long is over. Nightly tasks fail a day apart. */
const remembered = 2 * 24 * 3_600_000;

/** Something that has failed in consecutive runs of a task. */
export interface Failure {
  /** In how many runs. */
  readonly runs: number;
  readonly firstAt: Date;
}

/**
 * Counts that something failed in a run. A run that is repeated for the same time, as Lambda does, counts once. A count whose time to
 * live has passed begins anew, whether it is deleted yet or not.
 * @returns undefined when it was counted before
 */
export async function countFailure(
  { kind, id }: { readonly kind: string; readonly id: string },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<Failure | undefined> {
  const at = keys.failure(kind, id);
  const endsAt = new Date(now.getTime() + remembered);
  const over = ended(now);
  const item = await increment(table, {
    at,
    attribute: 'runs',
    entity: 'failure',
    version: 1,
    endsAt,
    set: ['#kind = :kind', 'id = :id', 'lastAt = :now', 'firstAt = if_not_exists(firstAt, :now)'],
    condition: `(attribute_not_exists(lastAt) OR (lastAt < :now AND NOT (${over.expression})))`,
    names: { '#kind': 'kind' },
    values: { ':kind': kind, ':id': id, ':now': now.toISOString(), ...over.values },
  });
  if (item) return { runs: read(item).int('runs'), firstAt: read(item).date('firstAt') };
  const end = setTimeToLive('failure', endsAt);
  const begun = await writeOne(table, {
    update: at,
    set: {
      expression: `SET runs = :one, firstAt = :now, lastAt = :now, ${end.expression}`,
      names: end.names,
      values: {
        ':one': 1,
        ':now': now.toISOString(),
        ...end.values,
        ...over.values,
      },
    },
    condition: over.expression,
  });
  return begun ? { runs: 1, firstAt: now } : undefined;
}

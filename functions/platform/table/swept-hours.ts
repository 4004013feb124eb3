import { recentHours } from '#platform/clock.ts';
import { type Item, readList, type Table } from './table.ts';

/** At three in the morning in Hong Kong. */
const dailyUtcHour = 19;
/** Once a day a sweep reads work lists this far back: a person will have noticed by then that no sweep runs. */
const daysBack = 14;

/**
 * The hours, oldest first, whose work lists a sweep reads: the last few, and once a day those of two weeks, so that nothing stays
 * behind when sweeps failed for longer.
 *
 * @param usually how many hours back, otherwise
 */
export function sweptHours(now: Date, usually: number): string[] {
  const isDaily = now.getUTCHours() === dailyUtcHour && isFirstSweepOfHour(now);
  return recentHours(now, isDaily ? daysBack * 24 : usually);
}

/** Whether a sweep, which runs every five minutes, is the first of its hour. */
export function isFirstSweepOfHour(now: Date): boolean {
  return now.getUTCMinutes() < 5;
}

/** What waits longer than an hour, and once an hour a day of failed sweeps besides: empty lists cost too. */
const usualHoursBack = { firstOfHour: 26, others: 1 };

/**
 * Reads what waits in a work list that is cut into hours, the longest waiting first, at most a hundred of an hour.
 * @param listOf the name of the list of an hour
 */
export async function* readSwept(
  table: Table,
  now: Date,
  listOf: (utcHour: string) => string,
): AsyncGenerator<Item> {
  const usually = isFirstSweepOfHour(now) ? usualHoursBack.firstOfHour : usualHoursBack.others;
  for (const hour of sweptHours(now, usually)) {
    yield* await readList(table, listOf(hour), { order: 'oldest', limit: 100 });
  }
}

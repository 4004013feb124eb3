import { recentHours } from '../platform/clock.ts';

/** At three in the morning in Hong Kong. */
const dailyUtcHour = 19;
/** So long back a work list is looked for once a day: somebody will have noticed by then that no sweep runs. */
const daysBack = 14;

/**
 * The hours, oldest first, whose work lists a sweep reads: the last few, and once a day those of two weeks, so that nothing is
 * forgotten when sweeps failed for longer than a few.
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

import {
  hongKongMonth,
  isMonth,
  lastMonths,
  type Month,
  monthPattern,
  previousMonth,
} from '#platform/clock.ts';
import { type Input, inQuery } from '#platform/http/input.ts';
import { readMonth } from './list-cursor.ts';

const ofMonth = { schema: { type: 'string', pattern: monthPattern.source }, example: '2026-11' };

/** The Hong Kong month that a list is of; the present one when none is named. */
export const month: Input<Month> = inQuery(
  { description: 'A month of Hong Kong; the present one by default.', ...ofMonth },
  (asked, now) => readMonth(asked ?? hongKongMonth(now)),
);

/** A Hong Kong month, where none means all. */
export const anyMonth = (description: string): Input<Month | undefined> =>
  inQuery({ description, ...ofMonth }, (asked) => (asked === undefined ? undefined : readMonth(asked)));

/** How many months back can be chosen; older ones are reached from month to month. */
const choosable = 24;

/** The months that can be chosen for a list, newest first, the one that it is of among them. */
export function choosableMonths(of: Month, now: Date): readonly Month[] {
  const months = lastMonths(now, choosable);
  return months.includes(of) ? months : [hongKongMonth(now), of];
}

/** The month before one; undefined before the first that the books can have. */
export function earlierMonth(of: Month): Month | undefined {
  const before = previousMonth(of);
  return isMonth(before) ? before : undefined;
}

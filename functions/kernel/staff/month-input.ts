import { hongKongMonth, type Month, monthPattern } from '#platform/clock.ts';
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

import { expect, test } from 'vitest';
import { parseSchedule } from '../cloud/cron.ts';

const next = (expression: string, timeZone: string, after: string) => {
  const time = parseSchedule(
    expression,
    timeZone,
    Date.parse('2026-01-01T00:00:00Z'),
    'S/X',
  )(Date.parse(after));
  return time === undefined ? undefined : new Date(time).toISOString();
};

test.each([
  ['rate(5 minutes)', 'UTC', '2026-01-01T00:07:00Z', '2026-01-01T00:10:00.000Z'],
  ['rate(1 hour)', 'UTC', '2026-01-01T01:00:00Z', '2026-01-01T02:00:00.000Z'],
  ['cron(5 0 1 * ? *)', 'Asia/Hong_Kong', '2026-05-31T16:04:00Z', '2026-05-31T16:05:00.000Z'],
  ['cron(5 0 1 * ? *)', 'Asia/Hong_Kong', '2026-05-31T16:05:00Z', '2026-06-30T16:05:00.000Z'],
  ['cron(0/15 8-9 ? * MON-FRI *)', 'UTC', '2026-11-20T09:45:00Z', '2026-11-23T08:00:00.000Z'],
  ['cron(30 12 29 FEB ? *)', 'UTC', '2026-03-01T00:00:00Z', '2028-02-29T12:30:00.000Z'],
  ['cron(0 9 ? * 2 *)', 'Europe/London', '2026-03-28T00:00:00Z', '2026-03-30T08:00:00.000Z'],
  ['at(2026-12-24T18:00:00)', 'Asia/Hong_Kong', '2026-11-01T00:00:00Z', '2026-12-24T10:00:00.000Z'],
])('%s in %s runs next, strictly after %s, at %s', (expression, timeZone, after, expected) => {
  expect(next(expression, timeZone, after)).toBe(expected);
});

test('a one-off schedule in the past never runs', () => {
  expect(next('at(2026-12-24T18:00:00)', 'UTC', '2026-12-24T18:00:00Z')).toBeUndefined();
});

test.each(['rate(0 minutes)', 'cron(0 0 L * ? *)', 'cron(0 0 1 * ?)', 'at(tomorrow)', 'every day'])(
  '%s is an error that names the schedule',
  (expression) => {
    expect(() => next(expression, 'UTC', '2026-01-01T00:00:00Z')).toThrow(
      `S/X.ScheduleExpression: ${expression}`,
    );
  },
);

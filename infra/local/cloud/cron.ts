import { TemplateError } from '../template/template.ts';

/** When a schedule runs next, strictly after the given time; undefined when never again. Times in ms since 1970. */
export type NextRun = (after: number) => number | undefined;

const units: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const searchedDays = 366 * 5;

/**
 * Reads a schedule expression of EventBridge Scheduler: `rate(5 minutes)`, `cron(5 0 1 * ? *)` or
 * `at(2026-12-24T18:00:00)`, the latter two on the clock of a time zone.
 *
 * @param start when the schedule began, for rates
 * @param at the schedule, for the error
 * @throws TemplateError for an expression the local cloud does not know (among them `L`, `W` and `#`)
 */
export function parseSchedule(expression: string, timeZone: string, start: number, at: string): NextRun {
  const [, kind, inner = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression) ?? [];
  const refuse = (why: string) => new TemplateError(`${at}.ScheduleExpression: ${expression} ${why}.`);
  if (kind === 'rate') {
    const [, count = '0', unit = ''] = /^(\d+) (minute|hour|day)s?$/.exec(inner) ?? [];
    const period = Number(count) * (units[unit] ?? 0);
    if (period === 0) throw refuse('is no rate');
    return (after) => start + (Math.floor(Math.max(0, after - start) / period) + 1) * period;
  }
  if (kind === 'at') {
    const [, year, month, day, hour, minute, second] =
      /^(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)$/.exec(inner) ?? [];
    if (!second) throw refuse('is no local time');
    const time = toUtc([year, month, day, hour, minute].map(Number), timeZone) + Number(second) * 1000;
    return (after) => (time > after ? time : undefined);
  }
  const fields = inner.split(' ');
  if (kind !== 'cron' || fields.length !== 6) throw refuse('is neither rate, cron with six fields, nor at');
  const [minute, hour, day, month, weekday, year] = fields.map((field, i) =>
    parseField(field, i, refuse),
  ) as Field[];
  return (after) => {
    const first = localDate(after, timeZone);
    for (let i = 0; i <= searchedDays; i += 1) {
      const date = new Date(Date.UTC(first.year, first.month - 1, first.day + i));
      const [y, m, d] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
      if (!year?.(y) || !month?.(m) || !day?.(d) || !weekday?.(date.getUTCDay() + 1)) continue;
      for (let h = 0; h < 24; h += 1) {
        for (let min = 0; hour?.(h) && min < 60; min += 1) {
          if (!minute?.(min)) continue;
          const time = toUtc([y, m, d, h, min], timeZone);
          if (time > after) return time;
        }
      }
    }
    return undefined;
  };
}

type Field = (value: number) => boolean;

const ranges = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [1, 7],
  [1970, 2199],
] as const;

function parseField(field: string, index: number, refuse: (why: string) => Error): Field {
  if (field === '*' || field === '?') return () => true;
  const [low, high] = ranges[index] ?? [0, 0];
  const number = (text: string): number => {
    const name = (index === 3 ? months : index === 4 ? weekdays : []).indexOf(text.toUpperCase());
    const value = name >= 0 ? name + 1 : /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= low && value <= high))
      throw refuse(`has a field that the local cloud does not know: ${field}`);
    return value;
  };
  const parts = field.split(',').map((part): Field => {
    const [range = '', step] = part.split('/');
    const every = step === undefined ? 1 : Math.max(1, number(step));
    const [from = '', to] = range.split('-');
    const first = range === '*' ? low : number(from);
    const last = to !== undefined ? number(to) : range === '*' || step !== undefined ? high : first;
    return (value) => value >= first && value <= last && (value - first) % every === 0;
  });
  return (value) => parts.some((part) => part(value));
}

function localDate(time: number, timeZone: string): { year: number; month: number; day: number } {
  const local = new Date(time + offsetAt(time, timeZone));
  return { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate() };
}

function toUtc([year = 0, month = 1, day = 1, hour = 0, minute = 0]: number[], timeZone: string): number {
  const asUtc = Date.UTC(year, month - 1, day, hour, minute);
  const guess = asUtc - offsetAt(asUtc, timeZone);
  // The offset at the guess may differ from the offset at the clock time when the clocks change in between.
  return asUtc - offsetAt(guess, timeZone);
}

function offsetAt(time: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    ...{
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    },
  }).formatToParts(time);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return local - Math.floor(time / 1000) * 1000;
}

import type { Language } from './charity.ts';

/** The present moment; given as an argument so that tests and schedules choose it. */
export type Clock = () => Date;

/** How far two clocks of ours, or a late schedule and the present, may differ. Milliseconds: a day. */
export const clocksDiffer = 86_400_000;

/** A month of the Hong Kong calendar, `YYYY-MM`. */
export type Month = string;

/** A month of this millennium: years of four digits sort in the order of time. */
export const monthPattern = /^2\d{3}-(0[1-9]|1[0-2])$/;

/** Whether a text is a month. */
export function isMonth(text: string): text is Month {
  return monthPattern.test(text);
}

const firstMoment = Date.parse('2000-01-01T00:00:00+08:00');
const momentAfterLast = Date.parse('3000-01-01T00:00:00+08:00');

/** Whether a moment has a month in Hong Kong: from 2000 to 2999 there. Every date that comes from outside is asked this. */
export function hasMonth(moment: Date): boolean {
  const time = moment.getTime();
  return time >= firstMoment && time < momentAfterLast;
}

/**
 * The moment for which a schedule calls a task.
 * @param at ISO 8601
 * @throws Error when it is no moment, or has no month
 */
export function dueAt(at: string): Date {
  const moment = new Date(at);
  if (!hasMonth(moment)) throw new Error('The event\'s "at" is no ISO 8601 time from 2000 to 2999.');
  return moment;
}

/**
 * A time of Stripe's.
 * @param seconds since 1970, as every time of its API
 * @throws RangeError when it is no moment, or has no month
 */
export function fromSeconds(seconds: number): Date {
  const moment = new Date(seconds * 1000);
  if (!hasMonth(moment))
    throw new RangeError('There is no such time: seconds since 1970, from 2000 to 2999.');
  return moment;
}

function requireMonth(text: string): void {
  if (!isMonth(text)) throw new RangeError('There is no such month: months go from 2000-01 to 2999-12.');
}

// Asia/Hong_Kong is UTC+8 the whole year: summer time ended in 1979.
const hongKongOffset = 8 * 3_600_000;

/**
 * The Hong Kong month of a moment. 31 May 15:59:59 UTC is still May; a second later it is June.
 * @throws RangeError when it has none (`hasMonth`)
 */
export function hongKongMonth(moment: Date): Month {
  const month = new Date(moment.getTime() + hongKongOffset).toISOString().slice(0, 7);
  requireMonth(month);
  return month;
}

/** The Hong Kong day of a moment, `YYYY-MM-DD`. */
export function hongKongDay(moment: Date): string {
  return new Date(moment.getTime() + hongKongOffset).toISOString().slice(0, 10);
}

/** Whether a text is a day that the books can hold, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const moment = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(moment.getTime())) return false;
  // Date reads 31 February as 3 March.
  return moment.toISOString().startsWith(text) && isMonth(text.slice(0, 7));
}

/**
 * The months from `first` to `last`, both included, in order; empty when `last` is before `first`.
 * @throws RangeError when one of them is no month: such a walk would never end
 */
export function monthsBetween(first: Month, last: Month): Month[] {
  requireMonth(first);
  requireMonth(last);
  const months: Month[] = [];
  for (let month = first; month <= last; month = nextMonth(month)) months.push(month);
  return months;
}

/**
 * The month after one; `3000-01`, which is no month any more, after the last.
 * @throws RangeError when it is no month
 */
export function nextMonth(month: Month): Month {
  requireMonth(month);
  const [year, number] = month.split('-').map(Number) as [number, number];
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

/**
 * The month before one; `1999-12`, which is no month any more, before the first.
 * @throws RangeError when it is no month
 */
export function previousMonth(month: Month): Month {
  requireMonth(month);
  const [year, number] = month.split('-').map(Number) as [number, number];
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`;
}

/** The first moment of a month, on Hong Kong's clock. */
export function startOfMonth(month: Month): Date {
  return new Date(`${month}-01T00:00:00+08:00`);
}

/** The UTC hour of a moment, `YYYY-MM-DDTHH`: the unit that work lists are cut into. */
export function utcHour(moment: Date): string {
  return moment.toISOString().slice(0, 13);
}

/** The UTC hours up to a moment's, from so many hours before it, oldest first. */
export function recentHours(now: Date, back: number): string[] {
  return Array.from({ length: back + 1 }, (_, index) =>
    utcHour(new Date(now.getTime() - (back - index) * 3_600_000)),
  );
}

/** So many Hong Kong months, a moment's and those before it, newest first. */
export function lastMonths(now: Date, count: number): Month[] {
  const months = [hongKongMonth(now)];
  while (months.length < count) months.push(previousMonth(months.at(-1) as Month));
  return months;
}

// A formatter takes a hundred times as long to make as to use.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatted(moment: Date, locale: string, parts: Intl.DateTimeFormatOptions): string {
  const name = `${locale} ${JSON.stringify(parts)}`;
  const format =
    formats.get(name) ?? new Intl.DateTimeFormat(locale, { timeZone: 'Asia/Hong_Kong', ...parts });
  formats.set(name, format);
  return format.format(moment);
}

const locales = { en: 'en-GB', 'zh-HK': 'zh-HK' } as const satisfies Record<Language, string>;

/** A Hong Kong date as people write it: `22 November 2026`, `2026年11月22日`. */
export function formatDate(moment: Date, language: Language): string {
  return formatted(moment, locales[language], { day: 'numeric', month: 'long', year: 'numeric' });
}

/** A moment on Hong Kong's clock, in both languages: `20:40`. */
export function formatTime(moment: Date): string {
  return formatted(moment, 'en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** A moment on Hong Kong's clock, for the staff: `29 November 2026 at 20:00 Hong Kong time`. */
export function formatMoment(moment: Date): string {
  return `${formatDate(moment, 'en')} at ${formatTime(moment)} Hong Kong time`;
}

/** A month as people write it: `November 2026`, `2026年11月`. */
export function formatMonth(month: Month, language: Language): string {
  const middle = new Date(`${month}-15T00:00:00+08:00`);
  return formatted(middle, locales[language], { month: 'long', year: 'numeric' });
}

/**
 * How long ago a moment was, as people say it: `2 days ago`, `2 日前`; after thirty days its date.
 * @param now the present; what is younger than a minute, or of a clock ahead, was one minute ago
 */
export function formatAgo(moment: Date, now: Date, language: Language): string {
  const minutes = Math.max(1, Math.floor((now.getTime() - moment.getTime()) / 60_000));
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 30) return formatDate(moment, language);
  const ago = new Intl.RelativeTimeFormat(locales[language]);
  if (days > 0) return ago.format(-days, 'day');
  return hours > 0 ? ago.format(-hours, 'hour') : ago.format(-minutes, 'minute');
}

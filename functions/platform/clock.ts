import type { Language } from './charity.ts';

/** The present moment; given as an argument so that tests and schedules choose it. */
export type Clock = () => Date;

/** A month of the Hong Kong calendar, `YYYY-MM`. */
export type Month = string;

// Asia/Hong_Kong is UTC+8 the whole year: summer time ended in 1979.
const hongKongOffset = 8 * 3_600_000;

/** The Hong Kong month of a moment. 31 May 15:59:59 UTC is still May; a second later it is June. */
export function hongKongMonth(moment: Date): Month {
  return new Date(moment.getTime() + hongKongOffset).toISOString().slice(0, 7);
}

/** The Hong Kong day of a moment, `YYYY-MM-DD`. */
export function hongKongDay(moment: Date): string {
  return new Date(moment.getTime() + hongKongOffset).toISOString().slice(0, 10);
}

/** The months from `first` to `last`, both included, in order; empty when `last` is before `first`. */
export function monthsBetween(first: Month, last: Month): Month[] {
  const months: Month[] = [];
  for (let month = first; month <= last; month = nextMonth(month)) months.push(month);
  return months;
}

/** The month after one. */
export function nextMonth(month: Month): Month {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

/** The month before one. */
export function previousMonth(month: Month): Month {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`;
}

/** The UTC hour of a moment, `YYYY-MM-DDTHH`: the unit that work lists are cut into. */
export function utcHour(moment: Date): string {
  return moment.toISOString().slice(0, 13);
}

/** A Hong Kong date as people write it: `22 November 2026`, `2026年11月22日`. */
export function formatDate(moment: Date, language: Language): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-HK', {
    timeZone: 'Asia/Hong_Kong',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(moment);
}

/** A moment on Hong Kong's clock, for the staff: `29 November 2026 at 20:00 Hong Kong time`. */
export function formatMoment(moment: Date): string {
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Hong_Kong',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(moment);
  return `${formatDate(moment, 'en')} at ${time} Hong Kong time`;
}

/** A month as people write it: `November 2026`, `2026年11月`. */
export function formatMonth(month: Month, language: Language): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-HK', {
    timeZone: 'Asia/Hong_Kong',
    month: 'long',
    year: 'numeric',
  }).format(new Date(`${month}-15T00:00:00+08:00`));
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
  const ago = new Intl.RelativeTimeFormat(language === 'en' ? 'en-GB' : 'zh-HK');
  if (days > 0) return ago.format(-days, 'day');
  return hours > 0 ? ago.format(-hours, 'hour') : ago.format(-minutes, 'minute');
}

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

/** A month as people write it: `November 2026`, `2026年11月`. */
export function formatMonth(month: Month, language: Language): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-HK', {
    timeZone: 'Asia/Hong_Kong',
    month: 'long',
    year: 'numeric',
  }).format(new Date(`${month}-15T00:00:00+08:00`));
}

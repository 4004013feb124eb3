import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dueAt,
  formatAgo,
  formatDate,
  formatMonth,
  fromSeconds,
  hasMonth,
  hongKongDay,
  hongKongMonth,
  isMonth,
  monthsBetween,
  nextMonth,
  previousMonth,
  utcHour,
} from '#platform/clock.ts';

describe('the Hong Kong month of a moment', () => {
  it.each([
    ['2026-05-31T15:59:59.999Z', '2026-05'],
    ['2026-05-31T16:00:00.000Z', '2026-06'],
    ['2026-12-31T15:59:59.999Z', '2026-12'],
    ['2026-12-31T16:00:00.000Z', '2027-01'],
    ['2028-02-29T15:59:59.999Z', '2028-02'],
    ['2028-02-29T16:00:00.000Z', '2028-03'],
  ])('%s is %s', (moment, month) => {
    expect(hongKongMonth(new Date(moment))).toBe(month);
  });

  it('agrees with the time zone database at every hour of a year', () => {
    const zone = new Intl.DateTimeFormat('en-CA', {
      timeZone: 'Asia/Hong_Kong',
      year: 'numeric',
      month: '2-digit',
    });
    for (let hour = 0; hour < 366 * 24; hour += 1) {
      const moment = new Date(Date.UTC(2026, 0, 1, hour));
      const parts = Object.fromEntries(zone.formatToParts(moment).map((part) => [part.type, part.value]));
      expect(hongKongMonth(moment)).toBe(`${parts.year}-${parts.month}`);
    }
  });
});

describe('months', () => {
  it('go on from December to January', () => {
    expect(nextMonth('2026-12')).toBe('2027-01');
    expect(nextMonth('2026-09')).toBe('2026-10');
  });

  it('are listed in order, both ends included', () => {
    expect(monthsBetween('2026-11', '2027-02')).toEqual(['2026-11', '2026-12', '2027-01', '2027-02']);
  });

  it('are one when both ends are the same, and none when the last is before the first', () => {
    expect(monthsBetween('2026-11', '2026-11')).toEqual(['2026-11']);
    expect(monthsBetween('2026-11', '2026-10')).toEqual([]);
  });
});

describe('a date that is of no month', () => {
  const outside = fc.oneof(
    fc.date({ min: new Date(-8.64e15), max: new Date('1999-12-31T15:59:59.999Z'), noInvalidDate: true }),
    fc.date({ min: new Date('2999-12-31T16:00:00Z'), max: new Date(8.64e15), noInvalidDate: true }),
    fc.constant(new Date(Number.NaN)),
  );
  const inside = fc.date({
    min: new Date('1999-12-31T16:00:00Z'),
    max: new Date('2999-12-31T15:59:59.999Z'),
    noInvalidDate: true,
  });

  it('is recognised by what it becomes in Hong Kong, and has no month', () => {
    fc.assert(
      fc.property(outside, (moment) => {
        expect(hasMonth(moment)).toBe(false);
        expect(() => hongKongMonth(moment)).toThrow(RangeError);
      }),
    );
  });

  it('is none of those from 2000 to 2999', () => {
    fc.assert(
      fc.property(inside, (moment) => {
        expect(hasMonth(moment)).toBe(true);
        expect(isMonth(hongKongMonth(moment))).toBe(true);
      }),
    );
  });

  it('is taken of no schedule and of no object of Stripe', () => {
    expect(() => dueAt('9999-12-31T23:59:59-12:00')).toThrow('is no ISO 8601 time');
    expect(() => dueAt('yesterday')).toThrow('is no ISO 8601 time');
    expect(dueAt('2026-11-22T12:00:00Z')).toEqual(new Date('2026-11-22T12:00:00Z'));
    for (const seconds of [Number.NaN, -1, 0, 1e15, 253_402_300_799]) {
      expect(() => fromSeconds(seconds)).toThrow(RangeError);
    }
  });
});

describe('a walk over months', () => {
  it.each(['10000-NaN', '+010000', '9999-12', '1999-12', '3000-01', '2026-13', '2026-1', '', 'NaN-NaN'])(
    'throws on %j, which is no month, and does not run for ever',
    (text) => {
      expect(() => monthsBetween(text, '2026-11')).toThrow(RangeError);
      expect(() => monthsBetween('2026-11', text)).toThrow(RangeError);
      expect(() => nextMonth(text)).toThrow(RangeError);
      expect(() => previousMonth(text)).toThrow(RangeError);
    },
  );

  it('is at most a millennium long', () => {
    expect(monthsBetween('2000-01', '2999-12')).toHaveLength(12_000);
  });
});

describe('a moment is written', () => {
  const lateEvening = new Date('2026-11-21T16:00:00Z');

  it('as the day in Hong Kong, not in London', () => {
    expect(formatDate(lateEvening, 'en')).toBe('22 November 2026');
    expect(formatDate(lateEvening, 'zh-HK')).toBe('2026年11月22日');
  });

  it('as its month in both languages', () => {
    expect(formatMonth('2026-11', 'en')).toBe('November 2026');
    expect(formatMonth('2026-11', 'zh-HK')).toBe('2026年11月');
  });

  it('as its UTC hour for work lists', () => {
    expect(utcHour(new Date('2026-05-31T16:59:59.999Z'))).toBe('2026-05-31T16');
  });
});

describe('how long ago', () => {
  const now = new Date('2026-11-22T12:00:00Z');
  it.each([
    [-5, '1 minute ago', '1 分鐘前'],
    [59, '1 minute ago', '1 分鐘前'],
    [3_599, '59 minutes ago', '59 分鐘前'],
    [3_600, '1 hour ago', '1 小時前'],
    [86_399, '23 hours ago', '23 小時前'],
    [2 * 86_400, '2 days ago', '2 日前'],
    [31 * 86_400, '22 October 2026', '2026年10月22日'],
  ])('%d seconds is said as %s', (seconds, english, chinese) => {
    const moment = new Date(now.getTime() - seconds * 1000);
    expect(formatAgo(moment, now, 'en')).toBe(english);
    expect(formatAgo(moment, now, 'zh-HK')).toBe(chinese);
  });
});

describe('the Hong Kong day of a moment', () => {
  it('begins at 16:00 UTC of the day before', () => {
    expect(hongKongDay(new Date('2026-11-22T15:59:59.999Z'))).toBe('2026-11-22');
    expect(hongKongDay(new Date('2026-11-22T16:00:00.000Z'))).toBe('2026-11-23');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCursor, toCursor } from '#giving/latest-gifts/gift-cursor.ts';
import type { GiftCursor } from '#giving/latest-gifts/list-gifts.ts';
import { Problem } from '#platform/errors.ts';
import { writeCursor } from '#platform/http/cursors.ts';
import { parseLimit } from '#platform/http/requests.ts';

const slug = 'education';
const encode = (position: unknown) => writeCursor(`gifts ${slug}`, position);
const at = '2026-11-22T04:00:00.000Z';

function refusal(read: () => unknown): Problem {
  try {
    read();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('a cursor', () => {
  it('is read back as it was given, whatever month, time and count', () => {
    const moments = fc.date({
      min: new Date('2020-01-01'),
      max: new Date('2100-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moments, fc.nat(1000), fc.boolean(), (moment, shown, begins) => {
        const time = moment.toISOString();
        const cursor: GiftCursor = begins
          ? { month: time.slice(0, 7), at: undefined, shown: 0 }
          : { month: time.slice(0, 7), at: time, shown };
        expect(parseCursor(slug, toCursor(slug, cursor), new Date('2100-02-01'))).toEqual(cursor);
        expect(toCursor(slug, cursor)).toMatch(/^[\w-]+$/);
      }),
    );
  });

  it('never holds a payment, even when it is made from more than it needs', () => {
    const more = { month: '2026-11', at, shown: 1, paymentId: 'pi_secret', order: `${at}#pi_secret` };
    expect(toCursor(slug, more)).toBe(encode(['2026-11', at, 1]));
  });

  it('that is not there begins at the newest of the month of Hong Kong', () => {
    const begin = { month: '2026-12', at: undefined, shown: 0 };
    expect(parseCursor(slug, undefined, new Date('2026-11-30T16:00:00.000Z'))).toEqual(begin);
  });

  it('of the present month is taken and of the next one refused, to the second in Hong Kong', () => {
    const december = encode(['2026-12', null, 0]);
    expect(parseCursor(slug, december, new Date('2026-11-30T16:00:00.000Z')).month).toBe('2026-12');
    expect(refusal(() => parseCursor(slug, december, new Date('2026-11-30T15:59:59.999Z')))).toMatchObject({
      code: 'invalid',
      errors: [{ pointer: '/cursor' }],
    });
  });

  it.each([
    '',
    '!!',
    'null',
    encode(null),
    encode({ month: '2026-11' }),
    encode([]),
    encode(['2026-13', at, 1]),
    encode(['2026-11#x', at, 1]),
    encode(['2026-11', null, 1]),
    encode(['2026-11', `${at}#pi_1`, 1]),
    encode(['2026-11', '2026-11-22', 1]),
    encode(['2026-11', at, -1]),
    encode(['2026-11', at, 0.5]),
    encode(['2026-11', at, 1001]),
    encode(['2026-11', at, '1']),
    encode(['2026-11', at]),
    encode(['2026-11', at, 1, 1]),
    toCursor('emergency-cash', { month: '2026-11', at, shown: 1 }),
  ])('%j is none of ours and refused by name', (text) => {
    expect(refusal(() => parseCursor(slug, text, new Date(at)))).toMatchObject({
      code: 'invalid',
      status: 422,
      errors: [{ pointer: '/cursor' }],
    });
  });
});

describe('the limit of a page', () => {
  it.each([
    [undefined, 20],
    ['1', 1],
    ['100', 100],
  ])('%j is %d', (text, limit) => {
    expect(parseLimit(text)).toBe(limit);
  });

  it.each(['', '0', '101', '-1', '1.5', '1e2', ' 5', 'all'])('%j is refused by name', (text) => {
    expect(refusal(() => parseLimit(text))).toMatchObject({
      code: 'invalid',
      errors: [{ pointer: '/limit' }],
    });
  });
});

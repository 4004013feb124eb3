import { describe, expect, it } from 'vitest';
import { sweptHours } from '#platform/table/swept-hours.ts';

/** The times of the sweeps of a day, in UTC. */
const sweeps = Array.from({ length: 288 }, (_, index) => new Date(Date.UTC(2026, 10, 22, 0, 5 * index, 30)));

describe('the hours that sweeps read', () => {
  it('are the last few, up to the present one, oldest first', () => {
    expect(sweptHours(new Date('2026-11-22T01:07:00Z'), 2)).toEqual([
      '2026-11-21T23',
      '2026-11-22T00',
      '2026-11-22T01',
    ]);
  });

  it('are those of two weeks once a day, so that what sweeps failed at for days is taken up again', () => {
    const long = sweeps.filter((now) => sweptHours(now, 26).length > 27);
    expect(long).toEqual([new Date('2026-11-22T19:00:30Z')]);
    expect(sweptHours(long[0] as Date, 26)).toContain('2026-11-08T19');
  });
});

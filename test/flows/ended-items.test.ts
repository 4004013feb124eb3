import { beforeEach, describe, expect, it } from 'vitest';
import { countFailure } from '#kernel/attention/count-failure.ts';
import type { Table } from '#platform/table/table.ts';
import { everything, freshTable } from '../support/table.ts';

const day = 86_400_000;
const start = new Date('2026-11-22T12:00:00Z');
const days = (count: number) => new Date(start.getTime() + count * day);

// AWS deletes an item hours or days after its time to live, and the embedded engine never: here nothing is deleted at all.
describe('the count of a failure whose time to live has passed', () => {
  let table: Table;
  beforeEach(async () => {
    table = await freshTable();
  });
  const fail = (at: Date) => countFailure({ kind: 'part', id: 'reconcile' }, { table, now: at });

  it('begins anew, as if it had been deleted', async () => {
    expect(await fail(start)).toEqual({ runs: 1, firstAt: start });
    expect(await fail(days(1.9))).toEqual({ runs: 2, firstAt: start });
    expect(await fail(days(3.9)), 'two days after the last one').toEqual({ runs: 1, firstAt: days(3.9) });
    expect(await fail(days(4))).toEqual({ runs: 2, firstAt: days(3.9) });
    expect(await everything(table, 'failure')).toHaveLength(1);
  });

  it('counts a run that is repeated for the same time once, before and after it began anew', async () => {
    for (const [at, runs] of [
      [start, 1],
      [days(1), 2],
      [days(9), 1],
    ] as const) {
      expect((await fail(at))?.runs).toBe(runs);
      expect(await fail(at)).toBeUndefined();
    }
  });
});

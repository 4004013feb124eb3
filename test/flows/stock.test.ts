import { describe, expect, inject } from 'vitest';
import { extendHold } from '#payments/stock/hold-stock.ts';
import { Problem } from '#platform/errors.ts';
import { isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { type Table, toItem } from '#platform/table/table.ts';
import { startConflicts } from '../support/conflicts.ts';
import { holdTime, openBoxOffice } from '../support/stock.ts';
import { story } from '../support/story.ts';
import { everything, existingTable, putAll, through } from '../support/table.ts';
import { beforeFirstReturn, takeChangesAway, takeStockGuardAway } from '../support/unguarded.ts';
import { meterTable } from '../support/write-meter.ts';

const it = story.extend('office', ({ table }) => openBoxOffice(table));

const problemOf = async (act: Promise<unknown>) => {
  const error = await act.catch((caught: unknown) => caught);
  return error instanceof Problem ? { code: error.code, errors: error.errors } : error;
};

describe('a hold', () => {
  it('takes from every bucket, or from none', async ({ office }) => {
    await office.make('standard', 10);
    await office.make('pool', 3);
    expect(await office.hold('a', { standard: 2, pool: 2 })).toMatchObject({ outcome: 'written' });
    expect(await office.hold('b', { standard: 2, pool: 2 })).toEqual({
      outcome: 'sold-out',
      left: { standard: 8, pool: 1 },
    });
    expect(await office.recount()).toEqual([
      { bucket: 'pool', capacity: 3, free: 1, held: 2, sold: 0 },
      { bucket: 'standard', capacity: 10, free: 8, held: 2, sold: 0 },
    ]);
  });

  it('is one with its checkout: both are written, or neither', async ({ office, table }) => {
    await office.make('standard', 10);
    const thing = { put: toItem({ pk: 'thing', sk: 'thing' }, 'thing', 1, {}), condition: isNew };
    expect(await office.hold('a', { standard: 2 }, { thing })).toMatchObject({ outcome: 'written' });
    const refused = await office.hold('b', { standard: 2 }, { thing });
    expect(refused.outcome === 'refused' && [...refused.failed.keys()]).toEqual(['thing']);
    expect(await everything(table, 'hold')).toHaveLength(1);
    expect(await office.recount()).toMatchObject([{ free: 8, held: 2 }]);
  });

  it('is found again by who asks again, and not called sold out', async ({ office }) => {
    await office.make('standard', 2);
    await office.hold('a', { standard: 2 });
    expect(await office.hold('a', { standard: 2 })).toMatchObject({
      outcome: 'duplicate',
      hold: { state: 'held', quantities: { standard: 2 } },
    });
  });

  it('draws together from several slices when none alone has enough', async ({ office }) => {
    await office.make('standard', 200);
    const slices = await office.slices('standard');
    expect(slices.map(({ free }) => free)).toEqual([67, 67, 66]);
    expect(await office.hold('a', { standard: 150 })).toMatchObject({ outcome: 'written' });
    expect(await office.hold('b', { standard: 50 })).toMatchObject({ outcome: 'written' });
    expect((await office.slices('standard')).map(({ free }) => free)).toEqual([0, 0, 0]);
    expect(await office.hold('c', { standard: 1 })).toMatchObject({ outcome: 'sold-out' });
  });

  it('ends by its time alone: who needs the room releases it, and so does the sweep', async ({ office }) => {
    await office.make('standard', 3);
    await office.hold('a', { standard: 3 });
    office.pass(holdTime - 1);
    expect(await office.hold('b', { standard: 1 })).toMatchObject({ outcome: 'sold-out' });
    expect(await office.sweep()).toBe(0);
    office.pass(2);
    expect(await office.hold('b', { standard: 1 })).toMatchObject({ outcome: 'written' });
    expect(await office.recount()).toMatchObject([{ free: 2, held: 1 }]);
    office.pass(holdTime + 1);
    expect(await office.sweep()).toBe(1);
    expect(await office.recount()).toMatchObject([{ free: 3, held: 0 }]);
  });

  it('lasts longer while a bank works on its payment', async ({ office, table }) => {
    await office.make('standard', 1);
    await office.hold('a', { standard: 1 });
    const until = new Date(office.clock.now.getTime() + 2 * holdTime);
    expect(await extendHold({ id: 'a', until }, { table })).toBe('written');
    expect(await extendHold({ id: 'a', until: office.clock.now }, { table })).toBe('unchanged');
    office.pass(holdTime + 1);
    expect(await office.sweep()).toBe(0);
    expect(await office.hold('b', { standard: 1 })).toMatchObject({ outcome: 'sold-out' });
    office.pass(holdTime);
    expect(await office.sweep()).toBe(1);
  });

  it('is released or sold once, however many do it at once', async ({ office }) => {
    await office.make('standard', 200);
    for (let round = 0; round < 5; round += 1) {
      const id = `a${round}`;
      await office.hold(id, { standard: 2 });
      const releases = Array.from({ length: 6 }, () => office.release(id));
      const [sale, ...released] = await Promise.all([office.sell(id, { standard: 2 }), ...releases]);
      expect(sale.outcome).toBe('written');
      const many = released.filter(({ outcome }) => outcome === 'written').length;
      expect(many).toBeLessThan(2);
    }
    expect(await office.recount()).toMatchObject([{ free: 190, held: 0, sold: 10 }]);
  });

  it('that cannot be read keeps no other from being released', async ({ office, table }) => {
    await office.make('standard', 2);
    await office.hold('a', { standard: 1 });
    await office.hold('b', { standard: 1 });
    const [hold] = await everything(table, 'hold');
    if (hold) await putAll(table, [{ ...hold, until: 'soon' }]);
    office.pass(holdTime + 1);
    expect(await office.hold('c', { standard: 1 })).toMatchObject({ outcome: 'written' });
    await expect(office.sweep()).rejects.toThrow('expired holds or subjects failed');
  });

  it.for<[string, Record<string, number>, string, string]>([
    ['0', { standard: 0 }, '/quantities/standard', 'It is a whole number of at least 1.'],
    ['a half', { standard: 1.5 }, '/quantities/standard', 'It is a whole number of at least 1.'],
    ['less than nothing', { standard: -1 }, '/quantities/standard', 'It is a whole number of at least 1.'],
    ['more than there are', { standard: 41 }, '/quantities/standard', 'There are 40 in all.'],
    ['10⁹', { standard: 1e9 }, '/quantities/standard', 'There are 40 in all.'],
    ['an unknown bucket', { standard: 1, vip: 1 }, '/quantities/vip', 'There is nothing of this name.'],
    ['nothing', {}, '/quantities', 'It takes from 1 to 10 of them together.'],
  ])(
    'of %s is refused, and leaves nothing behind',
    async ([, quantities, pointer, detail], { office, table }) => {
      await office.make('standard', 40);
      const before = await everything(table);
      for (const ask of [office.hold, office.sell]) {
        expect(await problemOf(ask('a', quantities))).toEqual({
          code: 'invalid',
          errors: [{ pointer, detail }],
        });
      }
      expect(await everything(table)).toEqual(before);
    },
  );
});

describe('a sale', () => {
  it('is of what is held, once, and before or after its time', async ({ office }) => {
    await office.make('standard', 3);
    await office.hold('a', { standard: 2 });
    office.pass(holdTime + 1);
    expect(await office.sell('a', { standard: 2 })).toMatchObject({ outcome: 'written' });
    expect(await office.sell('a', { standard: 2 })).toMatchObject({ outcome: 'duplicate' });
    expect(await office.release('a')).toEqual({ outcome: 'unchanged' });
    expect(await office.sweep()).toBe(0);
    expect(await office.recount()).toMatchObject([{ free: 1, held: 0, sold: 2 }]);
  });

  it('after the release takes again what is there, and nothing of what is not', async ({ office }) => {
    await office.make('standard', 3);
    await office.hold('late', { standard: 2 });
    office.pass(holdTime + 1);
    await office.sweep();
    await office.hold('faster', { standard: 2 });
    expect(await office.sell('late', { standard: 2 })).toEqual({
      outcome: 'sold-out',
      left: { standard: 1 },
    });
    await office.release('faster');
    expect(await office.sell('late', { standard: 2 })).toMatchObject({ outcome: 'written' });
    expect(await office.recount()).toMatchObject([{ free: 1, held: 0, sold: 2 }]);
  });

  it('is one with what goes along: a conflict there sells nothing', async ({ office }) => {
    await office.make('standard', 3);
    await office.hold('a', { standard: 1 });
    const missing = { check: keys.checkout('none'), condition: { expression: 'attribute_exists(pk)' } };
    expect(await office.sell('a', { standard: 1 }, { missing })).toMatchObject({ outcome: 'refused' });
    expect(await office.sell('b', { standard: 1 }, { missing })).toMatchObject({ outcome: 'refused' });
    expect(await office.recount()).toMatchObject([{ free: 2, held: 1, sold: 0 }]);
  });

  it('can be returned in part, never more than was sold', async ({ office }) => {
    await office.make('standard', 5);
    await office.sell('a', { standard: 3 });
    expect(await office.returnPart('a', { standard: 1 })).toEqual({ outcome: 'written' });
    expect(await office.returnPart('a', { standard: 3 })).toEqual({ outcome: 'unchanged' });
    expect(await office.returnPart('a', { standard: 2 })).toEqual({ outcome: 'written' });
    expect(await office.sell('a', { standard: 3 })).toMatchObject({ outcome: 'duplicate' });
    expect(await office.recount()).toMatchObject([{ free: 5, sold: 0 }]);
  });
});

describe('a capacity', () => {
  it('below what is out lets nothing be had until so much has come back', async ({ office }) => {
    await office.make('standard', 200);
    for (let each = 0; each < 10; each += 1) await office.sell(`a${each}`, { standard: 20 });
    await office.make('standard', 190);
    await office.returnPart('a0', { standard: 10 });
    expect(await office.hold('b', { standard: 1 })).toEqual({ outcome: 'sold-out', left: { standard: 0 } });
    await office.returnPart('a0', { standard: 1 });
    expect(await office.hold('b', { standard: 2 })).toEqual({ outcome: 'sold-out', left: { standard: 1 } });
    expect(await office.hold('b', { standard: 1 })).toMatchObject({ outcome: 'written' });
    await office.make('standard', 250);
    expect(await office.recount()).toMatchObject([{ capacity: 250, free: 60, held: 1, sold: 189 }]);
  });

  describe('that falls below what is out while something comes back', () => {
    /** 200 are sold of three slices; ten come back, decided just before the capacity falls to 180, and written after it. */
    async function returnLate(table: Table) {
      const office = openBoxOffice(table);
      await office.make('standard', 200);
      for (const id of ['a', 'b']) await office.sell(id, { standard: 100 });
      const slow = existingTable(table.name);
      beforeFirstReturn(slow, () => office.make('standard', 180));
      const late = openBoxOffice(slow, office.clock.now, () => 0.999);
      return { office, late };
    }

    it('would offer what is owed, were the return written as it was decided', async ({ table }) => {
      const { office, late } = await returnLate(table);
      takeChangesAway(late.table);
      await late.returnPart('a', { standard: 10 });
      expect((await office.slices('standard')).map(({ free }) => free)).toEqual([-20, 0, 10]);
    });

    it('offers nothing: the return is decided anew', async ({ table }) => {
      const { office, late } = await returnLate(table);
      await late.returnPart('a', { standard: 10 });
      expect((await office.slices('standard')).map(({ free }) => free)).toEqual([-10, 0, 0]);
      expect(await office.hold('c', { standard: 1 })).toMatchObject({ outcome: 'sold-out' });
    });
  });

  it('may be a sum of money, which is taken in any size from one slice', async ({ office }) => {
    await office.make('budget', 1_000_000, true);
    await office.hold('a', { budget: 999_999 });
    expect(await office.slices('budget')).toMatchObject([{ free: 1 }]);
  });

  it('that no bucket can have is refused, with what would be right', async ({ office, table }) => {
    for (const [bucket, capacity, pointer] of [
      ['standard', -1, '/capacity'],
      ['standard', 1.5, '/capacity'],
      ['standard', 1e10, '/capacity'],
      ['Standard', 1, '/bucket'],
      ['a#b', 1, '/bucket'],
    ] as const) {
      const problem = { code: 'invalid', errors: [{ pointer }] };
      expect(await problemOf(office.make(bucket, capacity))).toMatchObject(problem);
    }
    expect(await everything(table)).toEqual([]);
  });
});

describe('what a hold writes', () => {
  it('of one type and one pool is six write units, beside its checkout', async ({ office, table }) => {
    await office.make('standard', 500);
    await office.make('pool', 500);
    const { writes } = meterTable(table, inject('dynamodbUrl'));
    await office.hold('chk_0123456789abcdef0123456789abcdef', { standard: 3, pool: 3 });
    expect(writes.map(({ entity, units }) => [entity, units]).sort()).toEqual([
      ['hold', 2],
      ['stock', 2],
      ['stock', 2],
    ]);
  });
});

describe('64 holds at once of a bucket of 40', () => {
  const ids = Array.from({ length: 64 }, (_, index) => `chk-${index}`);

  async function holdAll(office: ReturnType<typeof openBoxOffice>) {
    const outcomes = await Promise.all(
      ids.map(async (id) => (await office.hold(id, { standard: 1 })).outcome),
    );
    const many = (wanted: string) => outcomes.filter((outcome) => outcome === wanted).length;
    return { held: many('written'), soldOut: many('sold-out') };
  }

  it('would sell more than there are, did the write not look', async ({ office, table }) => {
    await office.make('standard', 40);
    takeStockGuardAway(table);
    expect((await holdAll(office)).held).toBeGreaterThan(40);
  });

  it('end with 40 held and 24 answered that it is sold out', async ({ office }) => {
    await office.make('standard', 40);
    expect(await holdAll(office)).toEqual({ held: 40, soldOut: 24 });
    expect(await office.recount()).toEqual([
      { bucket: 'standard', capacity: 40, free: 0, held: 40, sold: 0 },
    ]);
  });

  it('end so too where overlapping transactions are cancelled', async ({ office, table }) => {
    await office.make('standard', 40);
    const proxy = await startConflicts();
    const contended = openBoxOffice(through(proxy.url, table));
    expect(await holdAll(contended)).toEqual({ held: 40, soldOut: 24 });
    expect(proxy.conflicts()).toBeGreaterThan(64);
    await proxy.close();
    expect(await office.recount()).toMatchObject([{ free: 0, held: 40 }]);
  });
});

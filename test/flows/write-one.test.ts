import { describe, expect, inject } from 'vitest';
import { type Key, keys } from '#platform/table/keys.ts';
import { readItems, toItem } from '#platform/table/table.ts';
import { type Counter, increment, putNew, writeOne } from '#platform/table/write-one.ts';
import { startConflicts } from '../support/conflicts.ts';
import { story } from '../support/story.ts';
import { everything, freshTable, through, watchRequests } from '../support/table.ts';

const key = keys.cursor('task');
const item = (through: string) => toItem(key, 'cursor', 1, { through });
const toB = { update: key, set: { expression: 'SET through = :b', values: { ':b': 'b' } } };

/** A table whose requests are watched. */
const it = story.extend('writes', { auto: true }, async ({}) => {
  const table = through(inject('dynamodbUrl'), await freshTable());
  const sent = watchRequests(table);

  const standing = async (at: Key) => (await readItems(table, [at], { consistent: true })).itemAt(at);

  return { table, sent, standing };
});

describe('writeOne', () => {
  it('puts, updates and removes, each in one request without a transaction', async ({
    writes: { table, sent },
  }) => {
    expect(await writeOne(table, { put: item('a') })).toBe(true);
    expect(await writeOne(table, toB)).toBe(true);
    expect(await everything(table)).toEqual([item('b')]);
    expect(await writeOne(table, { remove: key })).toBe(true);
    expect(await everything(table)).toEqual([]);
    const operations = sent.map(({ operation }) => operation).filter((name) => name !== 'Scan');
    expect(operations).toEqual(['PutItem', 'UpdateItem', 'DeleteItem']);
  });

  it('writes nothing when the condition does not hold, and says so', async ({ writes: { table } }) => {
    expect(await writeOne(table, { ...toB, condition: 'attribute_exists(pk)' })).toBe(false);
    expect(await everything(table)).toEqual([]);
    await writeOne(table, { put: item('a') });
    const condition = { expression: 'through = :c', values: { ':c': 'c' } };
    expect(await writeOne(table, { put: item('b'), condition })).toBe(false);
    expect(await writeOne(table, { remove: key, condition })).toBe(false);
    expect(await everything(table)).toEqual([item('a')]);
  });

  it('writes each of many at once, where single writes that meet are rejected', async ({
    writes: { table },
  }) => {
    const proxy = await startConflicts();
    const crowded = through(proxy.url, table);
    const values = Array.from({ length: 8 }, (_, number) => String(number));
    const written = await Promise.all(values.map((value) => writeOne(crowded, { put: item(value) })));
    await proxy.close();
    expect(written).toEqual(values.map(() => true));
    expect(proxy.conflicts()).toBeGreaterThan(0);
  });
});

describe('putNew', () => {
  it('writes an item where none is, and leaves the one that is there', async ({
    writes: { table, standing },
  }) => {
    expect(await putNew(table, item('a'))).toBeUndefined();
    expect(await putNew(table, item('b'))).toEqual(item('a'));
    expect(await standing(key)).toEqual(item('a'));
  });
});

describe('increment', () => {
  const counter: Counter = {
    at: keys.failure('part', 'mail'),
    attribute: 'runs',
    entity: 'failure',
    version: 1,
    endsAt: new Date('2026-11-22T04:00:00.001Z'),
  };

  it('makes the item with the first, and answers it with each that follows', async ({
    writes: { table, standing },
  }) => {
    const first = { ...counter.at, entity: 'failure', v: 1, runs: 1, ttl: 1_795_320_001 };
    expect(await increment(table, counter)).toEqual(first);
    expect(await increment(table, counter)).toEqual({ ...first, runs: 2 });
    expect(await standing(counter.at)).toEqual({ ...first, runs: 2 });
  });

  it('counts no more than its limit, whatever else must hold', async ({ writes: { table, standing } }) => {
    const limited = { ...counter, below: 2, condition: '(attribute_not_exists(id) OR id = :id)' };
    const as = (id: string) => ({ ...limited, set: ['id = :id'], values: { ':id': id } });
    expect(await increment(table, as('x'))).toMatchObject({ runs: 1, id: 'x' });
    expect(await increment(table, as('y'))).toBeUndefined();
    expect(await increment(table, as('x'))).toMatchObject({ runs: 2 });
    expect(await increment(table, as('x'))).toBeUndefined();
    expect(await standing(counter.at)).toMatchObject({ runs: 2, id: 'x' });
  });
});

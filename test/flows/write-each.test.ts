import { describe, expect, inject } from 'vitest';
import { commit, isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { isThere, removeTimeToLive } from '#platform/table/time-to-live.ts';
import { type SeparateChange, writeEach } from '#platform/table/write-each.ts';
import { startConflicts } from '../support/conflicts.ts';
import { story } from '../support/story.ts';
import { everything, freshTable, putAll, through, watchRequests } from '../support/table.ts';

const at = (task: string) => keys.cursor(task);
const item = (task: string, more: object = {}) => toItem(at(task), 'cursor', 1, { through: '施', ...more });
const toNewItem = (put: Item): SeparateChange => ({ put, condition: isNew });
const moment = new Date('2026-11-22T12:00:00.000Z');
const { expression, names, values } = isThere(moment);
const stays = (task: string): SeparateChange => ({
  update: at(task),
  set: { ...removeTimeToLive, names: { ...removeTimeToLive.names, ...names }, values },
  condition: expression,
});
const setTo = (task: string, version: number): SeparateChange => ({
  update: at(task),
  set: {
    expression: 'SET version = :next, latest = :latest',
    values: { ':next': version + 1, ':latest': [{ name: '願' }], ':version': version },
  },
  condition: 'version = :version',
});
const ofSet = (task: string, before?: string): SeparateChange => ({
  update: at(task),
  set: {
    expression: 'SET payments = :after',
    values: { ':after': new Set(['new']), ...(before && { ':before': new Set([before]) }) },
  },
  condition: before ? 'payments = :before' : 'attribute_not_exists(payments)',
});

const seconds = moment.getTime() / 1000;
const standing: Item[] = [
  item('there'),
  item('ends-later', { ttl: seconds + 1 }),
  item('ended', { ttl: seconds }),
  item('lasting'),
  item('first-version', { version: 1 }),
  item('second-version', { version: 2 }),
  item('with-set', { payments: new Set(['old']) }),
  item('with-other-set', { payments: new Set(['other']) }),
  item('without-set'),
];
const changes: readonly SeparateChange[] = [
  toNewItem(item('new', { payments: new Set(['a', 'b']), nested: { list: [1, null, true] } })),
  toNewItem(item('there', { other: 1 })),
  ...['ends-later', 'ended', 'lasting', 'nowhere'].map(stays),
  ...['first-version', 'second-version', 'no-version'].map((task) => setTo(task, 1)),
  ofSet('with-set', 'old'),
  ofSet('with-other-set', 'old'),
  ofSet('without-set'),
];

const it = story.extend('writes', { auto: true }, async ({}) => {
  const table = through(inject('dynamodbUrl'), await freshTable());
  await putAll(table, standing);
  return { table, sent: watchRequests(table) };
});

const sorted = (items: readonly Item[]) => items.toSorted((a, b) => (a.pk < b.pk ? -1 : 1));

describe('writeEach', () => {
  it('writes in one request what a transaction of each change would write, and answers the same', async ({
    writes: { table, sent },
  }) => {
    const other = await freshTable();
    await putAll(other, standing);
    const committed = new Set<SeparateChange>();
    for (const change of changes)
      if ((await commit(other, () => ({ change }))).committed) committed.add(change);
    expect(committed.size).toBe(6);
    expect(await writeEach(table, changes)).toEqual(committed);
    expect(sent.map(({ operation }) => operation)).toEqual(['BatchExecuteStatement']);
    expect(sorted(await everything(table))).toEqual(sorted(await everything(other)));
  });

  it('writes more than one request takes, and changes of one item one after the other', async ({
    writes: { table, sent },
  }) => {
    const many = Array.from({ length: 60 }, (_, number) => toNewItem(item(`many-${number}`)));
    const again = [toNewItem(item('many-0')), setTo('first-version', 1), setTo('first-version', 2)];
    const written = await writeEach(table, [...many, ...again]);
    expect(written).toEqual(new Set([...many, ...again.slice(1)]));
    expect(sent.length).toBeLessThanOrEqual(5);
  });

  it('waits for transactions that hold its items', async ({ writes: { table } }) => {
    const proxy = await startConflicts();
    const crowded = through(proxy.url, table);
    const [shared, own] = [1, 2].map((kind) =>
      Array.from({ length: 6 }, (_, number) => toNewItem(item(kind === 1 ? 'crowd' : `alone-${number}`))),
    ) as [SeparateChange[], SeparateChange[]];
    const written = await Promise.all(
      own.map((alone, number) => writeEach(crowded, [shared[number] as SeparateChange, alone])),
    );
    await proxy.close();
    expect(proxy.conflicts()).toBeGreaterThan(0);
    const all = new Set(written.flatMap((each) => [...each]));
    expect(own.filter((change) => all.has(change))).toHaveLength(6);
    expect(shared.filter((change) => all.has(change))).toHaveLength(1);
  });

  it('throws what is no answer to a condition, and what was written stays', async ({ writes: { table } }) => {
    const long = toNewItem(item('long', { text: 'x'.repeat(410_000) }));
    await expect(writeEach(table, [toNewItem(item('before')), long])).rejects.toThrow('cursor#long');
    expect((await everything(table)).map(({ pk }) => pk)).toContain('cursor#before');
  });
});

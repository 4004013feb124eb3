import { describe, expect } from 'vitest';
import { auditTable } from '#accounting/integrity/audit-table.ts';
import { recountAllStock } from '#payments/stock/recount-stock.ts';
import { type Key, keys } from '#platform/table/keys.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { night, openBoxOffice } from '../support/stock.ts';
import { story } from '../support/story.ts';
import { everything, putAll } from '../support/table.ts';

const it = story.extend('office', { auto: true }, async ({ table }) => {
  const office = openBoxOffice(table);
  await office.make('standard', 200);
  await office.make('pool', 50);
  await office.hold('a', { standard: 3, pool: 3 });
  await office.sell('b', { standard: 2 });
  return office;
});

const audited = async (table: Table) => {
  const findings = await auditTable({ table, now: new Date(), say: () => {} });
  return findings.named.map(({ check, subject, says }) => `${check}: ${subject}: ${says}`);
};

const change = async (table: Table, key: Key, to: object) => {
  const item = (await readItems(table, [key], { consistent: true })).itemAt(key);
  if (item) await putAll(table, [{ ...item, ...to }]);
};

describe('an audit of stock', () => {
  it('finds nothing while free, held and sold are the capacity, also while it is sold', async ({
    office,
    table,
  }) => {
    expect(await audited(table)).toEqual([]);
    const audit = audited(table);
    const buyers = Array.from({ length: 30 }, (_, index) =>
      office.hold(`c${index}`, { standard: 1, pool: 1 }),
    );
    expect(await audit).toEqual([]);
    await Promise.all(buyers);
  });

  it('names a bucket that does not add up', async ({ table }) => {
    await change(table, keys.stockSlice(night, 'pool', 0), { free: 48 });
    expect(await audited(table)).toEqual([
      '4 stock: stock of test-night/pool: its capacity is 50, and 48 free, 3 held and 0 sold are 51',
    ]);
  });

  it('names a hold whose stock came back while it stays, and one that was taken away', async ({ table }) => {
    await writeOne(table, { remove: keys.hold('b') });
    await change(table, keys.hold('a'), { quantities: { standard: 3, pool: 3, vip: 1 } });
    expect(await audited(table)).toEqual([
      '4 stock: stock of test-night/standard: its capacity is 200, and 195 free, 3 held and 0 sold are 198',
      '4 stock: stock of test-night/vip: its capacity is 0, and 0 free, 1 held and 0 sold are 1',
    ]);
  });

  it('names a hold that no sweep finds, a slice that owes, and what is corrupt, without a secret', async ({
    table,
  }) => {
    await change(table, keys.hold('a'), { listOrder: 'sold#2026' });
    await change(table, keys.stockSlice(night, 'standard', 1), { free: -1 });
    await change(table, keys.hold('b'), { until: 'soon' });
    const found = await audited(table);
    expect(found.sort()).toEqual([
      '4 stock: hold of test-night: is corrupt: its field "until" is not a moment',
      '4 stock: hold of test-night: stands where no sweep and no count looks',
      '4 stock: stock of test-night/standard: its slice 1 is below zero: -1',
      '4 stock: stock of test-night: could not be counted: one of its items is corrupt',
    ]);
  });
});

describe('the nightly count of stock', () => {
  it('lists a bucket that does not add up for a person, once', async ({ table, log }) => {
    const now = new Date('2026-11-22T19:15:00Z');
    expect(await recountAllStock({ table, now })).toBe(0);
    await change(table, keys.stockSlice(night, 'pool', 0), { free: 48 });
    expect(await recountAllStock({ table, now })).toBe(1);
    expect(await recountAllStock({ table, now })).toBe(1);
    expect(await everything(table, 'attention')).toMatchObject([
      { kind: 'stock-differs', id: 'test-night/pool' },
    ]);
    expect(log.metrics).toMatchObject([{ event: 'StockDiffers', bucket: 'test-night/pool' }]);
  });
});

import { changeCapacity } from '#payments/stock/change-capacity.ts';
import { holdStock } from '#payments/stock/hold-stock.ts';
import { readStock } from '#payments/stock/read-stock.ts';
import { recountStock } from '#payments/stock/recount-stock.ts';
import { releaseAllExpired, releaseHold, returnStock } from '#payments/stock/release-stock.ts';
import { sellStock } from '#payments/stock/sell-stock.ts';
import type { Quantities } from '#payments/stock/stock.ts';
import type { Changes } from '#platform/table/commit.ts';
import type { Table } from '#platform/table/table.ts';

/** The subject of the stock that the tests sell. */
export const night = 'test-night';
/** How long the tests hold stock, in milliseconds. */
export const holdTime = 33 * 60_000;

/** Sells the stock of a night, under a clock that the test moves. */
export function openBoxOffice(
  table: Table,
  start = new Date('2026-11-22T04:00:00Z'),
  random: () => number = Math.random,
) {
  const clock = { now: start };
  const ctx = () => ({ table, now: clock.now, random });
  return {
    table,
    clock,
    pass: (milliseconds: number) => {
      clock.now = new Date(clock.now.getTime() + milliseconds);
    },
    make: (bucket: string, capacity: number, isMoney = false) =>
      changeCapacity({ subject: night, bucket, capacity, isMoney }, ctx()),
    hold: (id: string, quantities: Quantities, along?: Changes<string>) =>
      holdStock(
        { id, subject: night, quantities, until: new Date(clock.now.getTime() + holdTime), along },
        ctx(),
      ),
    sell: (id: string, quantities: Quantities, along?: Changes<string>) =>
      sellStock({ id, subject: night, quantities, along }, ctx()),
    release: (id: string) => releaseHold({ id }, ctx()),
    returnPart: (id: string, quantities: Quantities) => returnStock({ id, quantities }, ctx()),
    sweep: () => releaseAllExpired(ctx()),
    recount: () => recountStock({ subject: night }, ctx()),
    slices: async (bucket: string) => (await readStock(night, ctx())).get(bucket) ?? [],
  };
}

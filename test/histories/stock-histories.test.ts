import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdTime, openBoxOffice } from '../support/stock.ts';
import { dropTable, everything, existingTable, freshTable } from '../support/table.ts';
import { Crashes, crashTable } from './crashes.ts';
import { chosenRun } from './run-settings.ts';

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const quantities = fc.record({
  standard: fc.integer({ min: 1, max: 60 }),
  pool: fc.integer({ min: 1, max: 60 }),
});
const crash = fc.option(
  fc.record({
    call: fc.integer({ min: 0, max: 4 }),
    when: fc.constantFrom('before' as const, 'after' as const),
  }),
  { nil: undefined, freq: 2 },
);

/** What a process does with the stock. */
const deed = fc.oneof(
  fc.record({ kind: fc.constant('hold' as const), id, quantities }),
  fc.record({ kind: fc.constant('sell' as const), id, quantities }),
  fc.record({ kind: fc.constant('release' as const), id }),
  fc.record({ kind: fc.constant('returnPart' as const), id, quantities }),
  fc.record({
    kind: fc.constant('make' as const),
    bucket: fc.constantFrom('standard', 'pool'),
    capacity: fc.integer({ min: 0, max: 200 }),
  }),
  fc.record({ kind: fc.constant('pass' as const), part: fc.double({ min: 0.1, max: 1.2, noNaN: true }) }),
  fc.record({ kind: fc.constant('sweep' as const) }),
);
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;
const step = fc.record({ crash, deeds: fc.array(deed, { minLength: 1, maxLength: 3 }) });

const { count, seed, path } = chosenRun();
/** A history of stock is short: a quarter of a long run's number, and never fewer than in every run. */
const runs = Math.max(10, Math.ceil(count / 4));

describe(`${runs} random histories of one night's stock, with processes that end between their calls`, () => {
  it('keep free + held + sold = capacity of every bucket, and sell each order once', {
    timeout: 1_500_000,
  }, async () => {
    // Vitest keeps back what passing tests log, and the seed is wanted of those too.
    process.stderr.write(`${runs} histories of stock of HISTORIES_SEED=${seed}\n`);
    let ended = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const table = await freshTable();
        const crashes = new Crashes();
        const office = openBoxOffice(table);
        const crashing = existingTable(table.name);
        crashTable(crashing, crashes);
        await office.make('standard', 130);
        await office.make('pool', 150);
        for (const { crash: plan, deeds } of steps) {
          crashes.begin(plan);
          const process = openBoxOffice(crashing, office.clock.now);
          const done = await Promise.allSettled(deeds.map((one) => act(process, one)));
          const failed = done.flatMap((each) => (each.status === 'rejected' ? [each.reason as Error] : []));
          const ends = ['ProcessEnded', 'Problem', 'WorkFailed'];
          expect(failed.filter(({ name }) => !ends.includes(name))).toEqual([]);
          office.clock.now = process.clock.now;
          expect(await office.recount()).toSatisfy(isWhole);
        }
        ended += crashes.ended;
        office.pass(2 * holdTime);
        await office.sweep();
        const holds = await everything(table, 'hold');
        expect(holds.every(({ state }) => state === 'sold')).toBe(true);
        expect(await office.recount()).toSatisfy(isWhole);
        await dropTable(table);
      }),
      { numRuns: runs, seed, ...(path !== undefined && { path }) },
    );
    if (path === undefined) expect(ended).toBeGreaterThan(runs / 2);
  });
});

function act(office: ReturnType<typeof openBoxOffice>, one: Deed): Promise<unknown> {
  switch (one.kind) {
    case 'hold':
      return office.hold(one.id, one.quantities);
    case 'sell':
      return office.sell(one.id, one.quantities);
    case 'release':
      return office.release(one.id);
    case 'returnPart':
      return office.returnPart(one.id, one.quantities);
    case 'make':
      return office.make(one.bucket, one.capacity);
    case 'pass':
      office.pass(one.part * holdTime);
      return Promise.resolve();
    case 'sweep':
      return office.sweep();
  }
}

function isWhole(counted: Awaited<ReturnType<ReturnType<typeof openBoxOffice>['recount']>>): boolean {
  return counted?.every(({ capacity, free, held, sold }) => free + held + sold === capacity) ?? false;
}

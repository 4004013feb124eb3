import { describe, expect } from 'vitest';
import type { Fulfil, Fulfilments } from '#apps/workers/fulfilments.ts';
import { runFulfil } from '#apps/workers/run-fulfil.ts';
import { runWork } from '#apps/workers/run-work.ts';
import { enqueue, type OutboxChannels } from '#kernel/outbox/enqueue.ts';
import { fulfilMessage } from '#kernel/outbox/outbox.ts';
import { fromOutboxItem, kindOf, requireKind, toOutboxItem } from '#kernel/outbox/outbox-item.ts';
import { requeue } from '#kernel/outbox/requeue.ts';
import { sellStock } from '#payments/stock/sell-stock.ts';
import { isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems, type Table, toItem } from '#platform/table/table.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { Crashes, crashTable } from '../histories/crashes.ts';
import { aCheckout, now as start, store } from '../support/payments.ts';
import { night, openBoxOffice } from '../support/stock.ts';
import { story } from '../support/story.ts';
import { everything, existingTable } from '../support/table.ts';

const minute = 60_000;
const checkout = aCheckout(1);
const bought = { standard: 3 };

/** A kind of line that only the test sells: it issues three things that were counted, each once. */
const issueThings: Fulfil = async ({ checkout: { id }, lines }, ctx) => {
  const along = Object.fromEntries(
    [1, 2, 3].map((number) => {
      const thing = toItem({ pk: `thing#${id}#${number}`, sk: 'thing' }, 'thing', 1, { of: lines.length });
      return [`thing-${number}`, { put: thing, condition: isNew }];
    }),
  );
  const sold = await sellStock({ id, subject: night, quantities: bought, along }, ctx);
  if (sold.outcome === 'sold-out') throw new Error('Sold out.');
  return sold.outcome;
};
const sellsThings: Fulfilments = { gift: issueThings };

/** A paid order whose message waits, with the relay, the queue and the sweep between it and the worker. */
const it = story.extend('orders', async ({ table }) => {
  const clock = { now: start };
  const message = fulfilMessage({ paymentId: 'pi_1', checkoutId: checkout.id, createdAt: start });
  await store(table, checkout);
  const office = openBoxOffice(table, start);
  await office.make('standard', 10);
  await office.hold(checkout.id, bought);
  const place = () => writeOne(table, { put: toOutboxItem(message) });
  await place();
  const queue: string[] = [];
  const channels: OutboxChannels = {
    mail: async () => [],
    exports: async () => [],
    pictures: async () => [],
    work: async (messages) => {
      queue.push(...messages.map(({ outboxKey }) => outboxKey));
      return [];
    },
  };
  const item = async () => {
    const at = keys.outbox(message.key);
    return (await readItems(table, [at], { consistent: true })).itemAt(at);
  };
  const stored = async () => {
    const found = await item();
    if (!found) throw new Error('The message is not there.');
    return requireKind(fromOutboxItem(found), 'fulfil');
  };
  return {
    clock,
    office,
    message,
    place,
    queue,
    pass: (milliseconds: number) => {
      clock.now = new Date(clock.now.getTime() + milliseconds);
    },
    sweep: () => requeue({ table, now: clock.now, channels }),
    relay: async () => {
      const found = await item();
      if (found) await enqueue([{ id: 'a', outboxKey: message.key, kind: kindOf(found) }], channels);
    },
    /** Works through a table that may crash. */
    work: async (through: Table = table, fulfilments: Fulfilments = sellsThings) => {
      const one = await stored();
      if (one.sentAt) return 'already-done';
      return runFulfil(one, { table: through, clock: () => clock.now, random: Math.random }, fulfilments);
    },
    things: () => everything(table, 'thing'),
    attention: async () =>
      (await everything(table, 'attention')).filter(({ kind }) => kind === 'fulfil-failed'),
    stored,
  };
});

describe('what a payment bought', () => {
  it('goes from the outbox to the worker, is fulfilled once, and marked', async ({ orders }) => {
    await orders.relay();
    expect(orders.queue).toEqual(['fulfil/pi_1']);
    expect(await orders.work()).toBe('fulfilled');
    expect(await orders.things()).toHaveLength(3);
    expect((await orders.stored()).sentAt).toEqual(start);
    expect(await orders.work()).toBe('already-done');
    orders.pass(11 * minute);
    expect(await orders.sweep()).toBe(0);
    expect(await orders.office.recount()).toMatchObject([{ free: 7, held: 0, sold: 3 }]);
  });

  it('would be fulfilled again by a worker that comes back, had its fulfilment no item of its own', async ({
    orders,
    table,
  }) => {
    const crashes = new Crashes();
    const crashing = existingTable(table.name);
    crashTable(crashing, crashes);
    let issued = 0;
    const careless: Fulfilments = {
      gift: async ({ paymentId }, ctx) => {
        issued += 1;
        const thing = toItem({ pk: `thing#${paymentId}#${issued}`, sk: 'thing' }, 'thing', 1, {});
        await writeOne(ctx.table, { put: thing });
      },
    };
    crashes.begin({ call: 1, when: 'after' });
    await orders.work(crashing, careless).catch(() => undefined);
    crashes.begin(undefined);
    await orders.work(crashing, careless);
    expect(await orders.things()).toHaveLength(2);
  });

  it('is fulfilled once, however many workers have the message at once', async ({ orders, table }) => {
    await Promise.all(Array.from({ length: 8 }, () => orders.work(existingTable(table.name))));
    expect(await orders.things()).toHaveLength(3);
    expect(await orders.office.recount()).toMatchObject([{ sold: 3 }]);
  });

  it('is right after ten minutes of sweeps, though its worker was killed three times at any of its calls', async ({
    orders,
    table,
  }) => {
    let ended = 0;
    for (const when of ['before', 'after'] as const) {
      for (let call = 0; call < 6; call += 1) {
        await orders.place();
        const crashes = new Crashes();
        const crashing = existingTable(table.name);
        crashTable(crashing, crashes);
        orders.clock.now = start;
        await orders.relay();
        for (let kill = 0; kill < 3; kill += 1) {
          crashes.begin({ call: (call + kill) % 6, when });
          await orders.work(crashing).catch(() => undefined);
        }
        ended += crashes.ended;
        orders.queue.length = 0;
        orders.pass(10 * minute);
        await orders.sweep();
        crashes.begin(undefined);
        for (const _ of orders.queue.splice(0)) await orders.work(crashing);
        expect((await orders.stored()).sentAt).toBeDefined();
        expect(await orders.things()).toHaveLength(3);
        expect(await orders.office.recount()).toMatchObject([{ free: 7, held: 0, sold: 3 }]);
      }
    }
    expect(ended).toBeGreaterThan(10);
  });

  it('that fails for an hour calls a person, goes on being tried, and resolves itself', async ({
    orders,
    log,
  }) => {
    const broken: Fulfilments = {
      gift: () => Promise.reject(new RangeError('The printer is out of paper.')),
    };
    await expect(orders.work(undefined, broken)).rejects.toThrow(RangeError);
    expect(await orders.attention()).toEqual([]);
    for (const _ of [1, 2]) {
      orders.pass(61 * minute);
      await expect(orders.work(undefined, broken)).rejects.toThrow(RangeError);
    }
    expect(await orders.attention()).toMatchObject([
      { kind: 'fulfil-failed', id: 'fulfil/pi_1', paymentId: 'pi_1', reason: 'RangeError' },
    ]);
    expect(log.metrics).toMatchObject([{ event: 'FulfilNeedsPerson', outboxKey: 'fulfil/pi_1' }]);
    expect(await orders.sweep()).toBe(1);
    expect(await orders.work()).toBe('fulfilled');
    expect(await orders.attention()).toMatchObject([{ settledBy: 'sweep' }]);
  });

  it('and nothing here fulfils, or whose checkout is gone, calls a person at once', async ({
    orders,
    table,
    log,
  }) => {
    await writeOne(table, { remove: keys.checkout(checkout.id) });
    await expect(orders.work()).rejects.toThrow('Its checkout is not there.');
    expect(await orders.attention()).toMatchObject([{ kind: 'fulfil-failed', reason: 'Unfulfillable' }]);
    expect(log.metrics).toHaveLength(1);
  });

  it('is done by the worker of the queue, which knows each message by its kind', async ({
    orders,
    table,
    stripe,
  }) => {
    const ctx = { table, stripe, clock: () => start, random: Math.random };
    expect(await runWork(orders.message.key, ctx)).toBe('fulfilled');
    expect(await runWork(orders.message.key, ctx)).toBe('already-done');
    expect(await runWork('fulfil/pi_2', ctx)).toBe('gone');
  });
});

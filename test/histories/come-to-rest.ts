import { recountSupporters } from '#giving/supporters/recount-supporters.ts';
import { refreshKey } from '#kernel/outbox/outbox.ts';
import { watchDisputes } from '#payments/disputes/watch-disputes.ts';
import { everything } from '../support/table.ts';
import { deliver, eventsOf } from './deliver.ts';
import { work } from './work.ts';
import type { World } from './world.ts';

/** Lets everything that is left be delivered, repeated, swept and matched, until nothing moves any more. */
export async function comeToRest(world: World): Promise<void> {
  world.crashes.begin(undefined);
  for (let round = 1; await moved(world); round += 1) {
    if (round === 6) throw new Error('The history does not come to rest.');
  }
  await work(world, 'fees');
  await work(world, 'payouts');
  if (world.hasAccounts) await work(world, 'accounts');
  await recountSupporters({ table: world.table, now: world.clock() });
}

async function moved(world: World): Promise<boolean> {
  world.pass(2);
  const waiting = (await eventsOf(world)).filter(({ id }) => !world.delivered.has(id)).length;
  await deliver(world, { which: 'all', how: 'in order', copies: 1 });
  await work(world, 'refresh');
  const open = world.asked.filter(({ isAnswered }) => !isAnswered);
  // Half of the staff ask again; the sweep takes up what the others asked for.
  for (const [index, asked] of open.entries()) {
    if (index % 2 === 0) await asked.ask();
    asked.isAnswered = true;
  }
  const swept = world.waiting.size > 0;
  await work(world, 'sweep');
  world.waiting.clear();
  const found = await followLists(world);
  return waiting > 0 || open.length > 0 || swept || found;
}

/** A person does what the lists say; the hourly watch finds gifts that disputes waited for. */
async function followLists(world: World): Promise<boolean> {
  const items = await everything(world.table);
  const lost = items.filter(
    ({ entity, unbookable }) => entity === 'dispute' && unbookable === 'gift-missing',
  );
  if (lost.length > 0) {
    const hour = new Date(Math.floor(world.clock().getTime() / 3_600_000) * 3_600_000);
    await watchDisputes({ table: world.table, now: hour });
    for (const { disputeId } of lost) {
      world.queue.add(refreshKey({ object: 'dispute', eventId: `gift-of-${String(disputeId)}` }));
    }
    await work(world, 'refresh');
  }
  const parked = items.filter(({ kind, refundId }) => kind === 'refund-parked' && !refundId);
  const refunds = items.filter(({ entity }) => entity === 'refund');
  const statuses = new Map(refunds.map(({ refundId, status }) => [refundId, status]));
  // What was parked may be a refund or that it failed; the person sends again from Stripe what the books do not hold.
  const again = parked.some(({ id, parked: fact }) => {
    const isFailure = (fact as { readonly failedAt?: unknown } | undefined)?.failedAt !== undefined;
    return isFailure ? statuses.get(id) !== 'failed' : !statuses.has(id);
  });
  if (again) await deliver(world, { which: 'delivered before', how: 'in order', copies: 1 });
  return lost.length > 0 || again;
}

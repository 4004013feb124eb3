import { recountSupporters } from '#giving/supporters/recount-supporters.ts';
import { refreshKey } from '#kernel/outbox/outbox.ts';
import { watchDisputes } from '#payments/disputes/watch-disputes.ts';
import { everything } from '../support/table.ts';
import { deliver, eventsOf } from './deliver.ts';
import type { History } from './history.ts';
import { work } from './work.ts';

/** Lets everything that is left be delivered, repeated, swept and matched, until nothing moves any more. */
export async function comeToRest(history: History): Promise<void> {
  history.crashes.begin(undefined);
  for (let round = 1; await moved(history); round += 1) {
    if (round === 6) throw new Error('The history does not come to rest.');
  }
  await work(history, 'fees');
  await work(history, 'payouts');
  if (history.hasAccounts) await work(history, 'accounts');
  await recountSupporters({ table: history.table, now: history.clock() });
}

async function moved(history: History): Promise<boolean> {
  history.pass(2);
  const waiting = (await eventsOf(history)).filter(({ id }) => !history.delivered.has(id)).length;
  await deliver(history, { which: 'all', how: 'in order', copies: 1 });
  await work(history, 'refresh');
  const open = history.asked.filter(({ isAnswered }) => !isAnswered);
  // Half of the staff ask again; the sweep takes up what the others asked for.
  for (const [index, asked] of open.entries()) {
    if (index % 2 === 0) await asked.ask();
    asked.isAnswered = true;
  }
  const swept = history.waiting.size > 0;
  await work(history, 'sweep');
  history.waiting.clear();
  const found = await followLists(history);
  return waiting > 0 || open.length > 0 || swept || found;
}

/** A person does what the lists say; the hourly watch finds gifts that disputes waited for. */
async function followLists(history: History): Promise<boolean> {
  const items = await everything(history.table);
  const lost = items.filter(
    ({ entity, unbookable }) => entity === 'dispute' && unbookable === 'gift-missing',
  );
  if (lost.length > 0) {
    const hour = new Date(Math.floor(history.clock().getTime() / 3_600_000) * 3_600_000);
    await watchDisputes({ table: history.table, now: hour });
    for (const { disputeId } of lost) {
      history.queue.add(refreshKey({ object: 'dispute', eventId: `gift-of-${String(disputeId)}` }));
    }
    await work(history, 'refresh');
  }
  const parked = items.filter(({ kind, refundId }) => kind === 'refund-parked' && !refundId);
  const refunds = items.filter(({ entity }) => entity === 'refund');
  const statuses = new Map(refunds.map(({ refundId, status }) => [refundId, status]));
  // What was parked may be a refund or that it failed; the person sends again from Stripe what the books do not hold.
  const again = parked.some(({ id, parked: fact }) => {
    const isFailure = (fact as { readonly failedAt?: unknown } | undefined)?.failedAt !== undefined;
    return isFailure ? statuses.get(id) !== 'failed' : !statuses.has(id);
  });
  if (again) await deliver(history, { which: 'delivered before', how: 'in order', copies: 1 });
  return lost.length > 0 || again;
}

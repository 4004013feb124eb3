import { recentHours } from '../platform/clock.ts';
import { lists, outboxShards } from '../table/keys.ts';
import { channelOf } from '../table/outbox.ts';
import { readList, type Table } from '../table/table.ts';
import { type OutboxQueues, offerAll } from './offer.ts';

/** A message younger than this is on its way: the stream and the queue have it. Milliseconds. */
const onItsWay = 10 * 60_000;
const hoursBack = 24;

/**
 * Puts messages that are not done into their queues again, mails and refreshes: those of the last two hours at each sweep, of a
 * whole day once an hour.
 * @returns how many were offered
 */
export async function reoffer(table: Table, queues: OutboxQueues, now: Date): Promise<number> {
  const back = now.getUTCMinutes() < 5 ? hoursBack : 1;
  let offered = 0;
  for (const hour of recentHours(now, back)) {
    const found = await Promise.all(
      Array.from({ length: outboxShards }, (_, shard) =>
        readList(table, lists.outbox(hour, shard), { order: 'oldest', limit: 100 }),
      ),
    );
    const waiting = found
      .flat()
      .filter(({ createdAt }) => now.getTime() - Date.parse(createdAt as string) >= onItsWay)
      .map((item) => ({ id: item.key as string, outboxKey: item.key as string, channel: channelOf(item) }));
    await offerAll(queues, waiting);
    offered += waiting.length;
  }
  return offered;
}

import { lists, outboxShards } from '../table/keys.ts';
import { channelOf } from '../table/outbox.ts';
import { isFirstSweepOfHour, sweptHours } from '../table/swept-hours.ts';
import { readList, type Table } from '../table/table.ts';
import { type OutboxQueues, offerAll } from './offer.ts';

/** A message younger than this is on its way: the stream and the queue have it. Milliseconds. */
const onItsWay = 10 * 60_000;
const hoursBack = 24;

/**
 * Puts messages that are not done into their queues again, mails and refreshes: those of the last two hours at each sweep, of a
 * whole day once an hour, of two weeks once a day: what is too late to be tried is then listed for a person.
 * @returns how many were offered
 */
export async function reoffer(table: Table, queues: OutboxQueues, now: Date): Promise<number> {
  const usually = isFirstSweepOfHour(now) ? hoursBack : 1;
  let offered = 0;
  for (const hour of sweptHours(now, usually)) {
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

import { utcHour } from '../platform/clock.ts';
import { lists, outboxShards } from '../table/keys.ts';
import { fromOutboxItem } from '../table/outbox.ts';
import { readList, type Table } from '../table/table.ts';
import { type MailQueue, offerMail } from './offer-mail.ts';

/** A message younger than this is on its way: the stream and the queue have it. Milliseconds. */
const onItsWay = 10 * 60_000;
const hoursBack = 24;

/**
 * Puts mails that are still unsent into the queue again: the last two hours at each sweep, a whole day once an hour.
 * @returns how many were offered
 */
export async function reofferMail(table: Table, queue: MailQueue, now: Date): Promise<number> {
  const back = now.getUTCMinutes() < 5 ? hoursBack : 1;
  let offered = 0;
  for (let hours = back; hours >= 0; hours -= 1) {
    const hour = utcHour(new Date(now.getTime() - hours * 3_600_000));
    const found = await Promise.all(
      Array.from({ length: outboxShards }, (_, shard) =>
        readList(table, lists.outbox(hour, shard), { order: 'oldest', limit: 100 }),
      ),
    );
    const waiting = found
      .flat()
      .map(fromOutboxItem)
      .filter((message) => now.getTime() - message.createdAt.getTime() >= onItsWay);
    await offerMail(
      queue,
      waiting.map(({ key }) => ({ id: key, outboxKey: key })),
    );
    offered += waiting.length;
  }
  return offered;
}

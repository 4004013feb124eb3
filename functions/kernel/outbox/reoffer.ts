import { Attempts } from '#kernel/attention/attempt-each.ts';
import { outboxLists } from '#platform/table/keys.ts';
import { isFirstSweepOfHour, sweptHours } from '#platform/table/swept-hours.ts';
import { readList, type Table } from '#platform/table/table.ts';
import { isTroubleJustOver } from './call-for-trouble.ts';
import { type OutboxQueues, offer } from './offer.ts';
import { outboxChannels } from './outbox.ts';
import { channelOf } from './outbox-item.ts';

/** A message younger than this is on its way: the stream and the queue have it. Milliseconds. */
const onItsWay = 10 * 60_000;
const hoursBack = 24;

/**
 * Puts messages that are not done into their queues again, mails and refreshes: those of the last two hours at each sweep, of a
 * whole day once an hour, and when trouble of the account at Resend is just over; of two weeks once a day: what is too late to be
 * tried is then listed for a person.
 * @returns how many were offered
 * @throws WorkFailed at the end when a queue did not take what it was offered; the others were tried
 */
export async function reoffer(table: Table, queues: OutboxQueues, now: Date): Promise<number> {
  const isOver = await isTroubleJustOver(table, now);
  const usually = isOver || isFirstSweepOfHour(now) ? hoursBack : 1;
  let offered = 0;
  const attempts = new Attempts({ table, now });
  const requeueHour = async (hour: string) => {
    const found = await Promise.all(
      outboxLists(hour).map((list) => readList(table, list, { order: 'oldest', limit: 100 })),
    );
    const waiting = found
      .flat()
      .filter((item) => {
        const isWaiting = now.getTime() - Date.parse(item.createdAt as string) >= onItsWay;
        return isWaiting || (isOver && channelOf(item) === 'mail');
      })
      .map((item) => ({ id: item.key as string, outboxKey: item.key as string, channel: channelOf(item) }));
    for (const channel of outboxChannels) {
      const ofChannel = waiting.filter((each) => each.channel === channel);
      await attempts.one('queue', channel, async () => {
        const refused = await offer(queues[channel], ofChannel);
        offered += ofChannel.length - refused.length;
        if (refused.length > 0) throw new Error(`The queue did not take ${refused.length} messages.`);
      });
    }
  };
  await attempts.each('outbox-hour', sweptHours(now, usually), (hour) => hour, requeueHour);
  attempts.end('queues or hours of the outbox failed.');
  return offered;
}

import { Attempts } from '#kernel/attention/attempt-each.ts';
import type { Context } from '#platform/context/context.ts';
import { outboxLists } from '#platform/table/keys.ts';
import { isFirstSweepOfHour, sweptHours } from '#platform/table/swept-hours.ts';
import { type Item, readItems, readList } from '#platform/table/table.ts';
import { isTroubleJustOver, troubleKeys } from './call-for-trouble.ts';
import {
  byChannel,
  type ChannelName,
  channelOf,
  type OutboxChannels,
  toWaiting,
  type WaitingMessage,
} from './enqueue.ts';
import { fromOutboxItem } from './outbox-item.ts';
import { waitingKeys, watchWaiting } from './watch-waiting.ts';

/** A message younger than this is on its way: the stream and the queue have it. Milliseconds. */
const onItsWay = 10 * 60_000;
/** A message that waits longer calls a person: nothing that is well takes so long. Milliseconds. */
const tooLong = 15 * 60_000;
const hoursBack = 24;

/**
 * Hands messages of any kind that are not done to their channels again: those of the last two hours at each sweep, of a
 * whole day once an hour, and when trouble of the account at Resend is just over; of two weeks once a day: what is too late to be
 * tried is then listed for a person.
 * @returns how many were requeued
 * @throws WorkFailed at the end when a channel did not take all of them; the others were tried
 */
export async function requeue({
  table,
  now,
  channels,
}: Pick<Context, 'table' | 'now'> & { readonly channels: OutboxChannels }): Promise<number> {
  const found = await readItems(table, [...waitingKeys, ...troubleKeys]);
  const isOver = isTroubleJustOver(found, now);
  const usually = isOver || isFirstSweepOfHour(now) ? hoursBack : 1;
  let requeued = 0;
  const late = new Map<ChannelName, number>();
  const attempts = new Attempts({ table, now });
  const requeueHour = async (hour: string) => {
    const listed = await Promise.all(
      outboxLists(hour).map((list) => readList(table, list, { order: 'oldest', limit: 100 })),
    );
    const waiting: WaitingMessage[] = [];
    const idOf = ({ pk }: Item) => pk;
    await attempts.each('outbox-message', listed.flat(), idOf, async (item) => {
      const message = fromOutboxItem(item);
      const { key, kind, createdAt } = message;
      const age = now.getTime() - createdAt.getTime();
      const isWaiting = age >= onItsWay;
      const name = channelOf[kind];
      if (age >= tooLong) late.set(name, (late.get(name) ?? 0) + 1);
      if (isWaiting || (isOver && name === 'mail')) waiting.push(toWaiting(key, message));
    });
    for (const [name, messages] of byChannel(waiting)) {
      await attempts.one('channel', name, async () => {
        const refused = await channels[name](messages);
        requeued += messages.length - refused.length;
        if (refused.length > 0) throw new Error(`The channel did not take ${refused.length} messages.`);
      });
    }
  };
  await attempts.each('outbox-hour', sweptHours(now, usually), (hour) => hour, requeueHour);
  await watchWaiting({ late, found }, { table, now });
  attempts.end('channels or hours of the outbox failed.');
  return requeued;
}

import { callPerson, resolveItself } from '#kernel/attention/call-person.ts';
import type { Context } from '#platform/context/context.ts';
import { keys } from '#platform/table/keys.ts';
import type { ItemsRead } from '#platform/table/table.ts';
import { openTroubles } from './call-for-trouble.ts';
import { type ChannelName, channelOf } from './enqueue.ts';

const channels: readonly ChannelName[] = [...new Set(Object.values(channelOf))];

const waitingKey = (name: ChannelName) => keys.attention('outbox-waits', name);

/** Where each channel calls a person. */
export const waitingKeys = channels.map(waitingKey);

/**
 * Calls a person for a channel in which messages have waited too long, whatever keeps them: a third party, a fault, a mapping that is
 * gone. It resolves itself when none does.
 * @param input.late how many messages of each channel waited too long
 * @param input.found what stands at `waitingKeys` and `troubleKeys`: trouble of the account at Resend has called a person already
 */
export async function watchWaiting(
  { late, found }: { readonly late: ReadonlyMap<ChannelName, number>; readonly found: ItemsRead },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<void> {
  const isExplained = openTroubles(found).length > 0;
  for (const name of channels) {
    if (name === 'mail' && isExplained) continue;
    const about = { kind: 'outbox-waits', id: name } as const;
    const messages = late.get(name) ?? 0;
    const listed = found.itemAt(waitingKey(name));
    if (messages > 0) {
      const attention = { ...about, at: now };
      await callPerson({ need: 'OutboxWaits', attention, fields: { messages } }, { table, now });
    } else if (listed && listed.settledAt === undefined) {
      await resolveItself({ ...about, note: 'Nothing waits there any more.' }, { table, now });
    }
  }
}

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it, vi } from 'vitest';
import { WorkFailed } from '#kernel/attention/attempt-each.ts';
import type { Waiting } from '#kernel/outbox/enqueue.ts';
import { enqueue, type OutboxChannels } from '#kernel/outbox/enqueue.ts';
import { giftReceivedKey, refreshKey, refreshMessage } from '#kernel/outbox/outbox.ts';
import { toOutboxItem } from '#kernel/outbox/outbox-item.ts';
import { requeue } from '#kernel/outbox/requeue.ts';
import { now } from '../support/payments.ts';
import { freshTable } from '../support/table.ts';

/** Channels that keep the keys they are handed; a channel that refuses takes none. */
function channelsThat(refuses?: keyof OutboxChannels) {
  const sent: Record<keyof OutboxChannels, string[]> = { mail: [], work: [], exports: [], pictures: [] };
  const channel = (name: keyof OutboxChannels) => async (messages: readonly Waiting[]) => {
    if (name === refuses) return messages.map(({ id }) => id);
    sent[name].push(...messages.map(({ outboxKey }) => outboxKey));
    return [];
  };
  return {
    channels: {
      mail: channel('mail'),
      work: channel('work'),
      exports: channel('exports'),
      pictures: channel('pictures'),
    },
    sent,
  };
}

const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const refresh = (eventId: string, createdAt: Date) =>
  refreshMessage({ object: 'dispute', objectId: 'du_1', eventId, createdAt });

describe('the outbox', () => {
  it('hands mails and refreshes to their own channels, and names what was not taken', async () => {
    const waiting = Array.from({ length: 25 }, (_, index) => ({
      id: `${index}`,
      outboxKey: `key ${index}`,
      kind: index % 5 === 0 ? ('refresh' as const) : ('mail' as const),
    }));
    const all = channelsThat();
    expect(await enqueue(waiting, all.channels)).toEqual([]);
    expect([all.sent.mail.length, all.sent.work.length]).toEqual([20, 5]);
    expect(await enqueue(waiting, channelsThat('work').channels)).toEqual(['0', '5', '10', '15', '20']);
  });

  it('requeues both when they waited ten minutes, and each of a whole day once an hour', async () => {
    const table = await freshTable();
    const mail = {
      key: giftReceivedKey('pi_1'),
      kind: 'mail',
      template: 'gift-received',
      paymentId: 'pi_1',
      checkoutId: 'chk_1',
      createdAt: minutesAgo(11),
    } as const;
    const items = [
      toOutboxItem(mail),
      toOutboxItem(refresh('evt_waits', minutesAgo(11))),
      toOutboxItem(refresh('evt_on_its_way', minutesAgo(9))),
      toOutboxItem(refresh('evt_old', minutesAgo(23 * 60))),
    ];
    for (const Item of items) await table.client.send(new PutCommand({ TableName: table.name, Item }));
    const waits = refreshKey(refresh('evt_waits', now));
    const inTheHour = channelsThat();
    // Seven minutes past an hour: the last two hours only.
    expect(
      await requeue({ table, channels: inTheHour.channels, now: new Date(now.getTime() + 7 * 60_000) }),
    ).toBe(3);
    const first = channelsThat();
    expect(await requeue({ table, channels: first.channels, now })).toBe(3);
    expect(first.sent).toEqual({
      mail: [mail.key],
      exports: [],
      pictures: [],
      work: expect.arrayContaining([waits, refreshKey(refresh('evt_old', now))]),
    });
  });

  it('requeues what waits past a message that is corrupt, and the run fails at its end', async () => {
    const lines = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const table = await freshTable();
    const [corrupt, intact] = ['evt_1', 'evt_2'].map((event) => toOutboxItem(refresh(event, minutesAgo(15))));
    for (const Item of [{ ...corrupt, createdAt: 'yesterday' }, intact]) {
      await table.client.send(new PutCommand({ TableName: table.name, Item }));
    }
    const { channels, sent } = channelsThat();
    await expect(requeue({ table, channels, now })).rejects.toThrow(WorkFailed);
    expect(sent.work).toEqual([refreshKey(refresh('evt_2', now))]);
    const failed = lines.mock.calls.map(([line]) => JSON.parse(String(line)) as Record<string, unknown>);
    lines.mockRestore();
    expect(failed).toContainEqual(
      expect.objectContaining({ kind: 'outbox-message', id: corrupt?.pk, error: 'CorruptItem' }),
    );
  });

  it('requeues for the other channels while one takes none, hour after hour, and the run fails at its end', async () => {
    const lines = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const table = await freshTable();
    const hours = [minutesAgo(70), minutesAgo(15)];
    for (const [index, createdAt] of hours.entries()) {
      const key = giftReceivedKey(`pi_${index}`);
      const mail = {
        key,
        kind: 'mail',
        template: 'gift-received',
        paymentId: `pi_${index}`,
        checkoutId: 'chk_1',
        createdAt,
      } as const;
      await table.client.send(new PutCommand({ TableName: table.name, Item: toOutboxItem(mail) }));
      const message = toOutboxItem(refresh(`evt_${index}`, createdAt));
      await table.client.send(new PutCommand({ TableName: table.name, Item: message }));
    }
    const { channels, sent } = channelsThat('work');
    await expect(requeue({ table, channels, now })).rejects.toThrow(WorkFailed);
    expect(sent.mail).toEqual([0, 1].map((index) => giftReceivedKey(`pi_${index}`)));
    const failed = lines.mock.calls.map(([line]) => JSON.parse(String(line)) as Record<string, unknown>);
    lines.mockRestore();
    expect(failed).toContainEqual(
      expect.objectContaining({ event: 'work-failed', kind: 'channel', id: 'work' }),
    );
  });
});

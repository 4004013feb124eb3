import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect } from 'vitest';
import { takePulse, watchStreams } from '#kernel/attention/watch-streams.ts';
import { giftReceivedKey } from '#kernel/outbox/outbox.ts';
import { toOutboxItem } from '#kernel/outbox/outbox-item.ts';
import { requeue } from '#kernel/outbox/requeue.ts';
import { now } from '../support/payments.ts';
import { story } from '../support/story.ts';
import { everything } from '../support/table.ts';

const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

/** Sweeps of a table, the stream's readers, and what a person was called for. */
const it = story.extend('sweeps', async ({ table, log }) => {
  const taken: string[] = [];
  const take = async (messages: readonly { outboxKey: string }[]) => {
    taken.push(...messages.map(({ outboxKey }) => outboxKey));
    return [];
  };
  const channels = { mail: take, work: take, exports: take, pictures: take };

  /** What the stream hands a reader of the pulse that stands in the table. */
  async function see(reader: 'outbox-relay' | 'projector', beside: readonly DynamoDBRecord[] = []) {
    const [pulse] = await everything(table, 'pulse');
    const NewImage = { entity: { S: 'pulse' }, sentAt: { S: String(pulse?.sentAt) } };
    return takePulse({ reader, records: [{ dynamodb: { NewImage } }, ...beside] }, { table });
  }

  return {
    taken,
    see,
    requeue: (minutes: number) => requeue({ table, now: later(minutes), channels }),
    streams: (minutes: number) => watchStreams({ table, now: later(minutes) }),
    put: (Item: Record<string, unknown>) =>
      table.client.send(new PutCommand({ TableName: table.name, Item })),
    called: () => log.metrics.map(({ event, id }) => [event, id]),
    open: async () =>
      (await everything(table, 'attention'))
        .filter(({ settledAt }) => settledAt === undefined)
        .map(({ kind, id }) => `${kind} ${id}`),
  };
});

const mail = (createdAt = now) =>
  toOutboxItem({
    key: giftReceivedKey('pi_1'),
    kind: 'mail',
    template: 'gift-received',
    paymentId: 'pi_1',
    checkoutId: 'chk_1',
    createdAt,
  });

describe('a message that waits', () => {
  it('calls a person after fifteen minutes, once while it lasts, and resolves itself', async ({
    table,
    sweeps: { requeue, put, called, open },
  }) => {
    await put(mail());
    for (const minutes of [5, 10]) await requeue(minutes);
    expect(called()).toEqual([]);
    for (const minutes of [15, 20, 25]) await requeue(minutes);
    expect(called()).toEqual([['OutboxWaits', 'mail']]);
    expect(await open()).toEqual(['outbox-waits mail']);
    const { list: _, listOrder: __, ...sent } = mail();
    await put({ ...sent, sentAt: later(26).toISOString() });
    await requeue(30);
    expect(await open()).toEqual([]);
    await put(mail(later(40)));
    await requeue(56);
    expect(called(), 'it came back').toEqual([
      ['OutboxWaits', 'mail'],
      ['OutboxWaits', 'mail'],
    ]);
    expect(await everything(table, 'attention')).toHaveLength(1);
  });

  it('calls nobody beside a trouble of the account at Resend, which called already', async ({
    sweeps: { requeue, put, called },
  }) => {
    await put({
      pk: 'attention#mail-account#key',
      sk: 'attention',
      entity: 'attention',
      v: 1,
      kind: 'mail-account',
      id: 'key',
      at: now.toISOString(),
    });
    await put(mail());
    await requeue(20);
    expect(called()).toEqual([]);
  });
});

describe('the readers of the stream', () => {
  it('call nobody while each sees the pulse, which goes every quarter of an hour', async ({
    table,
    sweeps: { streams, see, called },
  }) => {
    for (const minutes of [0, 5, 10, 15, 20, 25, 30]) {
      expect(await streams(minutes)).toEqual([]);
      await see('outbox-relay');
      await see('projector');
    }
    expect(called()).toEqual([]);
    expect(await everything(table, 'pulse')).toMatchObject([{ sentAt: later(30).toISOString() }]);
  });

  it('call a person when one has not seen it for a quarter of an hour, and that resolves itself when it has', async ({
    sweeps: { streams, see, called, open },
  }) => {
    await streams(0);
    await see('projector');
    expect(await streams(14)).toEqual([]);
    expect(await streams(15)).toEqual(['outbox-relay']);
    expect(await streams(20)).toEqual(['outbox-relay']);
    expect(called()).toEqual([['StreamIsBehind', 'outbox-relay']]);
    await see('outbox-relay');
    expect(await streams(25)).toEqual([]);
    expect(await open()).toEqual([]);
  });

  it('are sent a pulse anew after an hour, since the stream forgets', async ({
    table,
    sweeps: { streams },
  }) => {
    for (const minutes of [0, 30, 59]) await streams(minutes);
    expect(await everything(table, 'pulse')).toMatchObject([{ sentAt: later(0).toISOString() }]);
    await streams(60);
    expect(await everything(table, 'pulse')).toMatchObject([{ sentAt: later(60).toISOString() }]);
  });

  it('are not called behind after a pause of the sweep itself', async ({
    sweeps: { streams, see, called },
  }) => {
    await streams(0);
    await see('outbox-relay');
    await see('projector');
    expect(await streams(600)).toEqual([]);
    expect(called()).toEqual([]);
  });

  it('keep every other record', async ({ sweeps: { streams, see } }) => {
    await streams(0);
    const other = { dynamodb: { NewImage: { entity: { S: 'outbox' } } } };
    expect(await see('outbox-relay', [other])).toEqual([other]);
  });
});

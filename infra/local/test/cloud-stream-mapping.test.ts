import { expect, test } from 'vitest';
import type { InvocationResult } from '../cloud/instance.ts';
import { Queue } from '../cloud/queue.ts';
import { deliverRecords, type StreamRecord } from '../cloud/stream-mapping.ts';

const records: StreamRecord[] = ['1', '2', '3', '4'].map((SequenceNumber) => ({
  eventID: SequenceNumber,
  eventName: 'INSERT',
  dynamodb: { SequenceNumber, ApproximateCreationDateTime: Date.now() / 1000 },
}));
const failed: InvocationResult = { ok: false, errorType: 'Error', errorMessage: 'no' };
const done: InvocationResult = { ok: true, value: null };

/** Delivers the four records; answers which batches the function saw, and what the on-failure queue got. */
async function deliver(
  answer: (batch: string) => InvocationResult,
  settings: { bisect?: boolean; partialFailures?: boolean; maximumRetries?: number; batchSize?: number } = {},
) {
  const batches: string[] = [];
  const onFailure = new Queue(
    { name: 'failures', arn: 'arn:f', url: '', visibilityTimeout: 30, delay: 0, retention: 60 },
    () => {},
  );
  await deliverRecords(
    {
      functionName: 'relay',
      functionArn: 'arn:relay',
      streamArn: 'arn:stream',
      batchSize: settings.batchSize ?? 10,
      bisect: settings.bisect ?? false,
      partialFailures: settings.partialFailures ?? false,
      maximumRetries: settings.maximumRetries ?? 2,
      maximumAgeSeconds: -1,
      filter: () => true,
      onFailure,
    },
    'shard-1',
    records,
    {
      invoke: async (event) => {
        const batch = (event as { Records: StreamRecord[] }).Records.map(({ eventID }) => eventID).join('');
        batches.push(batch);
        return answer(batch);
      },
      pause: async () => {},
      report: () => {},
      closed: () => false,
    },
  );
  const failed = onFailure
    .receive(10)
    .map(({ body }) => JSON.parse(body).DDBStreamBatchInfo.startSequenceNumber);
  return { batches, failed };
}

test('records go out in order, in batches of the mapped size', async () => {
  expect(await deliver(() => done, { batchSize: 3 })).toEqual({ batches: ['123', '4'], failed: [] });
});

test('a failed batch comes again as it was, until the on-failure queue gets a note of it and it is skipped', async () => {
  const seen = await deliver((batch) => (batch === '12' ? failed : done), { batchSize: 2 });
  expect(seen).toEqual({ batches: ['12', '12', '12', '34'], failed: ['1'] });
});

test('a partial failure comes again from the first failed record', async () => {
  const partial: InvocationResult = {
    ok: true,
    value: { batchItemFailures: [{ itemIdentifier: '4' }, { itemIdentifier: '3' }] },
  };
  const seen = await deliver((batch) => (batch === '1234' ? partial : done), { partialFailures: true });
  expect(seen).toEqual({ batches: ['1234', '34'], failed: [] });
});

test('bisecting isolates a poisoned record, and only it is given up', async () => {
  const seen = await deliver((batch) => (batch.includes('3') ? failed : done), {
    bisect: true,
    maximumRetries: 2,
  });
  expect(seen).toEqual({ batches: ['1234', '12', '34', '3', '4'], failed: ['3'] });
});

test('partial failures that are not reported as agreed fail the whole batch', async () => {
  const seen = await deliver(() => ({ ok: true, value: { batchItemFailures: [{ itemIdentifier: '' }] } }), {
    partialFailures: true,
    maximumRetries: 1,
  });
  expect(seen).toEqual({ batches: ['1234', '1234'], failed: ['1'] });
});

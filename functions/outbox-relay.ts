import { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { enqueueAll } from '#kernel/outbox/enqueue.ts';
import { kindOf } from '#kernel/outbox/outbox-item.ts';
import { callLimits } from '#platform/call-limits.ts';
import { variable } from '#platform/config.ts';
import { read, readIntact } from '#platform/table/read-item.ts';
import { readRecord } from '#platform/table/stream.ts';

const client = new SQSClient({ requestHandler: callLimits });
const queues = {
  mail: { client, url: variable('MAIL_QUEUE_URL') },
  refresh: { client, url: variable('REFRESH_QUEUE_URL') },
  export: { client, url: variable('EXPORTS_QUEUE_URL') },
};

/** Lambda `outbox-relay`: takes new outbox items from the stream to the queue of their kind. It never waits for the work itself. */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const waiting = readIntact(event.Records, (record) => {
    const { id, item } = readRecord(record, 'outbox');
    return { id, outboxKey: read(item).text('key'), kind: kindOf(item) };
  });
  const failed = await enqueueAll(waiting, queues);
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

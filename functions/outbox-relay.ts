import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { takePulse } from '#kernel/attention/watch-streams.ts';
import { enqueue, openChannels, toWaiting } from '#kernel/outbox/enqueue.ts';
import { fromOutboxItem } from '#kernel/outbox/outbox-item.ts';
import { variable } from '#platform/config.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { readRecord } from '#platform/table/stream.ts';
import { openTable } from '#platform/table/table.ts';

const table = openTable(variable('TABLE_NAME'));
const channels = openChannels({
  mailQueue: variable('MAIL_QUEUE_URL'),
  workQueue: variable('WORK_QUEUE_URL'),
  exporter: variable('EXPORTER_NAME'),
  pictureMaker: variable('PICTURE_MAKER_NAME'),
});

/** Lambda `outbox-relay`: hands new outbox items of the stream on. It never waits for the work itself. */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const records = await takePulse({ reader: 'outbox-relay', records: event.Records }, { table });
  const waiting = readIntact(records, (record) => {
    const { id, item } = readRecord(record, 'outbox');
    return toWaiting(id, fromOutboxItem(item));
  });
  const failed = await enqueue(waiting, channels);
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

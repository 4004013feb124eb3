import { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { offerMail } from './mail/offer-mail.ts';
import { variable } from './platform/config.ts';
import { fromOutboxItem } from './table/outbox.ts';
import { readRecord } from './table/stream.ts';

const queue = { client: new SQSClient({}), url: variable('MAIL_QUEUE_URL') };

/** Lambda `outbox-relay`: new outbox items of the stream go to the mail queue. It never waits for the mail itself. */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const offered = event.Records.map((record) => {
    const { id, item } = readRecord(record, 'outbox');
    return { id, outboxKey: fromOutboxItem(item).key };
  });
  const failed = await offerMail(queue, offered);
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** A queue that a worker takes outbox messages from. */
interface OutboxQueue {
  readonly client: SQSClient;
  readonly url: string;
}

/** An outbox message to put into a queue. */
export interface Waiting {
  /** Tells the caller which one failed. */
  readonly id: string;
  readonly outboxKey: string;
}

/** SQS takes ten messages a request (SendMessageBatch). */
const largestBatch = 10;

/**
 * Puts outbox messages into a queue. A message that is there twice is harmless: its worker does each key once.
 *
 * @param input.delay seconds until the worker sees them, at most 900
 * @returns the ids of those that SQS did not take
 */
export async function enqueue(
  { messages, delay = 0 }: { readonly messages: readonly Waiting[]; readonly delay?: number },
  queue: OutboxQueue,
): Promise<string[]> {
  const failed: string[] = [];
  for (let start = 0; start < messages.length; start += largestBatch) {
    const batch = messages.slice(start, start + largestBatch);
    const answer = await queue.client.send(
      new SendMessageBatchCommand({
        QueueUrl: queue.url,
        Entries: batch.map(({ outboxKey }, index) => ({
          Id: String(index),
          MessageBody: JSON.stringify({ outboxKey }),
          ...(delay > 0 && { DelaySeconds: delay }),
        })),
      }),
    );
    for (const failure of answer.Failed ?? []) {
      const refused = batch[Number(failure.Id)];
      if (refused) failed.push(refused.id);
    }
  }
  return failed;
}

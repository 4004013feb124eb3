import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type OutboxChannel, outboxChannels } from './outbox.ts';

/** A queue that a worker takes outbox messages from. */
export interface OutboxQueue {
  readonly client: SQSClient;
  readonly url: string;
}

/** The queue of each channel. */
export type OutboxQueues = Readonly<Record<OutboxChannel, OutboxQueue>>;

/** An outbox message to put into a queue. */
export interface Offer {
  /** Tells the caller which one failed. */
  readonly id: string;
  readonly outboxKey: string;
}

/** SQS takes ten messages a request (SendMessageBatch). */
const largestBatch = 10;

/**
 * Puts outbox messages into a queue. A message that is there twice is harmless: its worker does each key once.
 *
 * @param delay seconds until the worker sees them, at most 900
 * @returns the ids of those that SQS did not take
 */
export async function offer(queue: OutboxQueue, offers: readonly Offer[], delay = 0): Promise<string[]> {
  const failed: string[] = [];
  for (let start = 0; start < offers.length; start += largestBatch) {
    const batch = offers.slice(start, start + largestBatch);
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

/**
 * Puts outbox messages of any channel into their queues.
 * @returns the ids of those that SQS did not take
 */
export async function offerAll(
  queues: OutboxQueues,
  offers: readonly (Offer & { readonly channel: OutboxChannel })[],
): Promise<string[]> {
  const failed: string[] = [];
  for (const channel of outboxChannels) {
    const ofChannel = offers.filter((each) => each.channel === channel);
    failed.push(...(await offer(queues[channel], ofChannel)));
  }
  return failed;
}

import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** The mail queue. */
export interface MailQueue {
  readonly client: SQSClient;
  readonly url: string;
}

/** An outbox message to put into the queue. */
export interface Offer {
  /** Tells the caller which one failed. */
  readonly id: string;
  readonly outboxKey: string;
}

/** SQS takes ten messages a request (SendMessageBatch). */
const largestBatch = 10;

/**
 * Puts outbox messages into the mail queue. A message that is there twice is harmless: the mailer sends each key once.
 *
 * @param delay seconds until the mailer sees them, at most 900
 * @returns the ids of those that SQS did not take
 */
export async function offerMail(queue: MailQueue, offers: readonly Offer[], delay = 0): Promise<string[]> {
  const failed: string[] = [];
  for (let start = 0; start < offers.length; start += largestBatch) {
    const batch = offers.slice(start, start + largestBatch);
    const answer = await queue.client.send(
      new SendMessageBatchCommand({
        QueueUrl: queue.url,
        Entries: batch.map((offer, index) => ({
          Id: String(index),
          MessageBody: JSON.stringify({ outboxKey: offer.outboxKey }),
          ...(delay > 0 && { DelaySeconds: delay }),
        })),
      }),
    );
    for (const failure of answer.Failed ?? []) {
      const offer = batch[Number(failure.Id)];
      if (offer) failed.push(offer.id);
    }
  }
  return failed;
}

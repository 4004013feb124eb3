import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { callLimits } from '#platform/call-limits.ts';
import type { MailAbout, OutboxKind, OutboxMessage } from './outbox.ts';
import { mailAbout } from './outbox-item.ts';

/** Takes messages; returns the ids of those that were not taken. A message that is enqueued twice is done once. */
type Channel = (messages: readonly Waiting[]) => Promise<string[]>;

/** Where the messages of each kind go; several kinds may share a channel. */
export type OutboxChannels = Readonly<Record<ChannelName, Channel>>;

export type ChannelName = 'mail' | 'work' | 'exports' | 'pictures';

export const channelOf = {
  mail: 'mail',
  trustee: 'mail',
  digest: 'mail',
  refresh: 'work',
  fulfil: 'work',
  export: 'exports',
  photo: 'pictures',
} as const satisfies Readonly<Record<OutboxKind, ChannelName>>;

/** A message of any kind that waits to be done. */
export interface WaitingMessage extends Waiting {
  readonly kind: OutboxKind;
}

/** A message as it is enqueued. */
export function toWaiting(id: string, message: OutboxMessage): WaitingMessage {
  const { key, kind } = message;
  return { id, outboxKey: key, kind, ...(message.kind === 'mail' && { about: mailAbout(message) }) };
}

/** The messages of each channel that has any. */
export function byChannel(waiting: readonly WaitingMessage[]): Map<ChannelName, WaitingMessage[]> {
  const channels = new Map<ChannelName, WaitingMessage[]>();
  for (const message of waiting) {
    const name = channelOf[message.kind];
    channels.set(name, [...(channels.get(name) ?? []), message]);
  }
  return channels;
}

/**
 * Opens the channels. Mails and work wait in queues, whose workers are held to a small concurrency; an export or a photo is rare and long, and
 * its function is invoked asynchronously, because a queue that is polled all month costs more than all exports.
 */
export function openChannels(names: {
  readonly mailQueue: string;
  readonly workQueue: string;
  readonly exporter: string;
  readonly pictureMaker: string;
}): OutboxChannels {
  const sqs = new SQSClient({ requestHandler: callLimits, cacheMiddleware: true });
  const lambda = new LambdaClient({ requestHandler: callLimits });
  return {
    mail: (messages) => sendToQueue({ messages }, { client: sqs, url: names.mailQueue }),
    work: (messages) => sendToQueue({ messages }, { client: sqs, url: names.workQueue }),
    exports: (messages) => invokeEach(messages, names.exporter, lambda),
    pictures: (messages) => invokeEach(messages, names.pictureMaker, lambda),
  };
}

/** Lambda takes an asynchronous invocation with 202, and repeats it twice when it fails. */
async function invokeEach(
  messages: readonly Waiting[],
  name: string,
  client: LambdaClient,
): Promise<string[]> {
  const failed: string[] = [];
  for (const { id, outboxKey } of messages) {
    const { StatusCode } = await client.send(
      new InvokeCommand({
        FunctionName: name,
        InvocationType: 'Event',
        Payload: JSON.stringify({ outboxKey }),
      }),
    );
    if (StatusCode !== 202) failed.push(id);
  }
  return failed;
}

/**
 * Puts messages of any kind into their channels.
 * @returns the ids of those that were not taken
 */
export async function enqueue(
  waiting: readonly WaitingMessage[],
  channels: OutboxChannels,
): Promise<string[]> {
  const failed: string[] = [];
  for (const [name, messages] of byChannel(waiting)) failed.push(...(await channels[name](messages)));
  return failed;
}

/** A queue that a worker takes outbox messages from. */
interface OutboxQueue {
  readonly client: SQSClient;
  readonly url: string;
}

/** An outbox message as a queue carries it. */
export interface QueuedMessage {
  readonly outboxKey: string;
  /** Only with a mail: what its worker needs to read it all at once. Without it, the worker reads twice. */
  readonly about?: MailAbout | undefined;
}

/** An outbox message to put into a queue. */
export interface Waiting extends QueuedMessage {
  /** Tells the caller which one failed. */
  readonly id: string;
}

/** SQS takes ten messages a request (SendMessageBatch). */
const largestBatch = 10;

/**
 * Puts outbox messages into a queue. A message that is there twice is harmless: its worker does each key once.
 *
 * @param input.delay seconds until the worker sees them, at most 900
 * @returns the ids of those that SQS did not take
 */
export async function sendToQueue(
  { messages, delay = 0 }: { readonly messages: readonly Waiting[]; readonly delay?: number },
  queue: OutboxQueue,
): Promise<string[]> {
  const failed: string[] = [];
  for (let start = 0; start < messages.length; start += largestBatch) {
    const batch = messages.slice(start, start + largestBatch);
    const answer = await queue.client.send(
      new SendMessageBatchCommand({
        QueueUrl: queue.url,
        Entries: batch.map(({ outboxKey, about }, index) => ({
          Id: String(index),
          MessageBody: JSON.stringify({ outboxKey, about } satisfies QueuedMessage),
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

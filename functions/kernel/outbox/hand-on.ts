import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { callLimits } from '#platform/call-limits.ts';
import { enqueue, type Waiting } from './enqueue.ts';
import type { OutboxKind } from './outbox.ts';

/** Hands messages on; returns the ids of those that were not taken. A message that is handed on twice is done once. */
type Channel = (messages: readonly Waiting[]) => Promise<string[]>;

/** Where the messages of each kind go; several kinds may share a channel. */
export type OutboxChannels = Readonly<Record<ChannelName, Channel>>;

export type ChannelName = 'mail' | 'work' | 'exports';

export const channelOf = {
  mail: 'mail',
  refresh: 'work',
  fulfil: 'work',
  export: 'exports',
} as const satisfies Readonly<Record<OutboxKind, ChannelName>>;

/** A message of any kind that waits to be done. */
export interface WaitingMessage extends Waiting {
  readonly kind: OutboxKind;
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
 * Opens the channels. Mails and work wait in queues, whose workers are held to a small concurrency; an export is rare and long, and its
 * function is invoked asynchronously, because a queue that is polled all month costs more than all exports.
 */
export function openChannels(names: {
  readonly mailQueue: string;
  readonly workQueue: string;
  readonly exporter: string;
}): OutboxChannels {
  const sqs = new SQSClient({ requestHandler: callLimits });
  const lambda = new LambdaClient({ requestHandler: callLimits });
  return {
    mail: (messages) => enqueue({ messages }, { client: sqs, url: names.mailQueue }),
    work: (messages) => enqueue({ messages }, { client: sqs, url: names.workQueue }),
    exports: (messages) => invokeEach(messages, names.exporter, lambda),
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
 * Hands messages of any kind to their channels.
 * @returns the ids of those that were not taken
 */
export async function handOn(
  waiting: readonly WaitingMessage[],
  channels: OutboxChannels,
): Promise<string[]> {
  const failed: string[] = [];
  for (const [name, messages] of byChannel(waiting)) failed.push(...(await channels[name](messages)));
  return failed;
}

import { utcHour } from '#platform/clock.ts';
import { shardOf } from '#platform/ids.ts';
import { keys, outboxLists, outboxShards } from '#platform/table/keys.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import type { OutboxChannel, OutboxMessage, OutboxTemplate } from './outbox.ts';

/** The channel of an outbox item. */
export function channelOf(item: Item): OutboxChannel {
  if (item.exportId !== undefined) return 'export';
  return item.object === undefined ? 'mail' : 'refresh';
}

/** The item of an unsent message. It stands in the list of its hour until it is sent. */
export function toOutboxItem(message: OutboxMessage): Item {
  return toItem(keys.outbox(message.key), 'outbox', 1, {
    key: message.key,
    template: message.template,
    paymentId: message.paymentId,
    checkoutId: message.checkoutId,
    createdAt: message.createdAt.toISOString(),
    ...waitingPlace(message),
  });
}

/** Where a message of any channel stands until it is done: in one list of the hour in which it was made. */
export function waitingPlace({ key, createdAt }: Pick<OutboxMessage, 'key' | 'createdAt'>): {
  readonly list: string;
  readonly listOrder: string;
} {
  return {
    list: outboxLists(utcHour(createdAt))[shardOf(key, outboxShards)] as string,
    listOrder: createdAt.toISOString(),
  };
}

/** Whether a message that waits stands where the sweep looks; one that is done or stopped stands in no list. */
export function isSwept({ list, createdAt }: Item): boolean {
  return list === undefined || outboxLists(utcHour(new Date(createdAt as string))).includes(list as string);
}

/** A message as it stands in the table. */
export interface StoredOutboxMessage extends OutboxMessage {
  /** When it was sent; undefined while it waits. */
  readonly sentAt: Date | undefined;
  /** Why a person has to decide; undefined while it is sent by itself. */
  readonly stopped: string | undefined;
  /** The key of the message by which a person sent it again. */
  readonly sentAgainAs: string | undefined;
}

/** Reads an outbox item. */
export function fromOutboxItem(item: Item): StoredOutboxMessage {
  return {
    key: item.key as string,
    template: item.template as OutboxTemplate,
    paymentId: item.paymentId as string,
    checkoutId: item.checkoutId as string,
    createdAt: new Date(item.createdAt as string),
    sentAt: item.sentAt ? new Date(item.sentAt as string) : undefined,
    stopped: item.stopped as string | undefined,
    sentAgainAs: item.sentAgainAs as string | undefined,
  };
}

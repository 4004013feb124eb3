import { utcHour } from '../platform/clock.ts';
import { shardOf } from '../platform/ids.ts';
import { keys, lists, outboxShards } from './keys.ts';
import type { Item } from './table.ts';

/** The templates of mails that tell one person one fact. */
export type OutboxTemplate = 'gift-received';

/** One thing to tell the outside, once. It holds ids only. */
export interface OutboxMessage {
  /** The business fact and the template; also the idempotency key at Resend (at most 256 characters there). */
  readonly key: string;
  readonly template: OutboxTemplate;
  /** The payment whose gift the message is about. */
  readonly paymentId: string;
  /** Where the person's data is. */
  readonly checkoutId: string;
  readonly createdAt: Date;
}

/** The key of the thank-you mail for a gift. */
export function giftReceivedKey(paymentId: string): string {
  return `gift-received/${paymentId}`;
}

/** The item of an unsent message. It stands in the list of its hour until it is sent. */
export function toOutboxItem(message: OutboxMessage): Item {
  return {
    ...keys.outbox(message.key),
    entity: 'outbox',
    v: 1,
    key: message.key,
    template: message.template,
    paymentId: message.paymentId,
    checkoutId: message.checkoutId,
    createdAt: message.createdAt.toISOString(),
    list: lists.outbox(utcHour(message.createdAt), shardOf(message.key, outboxShards)),
    listOrder: message.createdAt.toISOString(),
  };
}

/** A message as it stands in the table. */
export interface StoredOutboxMessage extends OutboxMessage {
  /** When it was sent; undefined while it waits. */
  readonly sentAt: Date | undefined;
  /** Why a person has to decide; undefined while it is sent by itself. */
  readonly stopped: string | undefined;
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
  };
}

import { utcHour } from '#platform/clock.ts';
import { shardOf } from '#platform/ids.ts';
import { keys, outboxLists, outboxShards } from '#platform/table/keys.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import type { MessageOf, OutboxKind, OutboxMessage, OutboxTemplate, RefreshedObject } from './outbox.ts';

/** The kind of an outbox item: it follows from what the item holds. */
export function kindOf(item: Item): OutboxKind {
  if (item.exportId !== undefined) return 'export';
  return item.object === undefined ? 'mail' : 'refresh';
}

/** The item of a message that waits. It stands in one list of the hour in which it was made, until it is done or stopped. */
export function toOutboxItem(message: OutboxMessage): Item {
  const { key, createdAt } = message;
  return toItem(keys.outbox(key), 'outbox', 1, {
    key,
    ...facts(message),
    createdAt: createdAt.toISOString(),
    list: outboxLists(utcHour(createdAt))[shardOf(key, outboxShards)] as string,
    listOrder: createdAt.toISOString(),
  });
}

function facts(message: OutboxMessage): object {
  switch (message.kind) {
    case 'mail': {
      const { template, paymentId, checkoutId } = message;
      return { template, paymentId, checkoutId };
    }
    case 'refresh': {
      const { object, objectId, eventId } = message;
      return { object, objectId, eventId };
    }
    case 'export':
      return { exportId: message.exportId };
  }
}

/** Whether a message that waits stands where the sweep looks; one that is done or stopped stands in no list. */
export function isSwept({ list, createdAt }: Item): boolean {
  return list === undefined || outboxLists(utcHour(new Date(createdAt as string))).includes(list as string);
}

/** A message as it stands in the table. */
export type StoredMessage<Kind extends OutboxKind = OutboxKind> = MessageOf<Kind> & {
  /** When it was sent or done; undefined while it waits. */
  readonly sentAt: Date | undefined;
  /** Why a person has to decide; undefined while it is done by itself. */
  readonly stopped: string | undefined;
  /** The key of the message by which a person sent it again. */
  readonly sentAgainAs: string | undefined;
};

/** Reads an outbox item. */
export function fromOutboxItem(item: Item): StoredMessage {
  return {
    ...messageOf(item),
    sentAt: item.sentAt ? new Date(item.sentAt as string) : undefined,
    stopped: item.stopped as string | undefined,
    sentAgainAs: item.sentAgainAs as string | undefined,
  };
}

function messageOf(item: Item): OutboxMessage {
  const common = { key: item.key as string, createdAt: new Date(item.createdAt as string) };
  const kind = kindOf(item);
  switch (kind) {
    case 'mail':
      return {
        kind,
        ...common,
        template: item.template as OutboxTemplate,
        paymentId: item.paymentId as string,
        checkoutId: item.checkoutId as string,
      };
    case 'refresh':
      return {
        kind,
        ...common,
        object: item.object as RefreshedObject,
        objectId: item.objectId as string,
        eventId: item.eventId as string,
      };
    case 'export':
      return { kind, ...common, exportId: item.exportId as string };
  }
}

/**
 * Narrows a message to the kind that its worker does.
 * @throws Error for another one: it came into the wrong queue
 */
export function requireKind<Kind extends OutboxKind>(
  message: StoredMessage,
  kind: Kind,
): StoredMessage<Kind> {
  if (message.kind !== kind) throw new Error(`Message ${message.key} is of the kind ${message.kind}.`);
  return message as StoredMessage<Kind>;
}

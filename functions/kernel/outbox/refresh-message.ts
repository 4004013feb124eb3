import type { Change } from '#platform/table/commit.ts';
import { type Key, keys } from '#platform/table/keys.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { waitingPlace } from './outbox-item.ts';

/** The kinds of Stripe's objects that are called for after an event: a dispute to be read again, a Session to be ended. */
export const refreshedObjects = ['dispute', 'session'] as const;

/** One of these kinds. */
export type RefreshedObject = (typeof refreshedObjects)[number];

/** An object of Stripe's to be called for, because an event told that it changed. */
export interface RefreshMessage {
  readonly object: RefreshedObject;
  /** Stripe's id of the object. */
  readonly objectId: string;
  /** Stripe's id of the event: each asks once. */
  readonly eventId: string;
  readonly createdAt: Date;
}

/** A message as it stands in the table. */
export interface StoredRefreshMessage extends RefreshMessage {
  readonly key: string;
  /** When the object was read again and its state written; undefined while it waits. */
  readonly sentAt: Date | undefined;
  /** Why a person has to look; undefined while it is done by itself. */
  readonly stopped: string | undefined;
}

/** The outbox key of a refresh. */
export function refreshKey({ object, eventId }: Pick<RefreshMessage, 'object' | 'eventId'>): string {
  return `refresh/${object}/${eventId}`;
}

/** The item of a refresh that waits. It stands in the list of its hour until it is done. */
export function toRefreshItem(message: RefreshMessage): Item {
  const key = refreshKey(message);
  return toItem(keys.outbox(key), 'outbox', 1, {
    key,
    object: message.object,
    objectId: message.objectId,
    eventId: message.eventId,
    createdAt: message.createdAt.toISOString(),
    ...waitingPlace({ key, createdAt: message.createdAt }),
  });
}

/** Reads a refresh's item. */
export function fromRefreshItem(item: Item): StoredRefreshMessage {
  return {
    key: item.key as string,
    object: item.object as RefreshedObject,
    objectId: item.objectId as string,
    eventId: item.eventId as string,
    createdAt: new Date(item.createdAt as string),
    sentAt: item.sentAt ? new Date(item.sentAt as string) : undefined,
    stopped: item.stopped as string | undefined,
  };
}

/** Takes a refresh out of the list of those that wait: a person has to look. */
export function toStoppedRefresh(at: Key, reason: string): Change {
  return {
    update: at,
    set: {
      expression: 'SET stopped = :reason REMOVE #list, listOrder',
      names: { '#list': 'list' },
      values: { ':reason': reason },
    },
  };
}

import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  PutItemCommand,
  type Update,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type Change, isNew, type PutAlong, toRequest } from './commit.ts';
import type { Key } from './keys.ts';
import { sendUntilFree } from './retry-on-conflict.ts';
import { fromAttributes, type Item, type Table } from './table.ts';
import { type Ending, setTimeToLive } from './time-to-live.ts';

/** A change that can be written without a transaction. */
export type SingleChange = Exclude<Change, PutAlong | { readonly check: Key }>;

/**
 * Writes one change in a write for itself: half of what a transaction costs. A transaction that holds the item is waited for.
 * @returns whether it was written: false when its condition does not hold
 */
export async function writeOne(table: Table, change: SingleChange): Promise<boolean> {
  return (await send(table, change)).written;
}

/**
 * Writes an item unless one is there already.
 * @returns the item that stood there, which is left as it was; undefined when this one was written
 */
export async function putNew(table: Table, item: Item): Promise<Item | undefined> {
  const { written, item: before } = await send(table, { put: item, condition: isNew });
  if (!written && !before) throw new Error(`The item that stands at ${item.pk} was left out of the answer.`);
  return before;
}

/** What an item counts; the first one counted makes the item. */
export interface Counter {
  readonly at: Key;
  readonly attribute: string;
  readonly entity: Ending;
  readonly version: number;
  /** When the item ends; each count sets it anew. */
  readonly endsAt: Date;
  /** Counts only while fewer than this were counted. */
  readonly below?: number | undefined;
  /** What is set besides, as `name = value` of an update; and what else must hold. */
  readonly set?: readonly string[];
  readonly condition?: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** Counts one more, as a change that may be part of a transaction. */
export function toIncrement(counter: Counter): Extract<Change, { readonly update: Key }> {
  const { at, attribute, entity, version, endsAt, below, set = [], condition } = counter;
  const fewer = below !== undefined && '(attribute_not_exists(#counted) OR #counted < :below)';
  const holds = [fewer, condition].filter(Boolean).join(' AND ');
  const end = setTimeToLive(entity, endsAt);
  const sets = ['entity = :entity', 'v = :v', end.expression, ...set];
  return {
    update: at,
    set: {
      expression: `ADD #counted :one SET ${sets.join(', ')}`,
      names: { '#counted': attribute, ...end.names, ...counter.names },
      values: {
        ':one': 1,
        ':entity': entity,
        ':v': version,
        ...end.values,
        ...(below !== undefined && { ':below': below }),
        ...counter.values,
      },
    },
    ...(holds && { condition: holds }),
  };
}

/**
 * Counts one more, in a write for itself.
 * @returns the item with it; undefined, and nothing counted, when a condition does not hold
 */
export async function increment(table: Table, counter: Counter): Promise<Item | undefined> {
  const { written, item } = await send(table, toIncrement(counter), 'ALL_NEW');
  return written ? item : undefined;
}

interface Sent {
  readonly written: boolean;
  /** What the update was asked to return; when nothing was written, the item that stood in the way. */
  readonly item: Item | undefined;
}

async function send(table: Table, change: SingleChange, returned?: 'ALL_NEW'): Promise<Sent> {
  const { Put, Update, Delete } = toRequest(table.name, change);
  const once = async () => {
    if (Put) return table.client.send(new PutItemCommand(Put));
    if (Delete) return table.client.send(new DeleteItemCommand(Delete));
    return table.client.send(new UpdateItemCommand({ ...(Update as Update), ReturnValues: returned }));
  };
  try {
    const { Attributes } = await sendUntilFree(once);
    return { written: true, item: Attributes && fromAttributes(Attributes) };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { written: false, item: error.Item && fromAttributes(error.Item) };
  }
}

import type { Expression } from './commit.ts';
import { read } from './read-item.ts';
import type { Item } from './table.ts';

/**
 * Every kind of item that ends by itself. AWS deletes one up to some days after its end, the embedded engine never: from its end on it
 * counts as gone. How the end of each kind is observed: decision 0037, with a test for each in `test/flows/ended-items.test.ts`.
 */
export type Ending =
  | 'complaint'
  | 'email'
  | 'failure'
  | 'guard'
  | 'limit'
  | 'once'
  | 'pace'
  | 'person'
  | 'person-request'
  | 'place'
  | 'receipt-data'
  | 'session'
  | 'starts'
  | 'trustee-link'
  | 'words';

/** The time to live of a new item: it ends at this moment, rounded up to whole seconds. */
export function timeToLive(_entity: Ending, end: Date): { readonly ttl: number } {
  return { ttl: Math.ceil(end.getTime() / 1000) };
}

/** The same as what an update sets. */
export function setTimeToLive(entity: Ending, end: Date): Required<Expression> {
  return {
    expression: '#ttl = :ttl',
    names: ttlName,
    values: { ':ttl': timeToLive(entity, end).ttl },
  };
}

/** Takes the time to live away, as a whole update: the item stays. */
export const removeTimeToLive = { expression: 'REMOVE #ttl', names: { '#ttl': 'ttl' } } as const;

const ttlName = removeTimeToLive.names;

/** The condition of an update that takes it away: there is one. */
export const hasTimeToLive = 'attribute_exists(#ttl)';

/** When an item ends; undefined for one that stays. */
export function endOf(item: Item): Date | undefined {
  const seconds = read(item).maybeInt('ttl');
  return seconds === undefined ? undefined : new Date(seconds * 1000);
}

/** Whether an item had ended at a moment. */
export function hasEnded(item: Item, asOf: Date): boolean {
  const end = endOf(item);
  return end !== undefined && end <= asOf;
}

/** The condition of an item that has ended; one without an end, or that is not there, does not fulfil it. */
export function ended(asOf: Date): Required<Expression> {
  return { expression: '#ttl <= :asOf', names: ttlName, values: asOfValue(asOf) };
}

/** The condition of an item that is there and has not ended. */
export function isThere(asOf: Date): Required<Expression> {
  return {
    expression: 'attribute_exists(pk) AND (attribute_not_exists(#ttl) OR #ttl > :asOf)',
    names: ttlName,
    values: asOfValue(asOf),
  };
}

function asOfValue(asOf: Date) {
  return { ':asOf': Math.floor(asOf.getTime() / 1000) };
}

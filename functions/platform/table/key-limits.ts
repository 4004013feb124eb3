import { UnusableKey } from '#platform/errors.ts';
import type { Key } from './keys.ts';

// Bytes of UTF-8 (DynamoDB's quotas, "Partition key length" and "Sort key length"); the same holds for the index's keys.
const longestPartitionKey = 2048;
const longestSortKey = 1024;

/**
 * Holds for every key before it is read or written: DynamoDB refuses one that is empty or too long, and would take a lone surrogate
 * for another text.
 * @throws UnusableKey, which the HTTP layer answers when a caller's own text is at fault
 */
export function requireUsableKey({ pk, sk }: Key): void {
  requireUsablePartition(pk);
  requireUsableOrder(sk);
}

/** The same for a partition key alone: of the table, or the name of a list. */
export function requireUsablePartition(name: string): void {
  requireUsable(name, longestPartitionKey);
}

/** The same for a sort key alone: of the table, or an item's place in a list. */
export function requireUsableOrder(order: string): void {
  requireUsable(order, longestSortKey);
}

function requireUsable(text: string, most: number): void {
  const isUsable = (part: string) => part !== '' && Buffer.byteLength(part) <= most && part.isWellFormed();
  if (!isUsable(text)) throw new UnusableKey(text, isUsable);
}

import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { KeyedHash } from '../platform/ids.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { windowAt } from './guard.ts';
import { guardLimits } from './guard-limits.ts';
import { TooManyProblem } from './too-many.ts';

/**
 * Counts a checkout of an address, in windows of ten minutes whose key holds the window.
 * @param most checkouts that one address may start in the window
 * @returns how many it has started in the window, with this one
 * @throws Problem `too-many-checkouts` that says when to try again
 */
export async function limitCheckouts(
  table: Table,
  hash: KeyedHash,
  address: string,
  now: Date,
  most: number = guardLimits.startsAnAddress,
): Promise<number> {
  const { start, end } = windowAt(now, guardLimits.window);
  const { pk, sk } = keys.limit(hash.of('address', network(address)), start.toISOString());
  try {
    const { Attributes } = await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression: 'ADD #count :one SET #ttl = :end, entity = :entity, v = :v',
        ConditionExpression: 'attribute_not_exists(#count) OR #count < :most',
        ExpressionAttributeNames: { '#count': 'count', '#ttl': 'ttl' },
        ExpressionAttributeValues: {
          ':one': 1,
          ':most': most,
          ':end': Math.ceil(end.getTime() / 1000),
          ':entity': 'limit',
          ':v': 1,
        },
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    return Attributes?.count as number;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    throw new TooManyProblem(now, end);
  }
}

/** What counts as one address: an IPv4 address, or the /64 network of an IPv6 one, which is what one household holds. */
export function network(address: string): string {
  const plain = address.toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain);
  if (mapped?.[1]) return mapped[1];
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const last = tail === '' ? [] : tail.split(':');
    while (groups.length + last.length < 8) groups.push('0');
    groups.push(...last);
  }
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

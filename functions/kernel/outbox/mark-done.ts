import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Key } from '#platform/table/keys.ts';
import type { Table } from '#platform/table/table.ts';

/**
 * Marks a message as sent or done, in a write for itself: half of what a transaction costs, and a duplicate of an event that comes at
 * this moment is not turned away.
 */
export async function markDone({ pk, sk }: Key, now: Date, table: Table): Promise<void> {
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: { pk, sk },
      UpdateExpression: 'SET sentAt = :now REMOVE #list, listOrder',
      ExpressionAttributeNames: { '#list': 'list' },
      ExpressionAttributeValues: { ':now': now.toISOString() },
    }),
  );
}

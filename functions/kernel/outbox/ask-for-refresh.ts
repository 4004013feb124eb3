import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '#platform/table/table.ts';
import { type RefreshMessage, toRefreshItem } from './refresh-message.ts';

/** What became of an event that asks for a refresh: `asked` now, or `duplicate` – it was asked before. */
export type Asked = 'asked' | 'duplicate';

/**
 * Asks that an object of Stripe's be read again: one put, no read. Each event asks once, however often it is told; an event that
 * is sent again after a person was called asks anew.
 */
export async function askForRefresh(table: Table, message: RefreshMessage): Promise<Asked> {
  try {
    await table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: toRefreshItem(message),
        ConditionExpression: 'attribute_not_exists(pk) OR attribute_exists(stopped)',
      }),
    );
    return 'asked';
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return 'duplicate';
  }
}

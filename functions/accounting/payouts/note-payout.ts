import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '#platform/table/table.ts';
import { type PayoutNews, toDuePayout } from './payout-item.ts';

/** Notes in one write that Stripe told of a payout; the books look at it on the next hour. */
export async function notePayout(table: Table, news: PayoutNews): Promise<'noted'> {
  const { update, set } = toDuePayout(news);
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: { pk: update.pk, sk: update.sk },
      UpdateExpression: set.expression,
      ExpressionAttributeNames: set.names,
      ExpressionAttributeValues: set.values,
    }),
  );
  return 'noted';
}

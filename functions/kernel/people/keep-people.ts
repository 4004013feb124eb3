import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Item, Table } from '#platform/table/table.ts';

/**
 * Keeps the data of people whose payment has appeared: takes away the time at which it would have ended. Data that was erased
 * stays so, and repeats write nothing.
 *
 * @param people items of people as they were read, those there are
 */
export async function keepPeople(table: Table, people: readonly (Item | undefined)[]): Promise<void> {
  for (const person of people) {
    if (person?.ttl === undefined) continue;
    try {
      await table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: { pk: person.pk, sk: person.sk },
          UpdateExpression: 'REMOVE #ttl',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeNames: { '#ttl': 'ttl' },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}

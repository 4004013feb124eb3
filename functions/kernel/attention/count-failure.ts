import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { keys } from '#platform/table/keys.ts';
import type { Table } from '#platform/table/table.ts';

/** What is not repeated for so long is over. Nightly tasks fail a day apart. */
const remembered = 2 * 24 * 3_600_000;

/** Something that failed in runs of a task, and has not ceased to since. */
export interface Failure {
  /** In how many runs. */
  readonly runs: number;
  readonly firstAt: Date;
}

/**
 * Counts that something failed in a run. A run that is repeated for the same time, as Lambda does, counts once.
 * @returns undefined when it was counted before
 */
export async function countFailure(
  table: Table,
  { kind, id }: { readonly kind: string; readonly id: string },
  now: Date,
): Promise<Failure | undefined> {
  const { pk, sk } = keys.failure(kind, id);
  try {
    const { Attributes: item } = await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression:
          'ADD #runs :one SET entity = :entity, v = :v, #kind = :kind, id = :id, lastAt = :now, #ttl = :ttl, ' +
          'firstAt = if_not_exists(firstAt, :now)',
        ConditionExpression: 'attribute_not_exists(lastAt) OR lastAt < :now',
        ExpressionAttributeNames: { '#runs': 'runs', '#kind': 'kind', '#ttl': 'ttl' },
        ExpressionAttributeValues: {
          ':one': 1,
          ':entity': 'failure',
          ':v': 1,
          ':kind': kind,
          ':id': id,
          ':now': now.toISOString(),
          ':ttl': Math.floor((now.getTime() + remembered) / 1000),
        },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return { runs: item?.runs as number, firstAt: new Date(item?.firstAt as string) };
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}

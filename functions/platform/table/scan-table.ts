import { ScanCommand, type ScanCommandInput, TransactGetItemsCommand } from '@aws-sdk/client-dynamodb';
import type { Key } from './keys.ts';
import { fromAttributes, type Item, type ItemsRead, type Table, toAttributes } from './table.ts';

/** How many parts of the table are read at once; each holds one page in memory. */
const segments = 4;
const aPage = 1000;

/**
 * Reads every item of some kinds, with all that was written before it began, several pages at once. It reads through the whole table:
 * for an audit, never for a request.
 * @param take is given a page; the next one of its part is read when it is done
 */
export async function scanTable(
  table: Table,
  entities: readonly string[],
  take: (page: Item[]) => Promise<void>,
): Promise<void> {
  const names = Object.fromEntries(entities.map((entity, index) => [`:e${index}`, entity]));
  const readPart = async (Segment: number) => {
    let start: ScanCommandInput['ExclusiveStartKey'];
    do {
      const answer = await table.client.send(
        new ScanCommand({
          TableName: table.name,
          Segment,
          TotalSegments: segments,
          ConsistentRead: true,
          Limit: aPage,
          FilterExpression: `entity IN (${Object.keys(names).join(', ')})`,
          ExpressionAttributeValues: toAttributes(names),
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      await take((answer.Items ?? []).map(fromAttributes));
      start = answer.LastEvaluatedKey;
    } while (start);
  };
  await Promise.all(Array.from({ length: segments }, (_, segment) => readPart(segment)));
}

/** Reads items as they stood at one moment; at most a hundred. */
export async function readTogether(table: Table, wanted: readonly Key[]): Promise<ItemsRead> {
  const answer = await table.client.send(
    new TransactGetItemsCommand({
      TransactItems: wanted.map(({ pk, sk }) => ({
        Get: { TableName: table.name, Key: { pk: { S: pk }, sk: { S: sk } } },
      })),
    }),
  );
  const items = (answer.Responses ?? []).flatMap(({ Item: item }) => (item ? [fromAttributes(item)] : []));
  const found = new Map(items.map((item) => [`${item.pk}\n${item.sk}`, item]));
  return { itemAt: ({ pk, sk }) => found.get(`${pk}\n${sk}`) };
}

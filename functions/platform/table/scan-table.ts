import { ScanCommand, TransactGetCommand } from '@aws-sdk/lib-dynamodb';
import type { Key } from './keys.ts';
import type { Item, ItemsRead, Table } from './table.ts';

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
    let start: Record<string, unknown> | undefined;
    do {
      const answer = await table.client.send(
        new ScanCommand({
          TableName: table.name,
          Segment,
          TotalSegments: segments,
          ConsistentRead: true,
          Limit: aPage,
          FilterExpression: `entity IN (${Object.keys(names).join(', ')})`,
          ExpressionAttributeValues: names,
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      await take((answer.Items ?? []) as Item[]);
      start = answer.LastEvaluatedKey;
    } while (start);
  };
  await Promise.all(Array.from({ length: segments }, (_, segment) => readPart(segment)));
}

/** Reads items as they stood at one moment; at most a hundred. */
export async function readTogether(table: Table, wanted: readonly Key[]): Promise<ItemsRead> {
  const answer = await table.client.send(
    new TransactGetCommand({
      TransactItems: wanted.map(({ pk, sk }) => ({ Get: { TableName: table.name, Key: { pk, sk } } })),
    }),
  );
  const found = new Map(
    (answer.Responses ?? []).flatMap(({ Item: item }) =>
      item ? [[`${item.pk}\n${item.sk}`, item as Item]] : [],
    ),
  );
  return { itemAt: ({ pk, sk }) => found.get(`${pk}\n${sk}`) };
}

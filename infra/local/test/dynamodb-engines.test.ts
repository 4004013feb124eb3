import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoDbClient } from '../cloud/dynamodb-client.ts';
import { EngineMissingError, engineOf, startDynamoDb } from '../cloud/dynamodb-engine.ts';
import type { RunningDynamoDb } from '../cloud/dynamodb-local.ts';
import type { StreamRecord } from '../cloud/stream-mapping.ts';
import { createWake, readStream } from '../cloud/streams.ts';
import { tableWithIndex } from './support/tables.ts';

const missing = {
  amazon: 'Java 17',
  embedded: 'platform of its own',
} as const;

/**
 * What the product relies on of DynamoDB, held against every engine that this machine has. What an engine does otherwise than
 * AWS is either here, and then it fails, or a rule of our own keeps the product from leaning on it.
 */
describe.each(
  (['amazon', 'embedded'] as const).map((engine) => {
    const has = hasEngine(engine);
    return { engine, has, title: `the ${engine} engine${has ? '' : ` (no ${missing[engine]})`}` };
  }),
)('$title', ({ engine, has }) => {
  let running: RunningDynamoDb;
  let base: DynamoDBClient;
  let client: DynamoDBDocumentClient;
  let streamArn = '';
  const name = 'contract';

  beforeAll(async () => {
    if (!has) return;
    running = await startDynamoDb({ engine, port: { port: 0 } });
    base = new DynamoDBClient({
      endpoint: running.url,
      region: 'ap-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    });
    client = DynamoDBDocumentClient.from(base);
    const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } as const;
    await base.send(new CreateTableCommand({ ...tableWithIndex, TableName: name, StreamSpecification }));
    const described = await base.send(new DescribeTableCommand({ TableName: name }));
    streamArn = described.Table?.LatestStreamArn ?? '';
  });
  afterAll(async () => {
    base?.destroy();
    await running?.close();
  });

  const put = (item: Record<string, unknown>, condition?: string) =>
    client.send(
      new PutCommand({ TableName: name, Item: item, ...(condition && { ConditionExpression: condition }) }),
    );
  const get = async (pk: string, sk = '-') =>
    (await client.send(new GetCommand({ TableName: name, Key: { pk, sk }, ConsistentRead: true }))).Item;

  it.runIf(has)(
    'writes all of a transaction or nothing, and says which condition failed with the item that was there',
    async () => {
      await put({ pk: 'there', sk: '-', value: 1 });
      const refused = await client
        .send(
          new TransactWriteCommand({
            TransactItems: [
              { Put: { TableName: name, Item: { pk: 'new', sk: '-' } } },
              {
                Put: {
                  TableName: name,
                  Item: { pk: 'there', sk: '-', value: 2 },
                  ConditionExpression: 'attribute_not_exists(pk)',
                  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
                },
              },
            ],
          }),
        )
        .catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(TransactionCanceledException);
      const reasons = (refused as TransactionCanceledException).CancellationReasons ?? [];
      expect(reasons.map(({ Code }) => Code)).toEqual(['None', 'ConditionalCheckFailed']);
      expect(reasons[1]?.Item).toEqual({ pk: { S: 'there' }, sk: { S: '-' }, value: { N: '1' } });
      expect(await get('new')).toBeUndefined();
      expect(await get('there')).toMatchObject({ value: 1 });
    },
  );

  it.runIf(has)('lets exactly one of 32 writers make an item', async () => {
    const made = await Promise.allSettled(
      Array.from({ length: 32 }, (_, writer) =>
        put({ pk: 'once', sk: '-', writer }, 'attribute_not_exists(pk)'),
      ),
    );
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it.runIf(has)('loses no step of 32 transactions that add to one counter', async () => {
    const add = async (): Promise<void> => {
      for (let attempt = 0; attempt < 200; attempt += 1) {
        const outcome = await client
          .send(
            new TransactWriteCommand({
              TransactItems: [
                {
                  Update: {
                    TableName: name,
                    Key: { pk: 'counter', sk: '-' },
                    UpdateExpression: 'ADD amount :amount',
                    ExpressionAttributeValues: { ':amount': 7 },
                  },
                },
                { Put: { TableName: name, Item: { pk: `step-${crypto.randomUUID()}`, sk: '-' } } },
              ],
            }),
          )
          .catch((error: unknown) => error);
        if (!(outcome instanceof Error)) return;
        if (!(outcome instanceof TransactionCanceledException)) throw outcome;
      }
      throw new Error('The transaction was cancelled 200 times.');
    };
    await Promise.all(Array.from({ length: 32 }, add));
    expect(await get('counter')).toMatchObject({ amount: 32 * 7 });
  });

  it.runIf(has)(
    'refuses a condition on an item that is not there, and an update of one makes it',
    async () => {
      const update = (condition?: string) =>
        client.send(
          new UpdateCommand({
            TableName: name,
            Key: { pk: 'made-by-update', sk: '-' },
            UpdateExpression: 'SET #list = :list REMOVE gone',
            ...(condition && { ConditionExpression: condition }),
            ExpressionAttributeNames: { '#list': 'words' },
            ExpressionAttributeValues: { ':list': ['多謝', 1, true, null, { deep: [] }] },
          }),
        );
      await expect(update('attribute_exists(pk)')).rejects.toThrow('The conditional request failed');
      await update();
      expect(await get('made-by-update')).toEqual({
        pk: 'made-by-update',
        sk: '-',
        words: ['多謝', 1, true, null, { deep: [] }],
      });
    },
  );

  it.runIf(has).each([
    ['a partition key of 2,048 bytes', { pk: 'p'.repeat(2048), sk: '-' }, undefined],
    ['a partition key of 2,049 bytes', { pk: 'p'.repeat(2049), sk: '-' }, /2048/],
    ['a sort key of 1,024 bytes', { pk: 'limits', sk: 's'.repeat(1024) }, undefined],
    ['a sort key of 1,025 bytes', { pk: 'limits', sk: 's'.repeat(1025) }, /1024/],
    ['an empty partition key', { pk: '', sk: '-' }, /empty/i],
    ['an item above 400 kB', { pk: 'large', sk: '-', text: 'x'.repeat(410_000) }, /size/i],
  ])('keeps the limits: %s', async (_, item, refusal) => {
    if (refusal) await expect(put(item)).rejects.toThrow(refusal);
    else await put(item);
  });

  it.runIf(has)('takes 100 items in a transaction, and neither 101 nor two actions on one item', async () => {
    const puts = (count: number, keyOf: (index: number) => string) =>
      client.send(
        new TransactWriteCommand({
          TransactItems: Array.from({ length: count }, (_, index) => ({
            Put: { TableName: name, Item: { pk: keyOf(index), sk: 'hundred' } },
          })),
        }),
      );
    await puts(100, (index) => `many-${index}`);
    await expect(puts(101, (index) => `more-${index}`)).rejects.toThrow();
    await expect(puts(2, () => 'same')).rejects.toThrow(/multiple operations on one item/i);
    expect(await get('same', 'hundred')).toBeUndefined();
  });

  it.runIf(has)('pages through a list whose items have equal places, each once', async () => {
    const wanted = Array.from({ length: 40 }, (_, index) => `paged-${String(index).padStart(2, '0')}`);
    for (const pk of wanted) await put({ pk, sk: '-', list: 'equal', listOrder: 'same' });
    const found: string[] = [];
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: name,
          IndexName: 'lists',
          KeyConditionExpression: '#list = :list',
          ExpressionAttributeNames: { '#list': 'list' },
          ExpressionAttributeValues: { ':list': 'equal' },
          Limit: 7,
          ExclusiveStartKey,
        }),
      );
      found.push(...(page.Items ?? []).map(({ pk }) => String(pk)));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    expect(found.toSorted()).toEqual(wanted);
  });

  it.runIf(has)('takes an item out of a list when it loses the place', async () => {
    await put({ pk: 'listed', sk: '-', list: 'work', listOrder: '1' });
    await client.send(
      new UpdateCommand({
        TableName: name,
        Key: { pk: 'listed', sk: '-' },
        UpdateExpression: 'REMOVE #list, listOrder',
        ExpressionAttributeNames: { '#list': 'list' },
      }),
    );
    const { Items } = await client.send(
      new QueryCommand({
        TableName: name,
        IndexName: 'lists',
        KeyConditionExpression: '#list = :list',
        ExpressionAttributeNames: { '#list': 'list' },
        ExpressionAttributeValues: { ':list': 'work' },
      }),
    );
    expect(Items).toEqual([]);
  });

  it.runIf(has)('reads 100 keys in one batch, and says nothing of those that are not there', async () => {
    const Keys = Array.from({ length: 100 }, (_, index) => ({ pk: `many-${index}`, sk: 'hundred' }));
    const read = await client.send(
      new BatchGetCommand({
        RequestItems: { [name]: { Keys: [...Keys.slice(1), { pk: 'absent', sk: '-' }] } },
      }),
    );
    expect(read.Responses?.[name]).toHaveLength(99);
  });

  it.runIf(has)('does one thing once under a token, and refuses the token for another', async () => {
    const add = (amount: number) =>
      client.send(
        new TransactWriteCommand({
          ClientRequestToken: 'a-token-of-ours',
          TransactItems: [
            {
              Update: {
                TableName: name,
                Key: { pk: 'tokened', sk: '-' },
                UpdateExpression: 'ADD amount :amount',
                ExpressionAttributeValues: { ':amount': amount },
              },
            },
          ],
        }),
      );
    await add(1);
    await add(1);
    await expect(add(2)).rejects.toMatchObject({ name: 'IdempotentParameterMismatchException' });
    expect(await get('tokened')).toMatchObject({ amount: 1 });
  });

  it.runIf(has)('writes each change of an item to the stream in order, with what was before', async () => {
    for (let value = 1; value <= 20; value += 1) await put({ pk: 'streamed', sk: '-', value });
    const seen: StreamRecord[] = [];
    let closed = false;
    const wake = createWake();
    await readStream({
      call: dynamoDbClient(running.url, 'ap-east-1'),
      streamArn,
      startingPosition: 'TRIM_HORIZON',
      wake,
      closed: () => closed,
      deliver: async (_, records) => {
        const ours = records.filter((record) => keyOf(record) === 'streamed');
        seen.push(...ours);
        if (seen.length >= 20) {
          closed = true;
          wake.now();
        }
      },
    });
    expect(seen.map((record) => imageOf(record, 'NewImage'))).toEqual(
      Array.from({ length: 20 }, (_, index) => String(index + 1)),
    );
    expect(seen.map((record) => imageOf(record, 'OldImage'))).toEqual([
      undefined,
      ...Array.from({ length: 19 }, (_, index) => String(index + 1)),
    ]);
    expect(seen.map(({ eventName }) => eventName)).toEqual(['INSERT', ...Array(19).fill('MODIFY')]);
  });
});

function hasEngine(engine: 'amazon' | 'embedded'): boolean {
  try {
    return engineOf({ asked: engine, keepsData: false }) === engine;
  } catch (error) {
    if (error instanceof EngineMissingError) return false;
    throw error;
  }
}

type Image = Record<string, { readonly S?: string; readonly N?: string }> | undefined;

function keyOf({ dynamodb }: StreamRecord): string | undefined {
  return (dynamodb.Keys as Image)?.pk?.S;
}

function imageOf({ dynamodb }: StreamRecord, image: 'NewImage' | 'OldImage'): string | undefined {
  return (dynamodb[image] as Image)?.value?.N;
}

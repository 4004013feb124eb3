import { BatchGetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { dynamoDbClient } from '../cloud/dynamodb-client.ts';
import type { StreamRecord } from '../cloud/stream-mapping.ts';
import { createWake, readStream } from '../cloud/streams.ts';
import { onEveryEngine, TableName } from './support/every-engine.ts';

onEveryEngine(({ client, put, url, streamArn }) => {
  it('pages through a list whose items have equal places, each once', async () => {
    const wanted = Array.from({ length: 40 }, (_, index) => `paged-${String(index).padStart(2, '0')}`);
    for (const pk of wanted) await put({ pk, sk: '-', list: 'equal', listOrder: 'same' });
    const found: string[] = [];
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const page = await client().send(
        new QueryCommand({
          TableName,
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

  it('takes an item out of a list when it loses the place', async () => {
    await put({ pk: 'listed', sk: '-', list: 'work', listOrder: '1' });
    await client().send(
      new UpdateCommand({
        TableName,
        Key: { pk: 'listed', sk: '-' },
        UpdateExpression: 'REMOVE #list, listOrder',
        ExpressionAttributeNames: { '#list': 'list' },
      }),
    );
    const { Items } = await client().send(
      new QueryCommand({
        TableName,
        IndexName: 'lists',
        KeyConditionExpression: '#list = :list',
        ExpressionAttributeNames: { '#list': 'list' },
        ExpressionAttributeValues: { ':list': 'work' },
      }),
    );
    expect(Items).toEqual([]);
  });

  it('reads 100 keys in one batch, and says nothing of those that are not there', async () => {
    const there = Array.from({ length: 99 }, (_, index) => ({ pk: `batch-${index}`, sk: '-' }));
    await Promise.all(there.map((key) => put(key)));
    const read = await client().send(
      new BatchGetCommand({
        RequestItems: { [TableName]: { Keys: [...there, { pk: 'absent', sk: '-' }] } },
      }),
    );
    expect(read.Responses?.[TableName]).toHaveLength(99);
  });

  it('writes each change of an item to the stream in order, with what was before', async () => {
    for (let value = 1; value <= 20; value += 1) await put({ pk: 'streamed', sk: '-', value });
    const seen: StreamRecord[] = [];
    let closed = false;
    const wake = createWake();
    await readStream({
      call: dynamoDbClient(url(), 'ap-east-1'),
      streamArn: streamArn(),
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

type Image = Record<string, { readonly S?: string; readonly N?: string }> | undefined;

function keyOf({ dynamodb }: StreamRecord): string | undefined {
  return (dynamodb.Keys as Image)?.pk?.S;
}

function imageOf({ dynamodb }: StreamRecord, image: 'NewImage' | 'OldImage'): string | undefined {
  return (dynamodb[image] as Image)?.value?.N;
}

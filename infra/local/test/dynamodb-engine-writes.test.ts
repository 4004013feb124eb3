import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { onEveryEngine, TableName } from './support/every-engine.ts';

onEveryEngine(({ client, put, get }) => {
  it('writes all of a transaction or nothing, and says which condition failed with the item that was there', async () => {
    await put({ pk: 'there', sk: '-', value: 1 });
    const refused = await client()
      .send(
        new TransactWriteCommand({
          TransactItems: [
            { Put: { TableName, Item: { pk: 'new', sk: '-' } } },
            {
              Put: {
                TableName,
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
  });

  it('lets exactly one of 32 writers make an item', async () => {
    const made = await Promise.allSettled(
      Array.from({ length: 32 }, (_, writer) =>
        put({ pk: 'once', sk: '-', writer }, 'attribute_not_exists(pk)'),
      ),
    );
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('loses no step of 32 transactions that add to one counter', async () => {
    const add = async (): Promise<void> => {
      for (let attempt = 0; attempt < 200; attempt += 1) {
        const outcome = await client()
          .send(
            new TransactWriteCommand({
              TransactItems: [
                {
                  Update: {
                    TableName,
                    Key: { pk: 'counter', sk: '-' },
                    UpdateExpression: 'ADD amount :amount',
                    ExpressionAttributeValues: { ':amount': 7 },
                  },
                },
                { Put: { TableName, Item: { pk: `step-${crypto.randomUUID()}`, sk: '-' } } },
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

  it('refuses a condition on an item that is not there, and an update of one makes it', async () => {
    const update = (condition?: string) =>
      client().send(
        new UpdateCommand({
          TableName,
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
  });

  it.each([
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

  it('takes 100 items in a transaction, and neither 101 nor two actions on one item', async () => {
    const puts = (count: number, keyOf: (index: number) => string) =>
      client().send(
        new TransactWriteCommand({
          TransactItems: Array.from({ length: count }, (_, index) => ({
            Put: { TableName, Item: { pk: keyOf(index), sk: 'hundred' } },
          })),
        }),
      );
    await puts(100, (index) => `many-${index}`);
    await expect(puts(101, (index) => `more-${index}`)).rejects.toThrow();
    await expect(puts(2, () => 'same')).rejects.toThrow(/multiple operations on one item/i);
    expect(await get('same', 'hundred')).toBeUndefined();
  });

  it('does one thing once under a token, and refuses the token for another', async () => {
    const add = (amount: number) =>
      client().send(
        new TransactWriteCommand({
          ClientRequestToken: 'a-token-of-ours',
          TransactItems: [
            {
              Update: {
                TableName,
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
});

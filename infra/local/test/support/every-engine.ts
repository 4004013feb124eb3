import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe } from 'vitest';
import { startDynamoDb } from '../../cloud/dynamodb-engine.ts';
import type { RunningDynamoDb } from '../../cloud/dynamodb-local.ts';
import { hasEngine } from './engine.ts';
import { tableWithIndex } from './tables.ts';

const missing = {
  amazon: 'Java 17',
  embedded: 'platform of its own',
} as const;

/** One engine while its tests run, with an empty table that has a stream. */
interface EngineUnderTest {
  readonly url: () => string;
  readonly client: () => DynamoDBDocumentClient;
  readonly streamArn: () => string;
  readonly put: (item: Record<string, unknown>, condition?: string) => Promise<unknown>;
  readonly get: (pk: string, sk?: string) => Promise<Record<string, unknown> | undefined>;
}

export const TableName = 'contract';

/**
 * Holds what the product relies on of DynamoDB against every engine that this machine has. What an engine does otherwise than AWS is
 * either there, and then it fails, or a rule of our own keeps the product from leaning on it.
 */
export function onEveryEngine(contract: (engine: EngineUnderTest) => void): void {
  for (const engine of ['amazon', 'embedded'] as const) {
    const has = hasEngine(engine);
    describe.runIf(has)(`the ${engine} engine${has ? '' : ` (no ${missing[engine]})`}`, () => {
      let running: RunningDynamoDb;
      let client: DynamoDBDocumentClient;
      let streamArn = '';

      beforeAll(async () => {
        running = await startDynamoDb({ engine, port: { port: 0 } });
        client = DynamoDBDocumentClient.from(
          new DynamoDBClient({
            endpoint: running.url,
            region: 'ap-east-1',
            credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
            maxAttempts: 1,
          }),
        );
        const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } as const;
        await client.send(new CreateTableCommand({ ...tableWithIndex, TableName, StreamSpecification }));
        const described = await client.send(new DescribeTableCommand({ TableName }));
        streamArn = described.Table?.LatestStreamArn ?? '';
      });
      afterAll(async () => {
        client?.destroy();
        await running?.close();
      });

      contract({
        url: () => running.url,
        client: () => client,
        streamArn: () => streamArn,
        put: (Item, condition) =>
          client.send(
            new PutCommand({ TableName, Item, ...(condition && { ConditionExpression: condition }) }),
          ),
        get: async (pk, sk = '-') =>
          (await client.send(new GetCommand({ TableName, Key: { pk, sk }, ConsistentRead: true }))).Item,
      });
    });
  }
}

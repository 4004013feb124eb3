import type { Model, ModelResource } from '../template/model.ts';
import { type DynamoDbCall, DynamoDbError } from './dynamodb-client.ts';
import type { TableKeys } from './dynamodb-gateway.ts';

/** A table of the template, made. */
export interface LocalTable {
  readonly name: string;
  readonly arn: string;
  /** The ARN by which the template names the stream. */
  readonly streamArn: string;
  /** The ARN by which DynamoDB Local names it; absent without a stream. */
  readonly localStreamArn?: string;
  /** Whether the table was there before: its stream's past has been read by an earlier run. */
  readonly existed: boolean;
}

interface TableDescription {
  Table: { LatestStreamArn?: string; KeySchema: unknown };
}

/** Writes what a new table holds from the beginning. */
export type Fill = (tableName: string) => Promise<void>;

/**
 * Makes every table of the template with its indexes, stream and TTL, or takes the one that is there.
 * @param fill is asked for each table that is made; as with one that is restored on AWS, its stream has no record of it
 */
export async function createTables(
  model: Model,
  call: DynamoDbCall,
  fill?: Fill,
): Promise<readonly LocalTable[]> {
  return Promise.all(model.of('AWS::DynamoDB::GlobalTable').map((table) => createTable(table, call, fill)));
}

async function createTable(
  table: ModelResource<'AWS::DynamoDB::GlobalTable'>,
  call: DynamoDbCall,
  fill: Fill | undefined,
): Promise<LocalTable> {
  const { properties, ref: name } = table;
  const { StreamSpecification: stream, TimeToLiveSpecification: ttl } = properties;
  const indexes = properties.GlobalSecondaryIndexes?.map((index) => ({
    IndexName: index.IndexName,
    KeySchema: index.KeySchema,
    Projection: index.Projection,
  }));
  const existed = await call('CreateTable', {
    TableName: name,
    KeySchema: properties.KeySchema,
    AttributeDefinitions: properties.AttributeDefinitions,
    BillingMode: properties.BillingMode,
    ...(indexes && { GlobalSecondaryIndexes: indexes }),
  }).then(
    () => false,
    (error: unknown) => {
      if (error instanceof DynamoDbError && error.code === 'ResourceInUseException') return true;
      throw error;
    },
  );
  if (ttl && !existed) await call('UpdateTimeToLive', { TableName: name, TimeToLiveSpecification: ttl });
  if (!existed) await fill?.(name);
  const describe = () => call<TableDescription>('DescribeTable', { TableName: name });
  if (stream && !(await describe()).Table.LatestStreamArn) {
    const StreamSpecification = { StreamEnabled: true, ...stream };
    await call('UpdateTable', { TableName: name, StreamSpecification });
  }
  const { Table: made } = await describe();
  return {
    name,
    existed,
    arn: table.attribute('Arn'),
    streamArn: table.attribute('StreamArn'),
    ...(made.LatestStreamArn && { localStreamArn: made.LatestStreamArn }),
  };
}

/** The names, ARNs and partition keys of the template's tables and their indexes. A table may be named by its ARN too. */
export function tableKeys(model: Model): TableKeys {
  const { region, account } = model.place;
  const arnOf = (table: string) =>
    table.startsWith('arn:') ? table : `arn:aws:dynamodb:${region}:${account}:table/${table}`;
  const tables = new Map(
    model.of('AWS::DynamoDB::GlobalTable').map((table) => [table.attribute('Arn'), table.properties]),
  );
  return {
    arnOf,
    partitionKeyOf: (name, index) => {
      const table = tables.get(arnOf(name));
      const indexes = table?.GlobalSecondaryIndexes ?? [];
      const schema =
        index === undefined
          ? table?.KeySchema
          : indexes.find(({ IndexName }) => IndexName === index)?.KeySchema;
      return schema?.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName;
    },
  };
}

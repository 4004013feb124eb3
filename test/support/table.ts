import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';
import { type Item, openTable, type Table } from '#platform/table/table.ts';
import { shuffleAttributes } from './attribute-order.ts';
import { keepRequestRules } from './request-rules.ts';

/** The engines check no signature, and to make one for each request takes time; the functions of the local cloud sign theirs. */
const unsigned = {
  'x-amz-date': '20260101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=test/20260101/ap-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
};

/** A client of DynamoDB Local, or of what stands in front of it. It sends nothing that breaks a rule of requests. */
function clientOf(endpoint = inject('dynamodbUrl')): DynamoDBClient {
  return keepRequestRules(
    new DynamoDBClient({
      endpoint,
      region: 'ap-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      signer: {
        sign: async (request) => Object.assign(request, { headers: { ...request.headers, ...unsigned } }),
      },
    }),
  );
}

/** With `ATTRIBUTE_ORDER=<a whole number>` every table answers with its attributes in another order each time, which the number decides. */
const attributeOrder = process.env.ATTRIBUTE_ORDER;

function opened(name: string, client: DynamoDBClient): Table {
  const translate = { marshallOptions: { removeUndefinedValues: true } };
  const table = openTable(name, DynamoDBDocumentClient.from(client, translate));
  return attributeOrder ? shuffleAttributes(table, Number(attributeOrder)) : table;
}

/** A fresh, empty table of the template's definition. */
export async function freshTable(): Promise<Table> {
  const client = clientOf();
  const name = `test-${randomUUID()}`;
  const definition = JSON.parse(inject('tableDefinition')) as Omit<CreateTableCommandInput, 'TableName'>;
  await client.send(new CreateTableCommand({ ...definition, TableName: name }));
  return opened(name, client);
}

/** Takes a table away, with its client. */
export async function dropTable(table: Table): Promise<void> {
  await table.client.send(new DeleteTableCommand({ TableName: table.name }));
  table.client.destroy();
}

/** Writes items into a table; at most 25. */
export async function putAll(table: Table, items: readonly Item[]): Promise<void> {
  const requests = items.map((Item) => ({ PutRequest: { Item } }));
  await table.client.send(new BatchWriteCommand({ RequestItems: { [table.name]: requests } }));
}

/** A table that is there already. */
export function existingTable(name: string): Table {
  return opened(name, clientOf());
}

/** The same table, reached through another address. */
export function through(endpoint: string, table: Table): Table {
  return opened(table.name, clientOf(endpoint));
}

/** Every item of the table, in no order; of one entity when it is named. */
export async function everything(table: Table, entity?: string): Promise<Item[]> {
  const items: Item[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await table.client.send(
      new ScanCommand({
        TableName: table.name,
        ConsistentRead: true,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    items.push(...((page.Items ?? []) as Item[]));
    start = page.LastEvaluatedKey;
  } while (start);
  return entity ? items.filter((item) => item.entity === entity) : items;
}

/** A request that a client sent, as the SDK wrote it. */
export interface SentRequest {
  readonly operation: string;
  readonly input: Record<string, unknown>;
}

/** Records each request that goes out through the table's client. */
export function watchRequests(table: Table): SentRequest[] {
  const sent: SentRequest[] = [];
  table.client.middlewareStack.add(
    (next, context) => (args) => {
      sent.push({
        operation: String((context as { commandName?: string }).commandName).replace(/Command$/, ''),
        input: args.input as Record<string, unknown>,
      });
      return next(args);
    },
    { step: 'finalizeRequest', name: 'watchRequests' },
  );
  return sent;
}

import type { IncomingHttpHeaders } from 'node:http';
import { type Caller, type Need, refusalOf } from '../template/access.ts';
import { post } from './post.ts';
import { jsonError, type Report, type ServiceCall } from './services.ts';
import { readStatement, type Statement } from './statements.ts';

/** An attribute as DynamoDB's JSON has it: its type, then its value. */
type Attributes = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A request for one item, or a part of a request. */
interface ItemInput {
  TableName?: string;
  Item?: Attributes;
  Key?: Attributes;
}

interface TableInput extends ItemInput {
  IndexName?: string;
  KeyConditionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Attributes;
  RequestItems?: Record<string, unknown>;
  TransactItems?: Record<string, ItemInput>[];
  Statements?: Statement[];
}

/** Names of tables and indexes, and of their partition keys. */
export interface TableKeys {
  readonly arnOf: (table: string) => string;
  /** @returns undefined for a table or index that is not there */
  readonly partitionKeyOf: (table: string, index?: string) => string | undefined;
}

const transactActions: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};
const itemOperations = new Set([
  'GetItem',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'Query',
  'Scan',
  'DescribeTable',
]);

/**
 * The actions and resources an operation needs, by IAM's rules for DynamoDB: there is no action for a transaction, each of
 * its items needs its own, and so does each statement of PartiQL; a batch needs the batch's action on each table; a query of an index needs the index alone. The key
 * `dynamodb:LeadingKeys` holds the partition keys of the items: of a transaction's item its own, of a batch those of all its
 * items on a table, of a query that of its condition, of a scan none.
 *
 * @returns undefined for an operation the local cloud does not know
 */
export function dynamoDbNeeds(
  operation: string,
  input: TableInput,
  tables: TableKeys,
): readonly Need[] | undefined {
  const need = (
    name: string,
    table: string,
    keys: readonly (string | undefined)[],
    index?: string,
  ): Need => ({
    action: `dynamodb:${name}`,
    resource: tables.arnOf(table) + (index === undefined ? '' : `/index/${index}`),
    context: leadingKeys(keys),
  });
  if (operation === 'TransactWriteItems' || operation === 'TransactGetItems') {
    return (input.TransactItems ?? []).flatMap((item) =>
      Object.entries(item).map(([kind, one]) =>
        need(transactActions[kind] ?? kind, one.TableName ?? '', [
          partitionOf(one.TableName, kind === 'Put' ? one.Item : one.Key, tables),
        ]),
      ),
    );
  }
  if (operation === 'BatchGetItem' || operation === 'BatchWriteItem') {
    return Object.entries(input.RequestItems ?? {}).map(([table, wanted]) =>
      need(
        operation,
        table,
        itemsOf(wanted).map((item) => partitionOf(table, item, tables)),
      ),
    );
  }
  if (operation === 'BatchExecuteStatement') {
    const written = (input.Statements ?? []).map(readStatement);
    const known = written.filter((each) => each !== undefined);
    if (known.length < written.length) return undefined;
    return known.map(({ action, TableName, Key }) =>
      need(action, TableName, [partitionOf(TableName, Key, tables)]),
    );
  }
  if (!itemOperations.has(operation)) return undefined;
  const { TableName = '', IndexName } = input;
  const item = operation === 'PutItem' ? input.Item : input.Key;
  const key = operation === 'Query' ? queried(input, tables) : partitionOf(TableName, item, tables);
  return [need(operation, TableName, [key], IndexName)];
}

/** Without a key where one of the items has none: then no condition on it can hold. */
function leadingKeys(keys: readonly (string | undefined)[]): NonNullable<Need['context']> {
  const known = keys.filter((key) => key !== undefined);
  return known.length > 0 && known.length === keys.length ? { 'dynamodb:LeadingKeys': known } : {};
}

/** The partition key of an item, or of a key, that a request names. */
function partitionOf(
  table: string | undefined,
  item: Attributes | undefined,
  tables: TableKeys,
): string | undefined {
  const name = tables.partitionKeyOf(table ?? '');
  return name === undefined ? undefined : plain(item?.[name]);
}

/** The items of a batch on one table: `Keys` of what is read, requests to put and delete of what is written. */
function itemsOf(wanted: unknown): (Attributes | undefined)[] {
  if (!Array.isArray(wanted)) return (wanted as { Keys?: Attributes[] }).Keys ?? [];
  return (wanted as { PutRequest?: ItemInput; DeleteRequest?: ItemInput }[]).flatMap(
    ({ PutRequest, DeleteRequest }) => [
      ...(PutRequest ? [PutRequest.Item] : []),
      ...(DeleteRequest ? [DeleteRequest.Key] : []),
    ],
  );
}

/** The partition key that a query's condition asks for: `pk = :pk`, on either side of AND, by its name or a placeholder. */
function queried(input: TableInput, tables: TableKeys): string | undefined {
  const name = tables.partitionKeyOf(input.TableName ?? '', input.IndexName);
  for (const [, left = '', right = ''] of (input.KeyConditionExpression ?? '').matchAll(
    /(#?[A-Za-z0-9_.-]+)\s*=\s*(:[A-Za-z0-9_]+)/g,
  )) {
    const attribute = left.startsWith('#') ? input.ExpressionAttributeNames?.[left] : left;
    if (attribute !== undefined && attribute === name) return plain(input.ExpressionAttributeValues?.[right]);
  }
  return undefined;
}

function plain(attribute: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const value = attribute?.S ?? attribute?.N ?? attribute?.B;
  return typeof value === 'string' ? value : undefined;
}

/** What stands before DynamoDB Local, which knows no IAM: it refuses what the caller's role does not grant. */
export function dynamoDbGateway(options: {
  url: string;
  tables: TableKeys;
  report: Report;
  /** Called after each call that may have written, so that stream readers need not wait for their next poll. */
  written: () => void;
}): ServiceCall {
  return async (caller: Caller, operation: string, request: Request) => {
    const body = await request.text();
    const needs = dynamoDbNeeds(operation, JSON.parse(body) as TableInput, options.tables);
    if (!needs) {
      const message = `The local cloud does not know the DynamoDB operation ${operation}.`;
      options.report(`${caller.name}: ${message}`);
      return jsonError('com.amazon.coral.service#UnknownOperationException', message);
    }
    const refusal = refusalOf(caller, needs);
    if (refusal) {
      options.report(`${caller.name} was refused by DynamoDB: ${refusal}`);
      return jsonError('com.amazon.coral.service#AccessDeniedException', refusal);
    }
    const answer = await post(
      options.url,
      {
        'content-type': request.headers.get('content-type') ?? 'application/x-amz-json-1.0',
        'x-amz-target': request.headers.get('x-amz-target') ?? '',
        'x-amz-date': request.headers.get('x-amz-date') ?? '',
        authorization: request.headers.get('authorization') ?? '',
        'accept-encoding': 'identity',
      },
      body,
    );
    if (/Put|Update|Delete|Write/.test(operation)) options.written();
    return new Response(new Uint8Array(answer.body), {
      status: answer.status,
      headers: answerHeaders(answer.headers),
    });
  };
}

function answerHeaders(from: IncomingHttpHeaders): Record<string, string> {
  const found = ['content-type', 'x-amz-crc32', 'x-amzn-requestid'].map((name) => [name, from[name]]);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

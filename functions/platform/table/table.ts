import {
  type AttributeValue,
  BatchGetItemCommand,
  DynamoDBClient,
  DynamoDBServiceException,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { callLimits } from '#platform/call-limits.ts';
import { jitter } from './jitter.ts';
import { requireUsableKey, requireUsableOrder, requireUsablePartition } from './key-limits.ts';
import { type Key, listsIndex } from './keys.ts';
import { recordThrottling } from './record-throttling.ts';

/** An item as the document client gives it: names and plain values. */
export type Item = Readonly<Record<string, unknown>> & Key;

/**
 * An item under its key, with what kind it is and in which version of that kind it is written.
 * @param attributes all the rest
 * @throws UnusableKey for its key, its list or its place there
 */
export function toItem(key: Key, entity: string, version: number, attributes: object): Item {
  requireUsableKey(key);
  const { list, listOrder } = attributes as { readonly list?: string; readonly listOrder?: string };
  if (list !== undefined) requireUsablePartition(list);
  if (listOrder !== undefined) requireUsableOrder(listOrder);
  // Whatever has a name first: V8 takes microseconds for each property that follows a spread.
  return { pk: key.pk, sk: key.sk, entity, v: version, ...attributes };
}

/** The one table, with the client to reach it. */
export interface Table {
  readonly name: string;
  readonly client: DynamoDBDocumentClient;
}

/** Whether an error is an answer of the table, not of ours or of another service. */
export function isOfTable(error: unknown): boolean {
  return error instanceof DynamoDBServiceException;
}

/** Plain values as DynamoDB's own: the document client would first copy and look through whole commands. */
export function toAttributes(plain: object): Record<string, AttributeValue> {
  return marshall(plain, { removeUndefinedValues: true });
}

/** An item as it came over the wire. */
export function fromAttributes(attributes: Record<string, AttributeValue>): Item {
  return unmarshall(attributes) as Item;
}

/**
 * Opens the table.
 * @param name the table's name
 * @param client by default one for the function's own region and role, which puts the steps of a command together once, not for each
 * request: a sixth of the CPU
 */
export function openTable(
  name: string,
  client: DynamoDBClient | DynamoDBDocumentClient = ownClient(name),
): Table {
  // Each takes the other's commands; the type is that of the one whose commands tools and tests send.
  return { name, client: client as DynamoDBDocumentClient };
}

function ownClient(name: string): DynamoDBClient {
  const client = new DynamoDBClient({ maxAttempts: 4, requestHandler: callLimits, cacheMiddleware: true });
  return recordThrottling(name, client);
}

const largestBatch = 100;
/** How often what DynamoDB leaves out of an answer is asked for again; together that is about a second. */
const mostAttempts = 10;

/**
 * Reads items by key, in any order, in one request for every 100 keys. A key may be wanted more than once. What DynamoDB leaves out
 * is read again, with jitter.
 *
 * @param options.consistent sees every write that was answered before; costs twice as much
 * @returns the items that exist, found by `itemAt`
 * @throws Error when some were left out again and again
 * @throws UnusableKey
 */
export async function readItems(
  table: Table,
  wanted: readonly Key[],
  { consistent = false } = {},
): Promise<ItemsRead> {
  wanted.forEach(requireUsableKey);
  const found = new Map<string, Item>();
  let attempt = 0;
  let waiting: Record<string, AttributeValue>[] = [
    ...new Map(wanted.map(({ pk, sk }) => [`${pk}\n${sk}`, { pk: { S: pk }, sk: { S: sk } }])).values(),
  ];
  while (waiting.length > 0) {
    const now = waiting.slice(0, largestBatch);
    const answer = await table.client.send(
      new BatchGetItemCommand({ RequestItems: { [table.name]: { Keys: now, ConsistentRead: consistent } } }),
    );
    for (const attributes of answer.Responses?.[table.name] ?? []) {
      const item = fromAttributes(attributes);
      found.set(`${item.pk}\n${item.sk}`, item);
    }
    // With throttling DynamoDB gives a part, or nothing, and says what is left.
    const unprocessed = answer.UnprocessedKeys?.[table.name]?.Keys ?? [];
    attempt = unprocessed.length === 0 ? 0 : attempt + 1;
    if (attempt === mostAttempts) throw new Error(`${unprocessed.length} items could not be read.`);
    if (attempt > 0) await jitter(attempt);
    waiting = [...unprocessed, ...waiting.slice(largestBatch)];
  }
  return { itemAt: (key) => found.get(`${key.pk}\n${key.sk}`) };
}

/** Items that were read together. */
export interface ItemsRead {
  itemAt(key: Key): Item | undefined;
}

/**
 * Reads one page of a list of the index `lists`.
 * @param options.order `oldest` or `newest` first, by `listOrder`
 * @param options.before only items whose `listOrder` sorts before this text
 * @param options.after only items whose `listOrder` sorts after it; without `before`
 */
export async function readList(
  table: Table,
  list: string,
  { order, limit, ...from }: PageOptions,
): Promise<Item[]> {
  const [values, condition] = startingAt('listOrder', from);
  const page = { ...ofLists, ...inOrder(order), Limit: limit };
  return (await query(table, `#list = :pk${condition}`, { ':pk': list, ...values }, page)).items;
}

interface PageOptions {
  readonly order: 'oldest' | 'newest';
  readonly limit: number;
  readonly before?: string;
  readonly after?: string;
}

/** The condition on the sort key by which a page begins, with its values. */
function startingAt(name: string, { before, after }: Pick<PageOptions, 'before' | 'after'>) {
  if (before) return [{ ':from': before }, ` AND ${name} < :from`] as const;
  return after ? ([{ ':from': after }, ` AND ${name} > :from`] as const) : ([{}, ''] as const);
}

/**
 * Reads a whole list of the index `lists`, oldest first, a page of at most 100 items at a time.
 * @param since only items whose `listOrder` is this text or sorts after it
 */
export async function* readWholeList(table: Table, list: string, since?: string): AsyncGenerator<Item[]> {
  const values = { ':pk': list, ...(since && { ':since': since }) };
  const condition = since ? '#list = :pk AND listOrder >= :since' : '#list = :pk';
  let start: QueryCommandInput['ExclusiveStartKey'];
  do {
    const page = await query(table, condition, values, {
      ...ofLists,
      Limit: 100,
      ...(start && { ExclusiveStartKey: start }),
    });
    if (page.items.length > 0) yield page.items;
    start = page.next;
  } while (start);
}

/**
 * Reads one page of the items that share a partition key, by their sort keys.
 * @param options.before only items whose sort key sorts before this text
 * @param options.after only items whose sort key sorts after it; without `before`
 */
export async function readCollection(
  table: Table,
  pk: string,
  { order, limit, ...from }: PageOptions,
): Promise<Item[]> {
  const [values, condition] = startingAt('sk', from);
  const page = { ...inOrder(order), Limit: limit, ConsistentRead: true };
  return (await query(table, `pk = :pk${condition}`, { ':pk': pk, ...values }, page)).items;
}

const ofLists = { IndexName: listsIndex, ExpressionAttributeNames: { '#list': 'list' } } as const;

const inOrder = (order: 'oldest' | 'newest') => ({ ScanIndexForward: order === 'oldest' });

async function query(
  table: Table,
  KeyConditionExpression: string,
  values: { readonly ':pk': string; readonly ':from'?: string },
  more: Partial<QueryCommandInput>,
) {
  requireUsablePartition(values[':pk']);
  if (values[':from'] !== undefined) requireUsableOrder(values[':from']);
  const ExpressionAttributeValues = toAttributes(values);
  const { Items, LastEvaluatedKey } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression,
      ExpressionAttributeValues,
      ...more,
    }),
  );
  return { items: (Items ?? []).map(fromAttributes), next: LastEvaluatedKey };
}

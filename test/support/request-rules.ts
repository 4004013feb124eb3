import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readStatement, type Statement } from '../../infra/local/cloud/statements.ts';

/**
 * What every request to the table keeps, since an engine does something else than AWS where it is not kept (decision 0028). Each rule is
 * held against every request that the suite's tables are sent, so no code needs a test of its own for it.
 */

type Names = Readonly<Record<string, string>>;
type Key = Readonly<Record<string, { readonly S?: string } | undefined>>;

/** One action of a transaction, or a request that is one by itself; as it goes over the wire. */
interface Action {
  readonly TableName?: string;
  readonly Key?: Key;
  readonly Item?: Key;
  readonly ExpressionAttributeNames?: Names;
  readonly UpdateExpression?: string;
  readonly KeyConditionExpression?: string;
}

/** A request as it goes over the wire. */
export interface WireRequest extends Action {
  readonly TransactItems?: readonly Readonly<Record<string, Action>>[];
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly Statements?: readonly Statement[];
}

const actions = ['ConditionCheck', 'Delete', 'Get', 'Put', 'Update'];
const keyNames = ['pk', 'sk'];
/** Bytes of UTF-8 that a key may have; the same holds for the index's. */
const longest: Readonly<Record<string, number>> = { pk: 2048, sk: 1024, list: 2048, listOrder: 1024 };

/** Names each rule that a request breaks. */
export function brokenRules(request: WireRequest): string[] {
  const inTransaction = request.TransactItems ?? [];
  const statements = (request.Statements ?? []).map((each) => readStatement(each) ?? each);
  const all = [request, ...inTransaction.flatMap((item) => Object.values(item))];
  return [
    ...inTransaction.filter((item) => Object.keys(item).length !== 1 || !isAction(item)).map(severalActions),
    ...repeated(inTransaction.flatMap((item) => Object.values(item)).map(nameOf)).map(
      (key) => `A transaction acts twice on ${key}.`,
    ),
    ...all.flatMap(settingKeys),
    ...all.filter((each) => /begins_with/i.test(each.KeyConditionExpression ?? '')).map(foldsCase),
    ...statements.filter((each) => 'Statement' in each).map(unreadable),
    ...keysWithin([request, statements]).flatMap(unfitKeys),
    ...expressionsWithin(request).filter(isForeign).map(foreign),
  ];
}

/** Lets a client send no request that breaks a rule: it fails with the rule's name, and `takeBrokenRules` reports it. */
export function keepRequestRules(client: DynamoDBClient): DynamoDBClient {
  client.middlewareStack.add(
    (next) => (args) => {
      const { body } = args.request as { readonly body: string | Uint8Array };
      const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
      const broken = brokenRules(JSON.parse(text) as WireRequest);
      if (broken.length === 0) return next(args);
      seen.push(...broken);
      throw new Error(broken.join('\n'));
    },
    { step: 'build', priority: 'low', name: 'keepRequestRules' },
  );
  return client;
}

const seen: string[] = [];

/** What was broken since the last call, also where the code under test went on after the error. */
export function takeBrokenRules(): string[] {
  return seen.splice(0);
}

function isAction(item: object): boolean {
  return Object.keys(item).every((name) => actions.includes(name));
}

function severalActions(item: object): string {
  return `An item of a transaction has exactly one of ${actions.join(', ')}, not "${Object.keys(item).join(', ')}".`;
}

function nameOf({ TableName, Key, Item }: Action): string {
  const key = Key ?? Item;
  return JSON.stringify([TableName, ...keyNames.map((name) => key?.[name]?.S)]);
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

function settingKeys({ UpdateExpression = '', ExpressionAttributeNames = {} }: Action): string[] {
  const words = UpdateExpression.match(/(?<![:\w#])#?\w+/g) ?? [];
  return words
    .map((word) => ExpressionAttributeNames[word] ?? word)
    .filter((name) => keyNames.includes(name))
    .map((name) => `An update names ${name}: "${UpdateExpression}".`);
}

function foldsCase({ KeyConditionExpression }: Action): string {
  return `A key condition uses begins_with: "${KeyConditionExpression}".`;
}

function unreadable({ Statement }: Statement): string {
  return `A statement inserts or updates one item, with parameters only: "${Statement}".`;
}

/** Every key and item of a request, at any depth: of items, batches, pages and conditions. */
function keysWithin(value: unknown): Key[] {
  if (Array.isArray(value)) return value.flatMap(keysWithin);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'pk' in value && 'sk' in value ? [value as Key] : [];
  return [...own, ...Object.values(value).flatMap(keysWithin)];
}

function unfitKeys(key: Key): string[] {
  return Object.entries(longest).flatMap(([name, most]) => {
    const text = key[name]?.S;
    if (text === undefined) return [];
    const bytes = Buffer.byteLength(text);
    return bytes > 0 && bytes <= most ? [] : [`${name} has ${bytes} bytes, and may have 1 to ${most}.`];
  });
}

/** Every expression of a request, with the names that stand for attributes in it. */
function expressionsWithin(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(expressionsWithin);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => {
    if (name === 'ExpressionAttributeNames') return Object.entries(one as Names).flat();
    if (name === 'ExpressionAttributeValues') return Object.keys(one as object);
    return /(Expression|^Statement)$/.test(name) && typeof one === 'string' ? [one] : expressionsWithin(one);
  });
}

function isForeign(expression: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII begins with the control characters.
  return /[^\x00-\x7f]/.test(expression);
}

function foreign(expression: string): string {
  return `An expression is not ASCII: "${expression}".`;
}

import { expect, test } from 'vitest';
import { dynamoDbNeeds, type TableKeys } from '../cloud/dynamodb-gateway.ts';
import { refusalOf, type Statement } from '../template/access.ts';

const table = 'arn:aws:dynamodb:ap-east-1:111122223333:table/T';
const tables: TableKeys = {
  arnOf: (name) => table.replace(/T$/, name),
  partitionKeyOf: (_, index) => (index === undefined ? 'pk' : 'list'),
};
const allow = (action: string, resource = table): Statement => ({
  Effect: 'Allow',
  Action: [action],
  Resource: [resource],
});
const caller = (...statements: Statement[]) => ({
  name: 'site',
  role: { name: 'SiteRole', arn: 'arn:aws:iam::111122223333:role/SiteRole', statements, trusted: [] },
});
const refused = (operation: string, input: object, ...statements: Statement[]) =>
  refusalOf(caller(...statements), dynamoDbNeeds(operation, input, tables) ?? []);

test('a granted action passes, by name or by wildcard', () => {
  expect(refused('PutItem', { TableName: 'T' }, allow('dynamodb:PutItem'))).toBeUndefined();
  expect(refused('PutItem', { TableName: 'T' }, allow('dynamodb:Put*', '*'))).toBeUndefined();
});

test('a refusal names caller, action and resource as AWS does', () => {
  expect(refused('DeleteItem', { TableName: 'T' }, allow('dynamodb:PutItem'))).toBe(
    `User: arn:aws:sts::111122223333:assumed-role/SiteRole/site is not authorized to perform: dynamodb:DeleteItem on resource: ${table} because no identity-based policy allows the dynamodb:DeleteItem action`,
  );
});

test('an explicit deny wins over any allow', () => {
  const deny: Statement = { Effect: 'Deny', Action: ['dynamodb:DeleteItem'], Resource: ['*'] };
  expect(refused('DeleteItem', { TableName: 'T' }, allow('dynamodb:*'), deny)).toContain(
    'with an explicit deny',
  );
});

test('a grant on one table says nothing of another', () => {
  expect(refused('PutItem', { TableName: 'Other' }, allow('dynamodb:PutItem'))).toContain('table/Other');
});

test('a query of an index needs the index, and the table is not enough', () => {
  const input = { TableName: 'T', IndexName: 'lists' };
  expect(refused('Query', input, allow('dynamodb:Query'))).toContain('table/T/index/lists');
  expect(refused('Query', input, allow('dynamodb:Query', `${table}/index/lists`))).toBeUndefined();
});

test('a transaction needs the action of each of its items', () => {
  const input = {
    TransactItems: [
      { Put: { TableName: 'T' } },
      { ConditionCheck: { TableName: 'T' } },
      { Update: { TableName: 'T' } },
    ],
  };
  const grants = [allow('dynamodb:PutItem'), allow('dynamodb:UpdateItem')];
  expect(refused('TransactWriteItems', input, ...grants)).toContain('dynamodb:ConditionCheckItem');
  expect(
    refused('TransactWriteItems', input, ...grants, allow('dynamodb:ConditionCheckItem')),
  ).toBeUndefined();
  expect(refused('TransactGetItems', { TransactItems: [{ Get: { TableName: 'T' } }] }, ...grants)).toContain(
    'dynamodb:GetItem',
  );
});

test("a batch needs the batch's own action on every table it names", () => {
  const input = { RequestItems: { T: {}, Other: {} } };
  expect(refused('BatchGetItem', input, allow('dynamodb:GetItem', '*'))).toContain('dynamodb:BatchGetItem');
  expect(refused('BatchWriteItem', input, allow('dynamodb:BatchWriteItem'))).toContain('table/Other');
});

test('an operation that is not known has no needs to check, so that it can be refused by name', () => {
  expect(dynamoDbNeeds('ExecuteStatement', {}, tables)).toBeUndefined();
  const Statements = [{ Statement: 'DELETE FROM "T" WHERE "pk" = ?', Parameters: [{ S: 'a' }] }];
  expect(dynamoDbNeeds('BatchExecuteStatement', { Statements }, tables)).toBeUndefined();
});

test('each statement of PartiQL needs an action of its own', () => {
  const Parameters = [{ S: 'a' }, { S: 'b' }];
  const Statements = [
    { Statement: `INSERT INTO "T" VALUE {'pk': ?, 'sk': ?}`, Parameters },
    { Statement: 'UPDATE "T" REMOVE "ttl" WHERE "pk" = ? AND "sk" = ?', Parameters },
  ];
  const insert = allow('dynamodb:PartiQLInsert');
  expect(refused('BatchExecuteStatement', { Statements }, insert)).toContain('dynamodb:PartiQLUpdate');
  const both = [insert, allow('dynamodb:PartiQLUpdate')];
  expect(refused('BatchExecuteStatement', { Statements }, ...both)).toBeUndefined();
});

const onlyKeys = (...patterns: string[]) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': patterns },
  Null: { 'dynamodb:LeadingKeys': ['false'] },
});
const onItems = (actions: string[], ...patterns: string[]): Statement => ({
  Effect: 'Allow',
  Action: actions.map((action) => `dynamodb:${action}`),
  Resource: [table, `${table}/index/lists`],
  Condition: onlyKeys(...patterns),
});
const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'any' } });
const every = [
  'BatchGetItem',
  'BatchWriteItem',
  'ConditionCheckItem',
  'DeleteItem',
  'GetItem',
  'PartiQLInsert',
  'PartiQLUpdate',
  'PutItem',
  'Query',
  'Scan',
  'UpdateItem',
];

test.each<[string, (pk: string) => object]>([
  ['PutItem', (pk) => ({ TableName: 'T', Item: key(pk) })],
  ['UpdateItem', (pk) => ({ TableName: 'T', Key: key(pk) })],
  ['DeleteItem', (pk) => ({ TableName: 'T', Key: key(pk) })],
  ['GetItem', (pk) => ({ TableName: 'T', Key: key(pk) })],
  ['BatchGetItem', (pk) => ({ RequestItems: { T: { Keys: [key('checkout#1'), key(pk)] } } })],
  [
    'BatchWriteItem',
    (pk) => ({
      RequestItems: { T: [{ PutRequest: { Item: key('checkout#1') } }, { DeleteRequest: { Key: key(pk) } }] },
    }),
  ],
  ['BatchWriteItem', (pk) => ({ RequestItems: { T: [{ PutRequest: { Item: key(pk) } }] } })],
  ...['Put', 'Update', 'Delete', 'ConditionCheck'].map((kind): [string, (pk: string) => object] => [
    'TransactWriteItems',
    (pk) => ({
      TransactItems: [
        { Put: { TableName: 'T', Item: key('checkout#1') } },
        { [kind]: { TableName: 'T', [kind === 'Put' ? 'Item' : 'Key']: key(pk) } },
      ],
    }),
  ]),
  ...[`INSERT INTO "T" VALUE {'pk': ?, 'sk': ?}`, 'UPDATE "T" SET "a" = ? WHERE "sk" = ? AND "pk" = ?'].map(
    (Statement): [string, (pk: string) => object] => [
      'BatchExecuteStatement',
      (pk) => ({
        Statements: [
          {
            Statement,
            Parameters: Statement.startsWith('INSERT')
              ? [{ S: pk }, { S: 'any' }]
              : [{ S: 'checkout#1' }, { S: 'any' }, { S: pk }],
          },
        ],
      }),
    ],
  ),
  ['TransactGetItems', (pk) => ({ TransactItems: [{ Get: { TableName: 'T', Key: key(pk) } }] })],
  [
    'Query',
    (pk) => ({
      TableName: 'T',
      KeyConditionExpression: '#p = :p AND begins_with(sk, :s)',
      ExpressionAttributeNames: { '#p': 'pk' },
      ExpressionAttributeValues: { ':p': { S: pk }, ':s': { S: 'm' } },
    }),
  ],
  [
    'Query',
    (pk) => ({
      TableName: 'T',
      KeyConditionExpression: 'sk > :s and pk=:p',
      ExpressionAttributeValues: { ':p': { S: pk }, ':s': { S: 'checkout#1' } },
    }),
  ],
  [
    'Query',
    (pk) => ({
      TableName: 'T',
      IndexName: 'lists',
      KeyConditionExpression: 'list = :p',
      ExpressionAttributeValues: { ':p': { S: pk } },
    }),
  ],
])(
  '%s on the keys of a grant passes, and one item of other keys has the whole request refused',
  (operation, of) => {
    const grant = onItems(every, 'checkout#*', 'campaigns');
    expect(refused(operation, of('checkout#2'), grant)).toBeUndefined();
    expect(refused(operation, of('campaigns'), grant)).toBeUndefined();
    for (const other of ['ledger#1', 'campaigns#1', 'x-checkout#1', 'checkout', '']) {
      expect(refused(operation, of(other), grant), other).toContain('is not authorized to perform');
    }
  },
);

test('a request that names no key is refused by a grant on keys, but only for the sake of Null', () => {
  const grant = onItems(every, 'checkout#*');
  const { Null: _, ...forAllValues } = onlyKeys('checkout#*');
  for (const [operation, input] of [
    ['Scan', { TableName: 'T' }],
    ['Query', { TableName: 'T' }],
    [
      'Query',
      {
        TableName: 'T',
        KeyConditionExpression: 'sk = :p',
        ExpressionAttributeValues: { ':p': { S: 'checkout#1' } },
      },
    ],
  ] as const) {
    expect(refused(operation, input, grant)).toContain('is not authorized');
    expect(refused(operation, input, { ...grant, Condition: forAllValues })).toBeUndefined();
  }
});

test('all keys of a batch are compared with one statement, and each item of a transaction with any', () => {
  const [one, other] = [onItems(every, 'checkout#*'), onItems(every, 'person#*')];
  const keys = [key('checkout#1'), key('person#1')];
  expect(refused('BatchGetItem', { RequestItems: { T: { Keys: keys } } }, one, other)).toContain(
    'not authorized',
  );
  const TransactItems = keys.map((Item) => ({ Put: { TableName: 'T', Item } }));
  expect(refused('TransactWriteItems', { TransactItems }, one, other)).toBeUndefined();
});

test('a key that stands elsewhere in a request is not the item’s', () => {
  const grant = onItems(every, 'checkout#*');
  const misplaced = { TableName: 'T', Item: key('ledger#1'), Key: key('checkout#1') };
  expect(refused('PutItem', misplaced, grant)).toContain('not authorized');
  expect(refused('TransactWriteItems', { TransactItems: [{ Put: misplaced }] }, grant)).toContain(
    'not authorized',
  );
});

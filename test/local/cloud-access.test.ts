import { expect, test } from 'vitest';
import { refusalOf, type Statement } from '../../infra/local/cloud/access.ts';
import { dynamoDbNeeds } from '../../infra/local/cloud/dynamodb-gateway.ts';

const table = 'arn:aws:dynamodb:ap-east-1:111122223333:table/T';
const arnOf = (name: string) => table.replace(/T$/, name);
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
  refusalOf(caller(...statements), dynamoDbNeeds(operation, input, arnOf) ?? []);

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
  expect(dynamoDbNeeds('ExecuteStatement', {}, arnOf)).toBeUndefined();
});

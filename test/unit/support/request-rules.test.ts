import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { brokenRules, takeBrokenRules, type WireRequest } from '../../support/request-rules.ts';
import { existingTable } from '../../support/table.ts';

const key = (pk: string, sk = '-') => ({ pk: { S: pk }, sk: { S: sk } });
const update = (UpdateExpression: string, ExpressionAttributeNames = {}) => ({
  Key: key('a'),
  UpdateExpression,
  ExpressionAttributeNames,
});

describe('a request to the table', () => {
  it.each<[string, WireRequest]>([
    [
      'an update of other attributes',
      update('SET #list = :pk, skill = :sk, a.b = :one', { '#list': 'list' }),
    ],
    ['a put of keys as long as may be', { Item: key('p'.repeat(2048), 's'.repeat(1024)) }],
    [
      'a transaction on two items',
      { TransactItems: [{ Put: { Item: key('b') } }, { Update: update('ADD n :n') }] },
    ],
    [
      'a statement of PartiQL',
      {
        Statements: [
          {
            Statement: `INSERT INTO "t" VALUE {'pk': ?, 'sk': ?, 'name': ?}`,
            Parameters: [{ S: 'a' }, { S: 'b' }, { S: '施' }],
          },
        ],
      },
    ],
    ['a value that is not ASCII', { Item: { ...key('a'), name: { S: '施' } } }],
  ])('may be %s', (_, request) => {
    expect(brokenRules(request)).toEqual([]);
  });

  it.each<[string, WireRequest, RegExp]>([
    ['sets a key attribute', update('SET pk = :pk'), /names pk/],
    ['sets one under another name', update('SET a = :a, #b = :b', { '#b': 'sk' }), /names sk/],
    ['takes one away in a transaction', { TransactItems: [{ Update: update('REMOVE sk') }] }, /names sk/],
    [
      'does two things with one item of a transaction',
      { TransactItems: [{ Put: { Item: key('a') }, Delete: { Key: key('b') } }] },
      /exactly one/,
    ],
    ['does nothing with an item of a transaction', { TransactItems: [{}] }, /exactly one/],
    [
      'acts twice on one item',
      { TransactItems: [{ Put: { Item: key('a') } }, { ConditionCheck: { Key: key('a') } }] },
      /acts twice on .*"a"/,
    ],
    [
      'asks for keys that begin alike',
      { KeyConditionExpression: 'pk = :pk AND begins_with(sk, :s)' },
      /begins_with/,
    ],
    ['has a partition key that is too long', { Key: key('施'.repeat(683)) }, /pk has 2049 bytes/],
    ['has a sort key that is too long', { Item: key('a', 's'.repeat(1025)) }, /sk has 1025 bytes/],
    ['has an empty key in a batch', { RequestItems: { t: { Keys: [key('a'), key('')] } } }, /pk has 0 bytes/],
    [
      'has a place in a list that is too long',
      { Item: { ...key('a'), list: { S: 'l' }, listOrder: { S: 'o'.repeat(1025) } } },
      /listOrder has 1025 bytes/,
    ],
    ['deletes by PartiQL', { Statements: [{ Statement: 'DELETE FROM "t" WHERE "pk" = ?' }] }, /one item/],
    [
      'has an empty key in PartiQL',
      {
        Statements: [
          {
            Statement: 'UPDATE "t" REMOVE "a" WHERE "pk" = ? AND "sk" = ?',
            Parameters: [{ S: 'a' }, { S: '' }],
          },
        ],
      },
      /sk has 0 bytes/,
    ],
    ['writes a value into an expression', update('SET a = :金'), /not ASCII/],
    ['names an attribute otherwise than in ASCII', update('SET #a = :a', { '#a': '金' }), /not ASCII/],
  ])('is refused that %s', (_, request, rule) => {
    expect(brokenRules(request).join('\n')).toMatch(rule);
  });

  it('that breaks a rule is not sent by the tables of the suite, and is reported although the code caught its error', async () => {
    const table = existingTable('none');
    const Key = { pk: 'a', sk: '-' };
    const sent = [
      new UpdateCommand({
        TableName: table.name,
        Key,
        UpdateExpression: 'SET sk = :sk',
        ExpressionAttributeValues: { ':sk': 'b' },
      }),
      new PutCommand({ TableName: table.name, Item: { ...Key, sk: 's'.repeat(1025) } }),
    ];
    for (const command of sent) await table.client.send(command as PutCommand).catch(() => {});
    expect(takeBrokenRules()).toEqual([
      'An update names sk: "SET sk = :sk".',
      'sk has 1025 bytes, and may have 1 to 1024.',
    ]);
    table.client.destroy();
  });
});

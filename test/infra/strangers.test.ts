import { describe, expect, it } from 'vitest';
import { type Key, keys, lists } from '#platform/table/keys.ts';
import { templateRoles } from '../support/template-roles.ts';

const { refusal, tableName: TableName } = templateRoles();

const asAttributes = ({ pk, sk }: Key) => ({ pk: { S: pk }, sk: { S: sk } });

/** Every way in which a request can touch one item, alone or behind others that are allowed. */
function shapes(key: Key, allowed: Key): Record<string, [operation: string, input: object]> {
  const [of, beside] = [asAttributes(key), asAttributes(allowed)];
  const transaction = (last: object): [string, object] => [
    'TransactWriteItems',
    { TransactItems: [{ Put: { TableName, Item: beside } }, last] },
  ];
  return {
    put: ['PutItem', { TableName, Item: of }],
    update: ['UpdateItem', { TableName, Key: of }],
    delete: ['DeleteItem', { TableName, Key: of }],
    'put in a transaction': transaction({ Put: { TableName, Item: of } }),
    'update in a transaction': transaction({ Update: { TableName, Key: of } }),
    'delete in a transaction': transaction({ Delete: { TableName, Key: of } }),
    'put in a batch': ['BatchWriteItem', { RequestItems: { [TableName]: [{ PutRequest: { Item: of } }] } }],
    'delete in a batch': [
      'BatchWriteItem',
      { RequestItems: { [TableName]: [{ DeleteRequest: { Key: of } }] } },
    ],
  };
}

function checks(key: Key, allowed: Key): Record<string, [operation: string, input: object]> {
  const [of, beside] = [asAttributes(key), asAttributes(allowed)];
  const TransactItems = [{ Put: { TableName, Item: beside } }, { ConditionCheck: { TableName, Key: of } }];
  return {
    'condition check': ['TransactWriteItems', { TransactItems }],
    'read in a batch': ['BatchGetItem', { RequestItems: { [TableName]: { Keys: [beside, of] } } }],
    get: ['GetItem', { TableName, Key: of }],
    'get in a transaction': ['TransactGetItems', { TransactItems: [{ Get: { TableName, Key: of } }] }],
  };
}

/** What nobody who reaches the site or Resend's endpoint may write: the books, and the proof of who did what. */
const books: readonly Key[] = [
  keys.ledgerEntry('pi_1', 'payment'),
  keys.payment('pi_1'),
  keys.refund('re_1'),
  keys.auditEntry('gift', 'pi_1', '2026'),
  keys.closedMonth('2026-10'),
  keys.accountMonth('2026-10'),
  keys.coverage(),
  keys.totals('soup-kitchen', 3),
  keys.rollUp('soup-kitchen'),
  keys.campaign('soup-kitchen'),
  keys.fundMonth('soup-kitchen', '2026-10'),
  keys.moneySum('cash'),
  keys.once('sub-1', '1'),
  keys.payout('po_1'),
  keys.dispute('dp_1'),
  keys.disbursement('1'),
  keys.export('1'),
  keys.refundRequest('1'),
  keys.parked('pi_1'),
];
/** What Stripe's endpoint may not write either. */
const notByStripe: readonly Key[] = [
  keys.auditEntry('gift', 'pi_1', '2026'),
  keys.closedMonth('2026-10'),
  keys.accountMonth('2026-10'),
  keys.coverage(),
  keys.campaign('soup-kitchen'),
  keys.fundMonth('soup-kitchen', '2026-10'),
  keys.moneySum('bank'),
  keys.once('sub-1', '1'),
  keys.disbursement('1'),
  keys.export('1'),
];

describe.each<[owner: string, forbidden: readonly Key[], allowed: Key]>([
  ['Site', books, keys.checkout('1')],
  ['ResendWebhook', books, keys.person('1')],
  ['StripeWebhook', notByStripe, keys.ledgerEntry('pi_1', 'payment')],
])('the role of %s', (owner, forbidden, allowed) => {
  it('writes its own items', () => {
    expect(refusal(owner, 'PutItem', { TableName, Item: asAttributes(allowed) })).toBeUndefined();
    const TransactItems = [{ Put: { TableName, Item: asAttributes(allowed) } }];
    expect(refusal(owner, 'TransactWriteItems', { TransactItems })).toBeUndefined();
  });

  it('writes nothing of the books in any request, and has the whole request refused', () => {
    for (const key of forbidden) {
      for (const [shape, [operation, input]] of Object.entries(shapes(key, allowed))) {
        expect(refusal(owner, operation, input), `${shape} of ${key.pk}`).toContain('is not authorized');
      }
    }
  });
});

it('the site and Resend’s endpoint look at no payment, entry, audit or closed month', () => {
  const hidden = [
    keys.ledgerEntry('pi_1', 'payment'),
    keys.payment('pi_1'),
    keys.auditEntry('a', 'b', 'c'),
    keys.closedMonth('2026-10'),
  ];
  for (const owner of ['Site', 'ResendWebhook']) {
    for (const key of hidden) {
      for (const [shape, [operation, input]] of Object.entries(checks(key, keys.person('1')))) {
        expect(refusal(owner, operation, input), `${owner}: ${shape} of ${key.pk}`).toContain(
          'is not authorized',
        );
      }
    }
  }
});

it('the site asks the index for public gifts alone, and scans nothing', () => {
  const list = (S: string) => ({
    TableName,
    IndexName: 'lists',
    KeyConditionExpression: 'list = :list',
    ExpressionAttributeValues: { ':list': { S } },
  });
  expect(refusal('Site', 'Query', list(lists.payments('soup-kitchen', '2026-10', 1)))).toBeUndefined();
  for (const other of [
    lists.ledger('2026-10', 1),
    lists.audit('2026-10'),
    lists.attention('2026-10'),
    lists.outbox('2026-10-01T00', 1),
  ]) {
    expect(refusal('Site', 'Query', list(other)), other).toContain('is not authorized');
  }
  for (const owner of ['Site', 'StripeWebhook', 'ResendWebhook']) {
    expect(refusal(owner, 'Scan', { TableName })).toContain('is not authorized');
    expect(refusal(owner, 'Scan', { TableName, IndexName: 'lists' })).toContain('is not authorized');
  }
});

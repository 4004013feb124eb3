import { expect, test } from 'vitest';
import { compileFilter } from '../cloud/event-filter.ts';

const record = (eventName: string, entity: string) => ({
  eventName,
  dynamodb: { NewImage: { entity: { S: entity } } },
});
const filter = (pattern: object) => compileFilter([JSON.stringify(pattern)], 'Stack/Mapping');

test.each([
  [
    'equality of every named field',
    { eventName: ['INSERT'], dynamodb: { NewImage: { entity: { S: ['outbox'] } } } },
  ],
  ['any of several values', { eventName: ['MODIFY', 'INSERT'] }],
  ['a prefix', { dynamodb: { NewImage: { entity: { S: [{ prefix: 'out' }] } } } }],
  ['a suffix', { dynamodb: { NewImage: { entity: { S: [{ suffix: 'box' }] } } } }],
  ['a field that exists', { dynamodb: { NewImage: { entity: { S: [{ exists: true }] } } } }],
  ['a field that does not exist', { dynamodb: { OldImage: { entity: { S: [{ exists: false }] } } } }],
  ['anything but the named values', { eventName: [{ 'anything-but': ['REMOVE', 'MODIFY'] }] }],
])('a record passes by %s', (_, pattern) => {
  expect(filter(pattern)(record('INSERT', 'outbox'))).toBe(true);
});

test.each([
  ['another event', { eventName: ['REMOVE'] }],
  [
    'another value in one of two fields',
    { eventName: ['INSERT'], dynamodb: { NewImage: { entity: { S: ['gift'] } } } },
  ],
  ['another prefix', { dynamodb: { NewImage: { entity: { S: [{ prefix: 'gift' }] } } } }],
  ['a field that must not exist', { dynamodb: { NewImage: { entity: { S: [{ exists: false }] } } } }],
  ['anything-but naming its value', { eventName: [{ 'anything-but': 'INSERT' }] }],
  ['anything-but of a field that is not there', { more: [{ 'anything-but': 'INSERT' }] }],
])('a record is held back by %s', (_, pattern) => {
  expect(filter(pattern)(record('INSERT', 'outbox'))).toBe(false);
});

test('one matching pattern of several is enough, and no pattern lets everything pass', () => {
  const either = compileFilter(['{"eventName":["REMOVE"]}', '{"eventName":["INSERT"]}'], 'Stack/Mapping');
  expect(either(record('INSERT', 'gift'))).toBe(true);
  expect(compileFilter([], 'Stack/Mapping')(record('REMOVE', 'gift'))).toBe(true);
});

test.each([[{ numeric: ['>', 5] }], [{ cidr: '10.0.0.0/8' }], [{ prefix: 5 }]])(
  'an operator that is not known is an error naming mapping and operator: %j',
  (operator) => {
    expect(() => filter({ eventName: [operator] })).toThrow(/Stack\/Mapping.*(numeric|cidr|prefix)/);
  },
);

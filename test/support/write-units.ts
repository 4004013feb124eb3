import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';

/**
 * The bytes that DynamoDB counts for an item: names and values as UTF-8; a number takes about one byte for two digits and one
 * more; lists and maps 3 bytes and 1 an element (Amazon DynamoDB Developer Guide, "Item sizes and formats").
 */
export function itemBytes(item: Readonly<Record<string, unknown>>): number {
  const attributes: Record<string, AttributeValue> = marshall(item, { removeUndefinedValues: true });
  return Object.entries(attributes).reduce(
    (bytes, [name, value]) => bytes + utf8(name) + valueBytes(value),
    0,
  );
}

/** Write units of an item in a transaction: two for each started kilobyte. */
export function transactionUnits(item: Readonly<Record<string, unknown>>): number {
  return 2 * kilobytes(item);
}

/** Write units of an item in the index, which is written outside of the transaction: one for each started kilobyte. */
export function indexUnits(item: Readonly<Record<string, unknown>>): number {
  return item.list === undefined ? 0 : kilobytes(item);
}

/** An item before and after a write; undefined where it was not there. */
export interface WrittenItem {
  readonly before: Readonly<Record<string, unknown>> | undefined;
  readonly after: Readonly<Record<string, unknown>> | undefined;
}

/** Write units of the table for one write: by the larger of before and after, twice in a transaction. */
export function tableUnits({ before, after }: WrittenItem, inTransaction: boolean): number {
  const largest = Math.max(1, before ? kilobytes(before) : 0, after ? kilobytes(after) : 0);
  return inTransaction ? 2 * largest : largest;
}

/**
 * Write units of the index `lists`, which holds whole items: one write to put, change or remove an entry, two to move it (Amazon
 * DynamoDB Developer Guide, "Global secondary indexes", write capacity). An index is never written in the transaction itself.
 */
export function indexWrites({ before, after }: WrittenItem): number {
  const [left, stands] = [before?.list !== undefined && before, after?.list !== undefined && after];
  if (!left && !stands) return 0;
  if (!left || !stands) return kilobytes((left || stands) as Readonly<Record<string, unknown>>);
  if (left.list !== stands.list || left.listOrder !== stands.listOrder)
    return kilobytes(left) + kilobytes(stands);
  return JSON.stringify(left) === JSON.stringify(stands) ? 0 : Math.max(kilobytes(left), kilobytes(stands));
}

function kilobytes(item: Readonly<Record<string, unknown>>): number {
  return Math.ceil(itemBytes(item) / 1024);
}

function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return utf8(value.S);
  if (value.N !== undefined) return Math.ceil(value.N.replace(/[-.]/g, '').length / 2) + 1;
  if (value.BOOL !== undefined || value.NULL !== undefined) return 1;
  if (value.L !== undefined) return value.L.reduce((bytes, each) => bytes + 1 + valueBytes(each), 3);
  if (value.M !== undefined) {
    return Object.entries(value.M).reduce(
      (bytes, [name, each]) => bytes + 1 + utf8(name) + valueBytes(each),
      3,
    );
  }
  if (value.SS !== undefined) return value.SS.reduce((bytes, each) => bytes + utf8(each), 3);
  throw new Error('An attribute of this type is not written by us.');
}

function utf8(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

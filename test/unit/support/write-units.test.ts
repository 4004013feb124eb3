import { describe, expect, it } from 'vitest';
import { indexWrites, itemBytes, tableUnits } from '../../support/write-units.ts';

const item = (bytes: number, more: object = {}) => ({ text: 'a'.repeat(bytes - 4), ...more });
const listed = (list: string, bytes = 100) => item(bytes, { list, listOrder: '1' });

describe('write units', () => {
  it('count the bytes of names and values: text as UTF-8, two digits a byte, 3 bytes and 1 an element for a list', () => {
    expect(itemBytes({ pk: '捐款' })).toBe(2 + 6);
    expect(itemBytes({ n: 50_000 })).toBe(1 + 4);
    expect(itemBytes({ l: [true, null] })).toBe(1 + 3 + 2 * 2);
  });

  it('are one for each started kilobyte of the larger of before and after, and two in a transaction', () => {
    expect(tableUnits({ before: undefined, after: item(1024) }, false)).toBe(1);
    expect(tableUnits({ before: undefined, after: item(1025) }, false)).toBe(2);
    expect(tableUnits({ before: item(3000), after: item(10) }, true)).toBe(6);
    expect(tableUnits({ before: undefined, after: undefined }, false)).toBe(1);
  });

  it('of the index are one write to put, change or remove an entry, two to move it, none for what it does not hold', () => {
    const [a, b] = [listed('a'), listed('b')];
    expect(indexWrites({ before: item(10), after: item(20) })).toBe(0);
    expect(indexWrites({ before: undefined, after: a })).toBe(1);
    expect(indexWrites({ before: a, after: item(10) })).toBe(1);
    expect(indexWrites({ before: a, after: { ...a, sentAt: 'now' } })).toBe(1);
    expect(indexWrites({ before: a, after: a })).toBe(0);
    expect(indexWrites({ before: a, after: b })).toBe(2);
    expect(indexWrites({ before: undefined, after: listed('a', 1500) })).toBe(2);
  });
});

import { describe, expect, it } from 'vitest';
import { UnusableKey } from '#platform/errors.ts';
import { requireUsableKey } from '#platform/table/key-limits.ts';
import { toItem } from '#platform/table/table.ts';

const key =
  (pk: string, sk = 'x') =>
  () =>
    requireUsableKey({ pk, sk });
const item = (more: object) => () => toItem({ pk: 'a', sk: 'b' }, 'thing', 1, more);

describe('a key', () => {
  it('has 1 to 2,048 bytes in its partition and 1 to 1,024 in its order, however they are counted in characters', () => {
    for (const usable of [
      key('a'),
      key('a'.repeat(2048)),
      key('施'.repeat(682)),
      key('a', 'b'.repeat(1024)),
    ]) {
      expect(usable).not.toThrow();
    }
    const wrong = [
      key(''),
      key('a', ''),
      key('a'.repeat(2049)),
      key('施'.repeat(683)),
      key('a', 'b'.repeat(1025)),
    ];
    for (const unusable of wrong) expect(unusable).toThrow(UnusableKey);
  });

  it('holds no half of a character: DynamoDB would take it for another text', () => {
    for (const half of ['\ud800', 'a\udfff', '\ude00\ud83d']) {
      expect(key(half)).toThrow(UnusableKey);
      expect(key('a', half)).toThrow(UnusableKey);
    }
    expect(key('😀')).not.toThrow();
  });

  it('of the index obeys the same, before anything is written', () => {
    expect(item({ list: 'l'.repeat(2048), listOrder: 'o'.repeat(1024) })).not.toThrow();
    for (const more of [
      { list: 'l'.repeat(2049) },
      { list: '' },
      { listOrder: 'o'.repeat(1025) },
      { listOrder: '' },
    ]) {
      expect(item(more)).toThrow(UnusableKey);
    }
  });

  it('is the fault of a caller’s text only when it would do without it', () => {
    const thrown = (pk: string) => {
      try {
        requireUsableKey({ pk, sk: 'x' });
      } catch (error) {
        return error as UnusableKey;
      }
      throw new Error('It was taken.');
    };
    const long = 'a'.repeat(3000);
    expect(thrown(`payment#${long}`).isFaultOf(long)).toBe(true);
    expect(thrown(`payment#${long}`).isFaultOf('gift')).toBe(false);
    expect(thrown(`payment#${long}`).isFaultOf('')).toBe(false);
    expect(thrown(`payment#${long}`).isFaultOf('elsewhere')).toBe(false);
    expect(thrown('payment#\ud800').isFaultOf('\ud800')).toBe(true);
  });
});

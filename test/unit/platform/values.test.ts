import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byName, inOrder, sameValue } from '#platform/values.ts';

/** The same value with the names of every map the other way round. */
function reversed(value: unknown): unknown {
  if (value instanceof Set) return new Set([...value].reverse());
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, one]) => [name, reversed(one)]),
  );
}

describe('values of the table', () => {
  it('are the same in whatever order their names come, and never because they look alike', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(sameValue(a, reversed(a))).toBe(true);
        expect(JSON.stringify(inOrder(a))).toBe(JSON.stringify(inOrder(reversed(a))));
        expect(inOrder(a)).toEqual(a);
        expect(sameValue([a, 1], [b, 1])).toBe(sameValue(a, b));
      }),
    );
    for (const [a, b] of [
      [{ a: 1 }, { a: 2 }],
      [{ a: 1 }, { b: 1 }],
      [{ a: 1 }, { a: '1' }],
      [{ a: 1 }, { a: 1, b: null }],
      [
        [1, 2],
        [2, 1],
      ],
      [new Set(['a']), new Set(['b'])],
      [undefined, {}],
    ]) {
      expect(sameValue(a, b)).toBe(false);
    }
  });

  it('hold sets without an order, and names without a value as if they were not there', () => {
    expect(sameValue({ ids: new Set(['a', 'b']) }, { ids: new Set(['b', 'a']) })).toBe(true);
    expect(sameValue({ a: 1, b: undefined }, { a: 1 })).toBe(true);
    expect(Object.keys(byName({ b: 1, a: 2, '10': 3 }))).toEqual(['10', 'a', 'b']);
  });
});

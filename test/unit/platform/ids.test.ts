import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCheckoutId } from '#platform/id-shapes.ts';
import { bodyDigest, checkoutId, KeyedHash, shardOf } from '#platform/ids.ts';

const hash = new KeyedHash('a-key-of-thirty-two-characters-or-more');
const otherHash = new KeyedHash('another-key-of-thirty-two-characters!!');

describe('a keyed hash', () => {
  it('refuses a key that could be guessed', () => {
    expect(() => new KeyedHash('x'.repeat(31))).toThrow(/at least 32/);
  });

  it('has 128 bits and reveals nothing of what went in', () => {
    expect(hash.of('address', '203.0.113.9')).toMatch(/^[0-9a-f]{32}$/);
  });

  it('differs by key, by purpose and by where one part ends', () => {
    const hashes = [
      hash.of('address', 'ab', 'c'),
      otherHash.of('address', 'ab', 'c'),
      hash.of('checkout', 'ab', 'c'),
      hash.of('address', 'a', 'bc'),
      hash.of('address', 'abc'),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});

describe("a checkout's id", () => {
  it('is the same for the same request and another for each other route, caller or key', () => {
    const id = checkoutId(hash, 'campaigns/a', '203.0.113.9', 'key');
    expect(checkoutId(hash, 'campaigns/a', '203.0.113.9', 'key')).toBe(id);
    const others = [
      checkoutId(hash, 'campaigns/b', '203.0.113.9', 'key'),
      checkoutId(hash, 'campaigns/a', '203.0.113.8', 'key'),
      checkoutId(hash, 'campaigns/a', '203.0.113.9', 'key2'),
      checkoutId(otherHash, 'campaigns/a', '203.0.113.9', 'key'),
    ];
    expect(others).not.toContain(id);
  });

  it('has the shape that is read back, whatever the idempotency key', () => {
    fc.assert(fc.property(fc.string(), (key) => isCheckoutId(checkoutId(hash, 'campaigns/a', '::1', key))));
  });

  it.each([
    '',
    'chk_',
    `chk_${'0'.repeat(31)}`,
    `chk_${'0'.repeat(32)}\n`,
    `chk_${'A'.repeat(32)}`,
    `cs_${'0'.repeat(32)}`,
  ])('%j is none', (text) => {
    expect(isCheckoutId(text)).toBe(false);
  });
});

describe('a shard', () => {
  it('stays the same for the same text and lies in its range', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 64 }), (text, shards) => {
        const shard = shardOf(text, shards);
        expect(shard).toBe(shardOf(text, shards));
        expect(Number.isInteger(shard) && shard >= 0 && shard < shards).toBe(true);
      }),
    );
  });

  it('is each used for a hundred payments', () => {
    const used = new Set(Array.from({ length: 100 }, (_, n) => shardOf(`pi_${n}`, 4)));
    expect(used).toEqual(new Set([0, 1, 2, 3]));
  });
});

it('the digest of a body differs for another amount', () => {
  expect(bodyDigest({ amount: 500 })).toBe(bodyDigest({ amount: 500 }));
  expect(bodyDigest({ amount: 500 })).not.toBe(bodyDigest({ amount: 501 }));
});

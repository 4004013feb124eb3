import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addUp, readTogether, type TotalsShard } from '#kernel/totals/totals.ts';

const spreadGift = fc.record({
  amount: fc.integer({ min: -1_000_000, max: 99_999_999 }),
  month: fc.constantFrom('2026-09', '2026-10', '2026-11'),
  shard: fc.nat(15),
  rolledUp: fc.boolean(),
});

function add(months: Record<string, number>, month: string, amount: number): void {
  months[month] = (months[month] ?? 0) + amount;
}

describe('the totals of a campaign', () => {
  it('are the same however its gifts are spread over shards and roll-ups', () => {
    fc.assert(
      fc.property(fc.array(spreadGift), (gifts) => {
        const shards = Array.from({ length: 16 }, () => ({
          raised: 0,
          sales: 0,
          repeats: 0,
          supporters: 0,
          months: {} as Record<string, number>,
          generation: 0,
        }));
        const rolledUp: Record<string, number> = {};
        const expected = {
          raised: 0,
          sales: 0,
          supporters: gifts.length,
          months: {} as Record<string, number>,
        };
        for (const { amount, month, shard, rolledUp: isRolledUp } of gifts) {
          const at = shards[shard];
          if (!at) throw new Error('There are sixteen shards.');
          at.raised += amount;
          at.supporters += 1;
          add(isRolledUp ? rolledUp : at.months, month, amount);
          expected.raised += amount;
          add(expected.months, month, amount);
        }
        expect(addUp(shards, { months: rolledUp, generation: 1 })).toEqual(expected);
      }),
    );
  });

  it('of a campaign without a gift are nothing', () => {
    expect(addUp([], undefined)).toEqual({ raised: 0, sales: 0, supporters: 0, months: {} });
  });

  it('count a late gift for a finished month at once, and leave the roll-up as it was read', () => {
    const rollUp = { months: { '2026-09': 12_000 }, generation: 1 };
    const late: TotalsShard = {
      raised: 500,
      sales: 0,
      repeats: 0,
      supporters: 1,
      months: { '2026-09': 500 },
      generation: 1,
    };
    expect(addUp([late], rollUp).months).toEqual({ '2026-09': 12_500 });
    expect(rollUp.months).toEqual({ '2026-09': 12_000 });
  });
});

describe('shards and roll-up', () => {
  const shard = (generation: number): TotalsShard => ({
    raised: 0,
    sales: 0,
    repeats: 0,
    supporters: 0,
    months: {},
    generation,
  });
  const rollUp = { months: {}, generation: 2 };

  it('fit together when all were read on the same side of a roll-up', () => {
    expect(readTogether([shard(2), shard(2)], rollUp)).toBe(true);
    expect(readTogether([shard(0)], undefined)).toBe(true);
  });

  it('do not when one of them is older or newer than the roll-up', () => {
    expect(readTogether([shard(2), shard(1)], rollUp)).toBe(false);
    expect(readTogether([shard(2), shard(3)], rollUp)).toBe(false);
    expect(readTogether([shard(2)], undefined)).toBe(false);
  });
});

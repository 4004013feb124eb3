import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LatestGift, latestCount, mergeLatest } from '#giving/latest-gifts/latest-gifts-item.ts';
import { paymentOrder } from '#payments/payment/payment-item.ts';

const latest = (second: number, payment: number, name: string | null = null): LatestGift => {
  const at = new Date(Date.UTC(2026, 10, 22, 0, 0, second));
  const order = paymentOrder({ at, paymentId: `pi_${payment}` });
  return { order, gift: { name, amount: payment, message: null, frequency: 'once', at: at.toISOString() } };
};

const deliveries = fc
  .uniqueArray(fc.tuple(fc.nat(30), fc.nat(1000)), {
    selector: ([, payment]) => payment,
    maxLength: 60,
    size: 'max',
  })
  .map((pairs) => pairs.map(([second, payment]) => latest(second, payment)))
  .chain((gifts) =>
    fc.record({
      gifts: fc.constant(gifts),
      // Every gift once in some order, and some of them again.
      delivered: fc
        .tuple(fc.shuffledSubarray(gifts, { minLength: gifts.length }), fc.shuffledSubarray(gifts))
        .map(([all, repeats]) => [...all, ...repeats]),
      batch: fc.integer({ min: 1, max: 25 }),
    }),
  );

function fold(delivered: readonly LatestGift[], batch: number): LatestGift[] {
  let stored: LatestGift[] = [];
  for (let from = 0; from < delivered.length; from += batch) {
    stored = mergeLatest(stored, delivered.slice(from, from + batch));
    expect(stored.length).toBeLessThanOrEqual(latestCount);
  }
  return stored;
}

describe('the newest gifts', () => {
  it('are the newest twenty, each once, however they arrive: in any order, in any batches, repeated', () => {
    fc.assert(
      fc.property(deliveries, ({ gifts, delivered, batch }) => {
        const newestFirst = gifts.toSorted((a, b) => (a.order < b.order ? 1 : -1)).slice(0, 20);
        expect(fold(delivered, batch)).toEqual(newestFirst);
      }),
    );
  });

  it('are not changed by the same gifts again', () => {
    const stored = mergeLatest([], [latest(1, 1), latest(2, 2)]);
    expect(mergeLatest(stored, [latest(1, 1)])).toEqual(stored);
  });

  it('show what is known now of a gift that comes again, such as a name that was hidden since', () => {
    const [gift] = mergeLatest([latest(1, 1, 'Siu Ming')], [latest(1, 1, null)]);
    expect(gift?.gift.name).toBeNull();
  });
});

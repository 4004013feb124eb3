import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bucketsOf,
  countBuckets,
  deal,
  drawReturn,
  drawTakes,
  freeOf,
  type Hold,
  isWhole,
  type Slice,
  slicesFor,
  withoutQuantities,
} from '#payments/stock/stock.ts';

function slicesOf(capacity: number, isMoney = false): Slice[] {
  const made = deal(capacity, slicesFor(capacity, isMoney));
  return made.map((free, number) => ({
    subject: 'night',
    bucket: 'standard',
    number,
    free,
    capacity,
    changes: 0,
  }));
}

const draw = fc.double({ min: 0, max: 0.999999 });
const quantity = fc.integer({ min: 1, max: 90 });

describe('a bucket', () => {
  it('has a slice for every 64 of its capacity, one to eight; one where money is counted', () => {
    expect([0, 1, 40, 127, 128, 500, 512, 5_000].map((capacity) => slicesFor(capacity, false))).toEqual([
      1, 1, 1, 1, 2, 7, 8, 8,
    ]);
    expect(slicesFor(1_000_000, true)).toBe(1);
  });

  it('deals what is free evenly, and what is below zero to the first slice alone', () => {
    expect(deal(10, 4)).toEqual([3, 3, 2, 2]);
    expect(deal(-3, 4)).toEqual([-3, 0, 0, 0]);
    fc.assert(
      fc.property(fc.integer({ min: -500, max: 5_000 }), fc.integer({ min: 1, max: 8 }), (free, slices) => {
        const dealt = deal(free, slices);
        expect(dealt.reduce((sum, each) => sum + each, 0)).toBe(free);
        expect(dealt.slice(1).every((each) => each >= 0)).toBe(true);
      }),
    );
  });
});

describe('a take', () => {
  it('is of one slice that has enough, else of as few as have it together, else of none', () => {
    const slices = slicesOf(500);
    expect(drawTakes(slices, 3, 0)?.map(({ slice }) => slice.number)).toEqual([0]);
    expect(drawTakes(slices, 3, 0.999)?.map(({ slice }) => slice.number)).toEqual([6]);
    const uneven = slices.map((slice, index) => ({ ...slice, free: [2, 0, 5, 1, 0, 0, 0][index] ?? 0 }));
    expect(drawTakes(uneven, 5, 0)?.map(({ slice, quantity }) => [slice.number, quantity])).toEqual([[2, 5]]);
    expect(drawTakes(uneven, 7, 0)?.map(({ slice, quantity }) => [slice.number, quantity])).toEqual([
      [2, 5],
      [0, 2],
    ]);
    expect(drawTakes(uneven, 9, 0)).toBeUndefined();
  });

  it('takes exactly what is asked for, and never more than a slice has', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 8 }),
        quantity,
        draw,
        (frees, asked, at) => {
          const [slice] = slicesOf(1);
          const slices = frees.map((free, number) => ({ ...(slice as Slice), number, free }));
          const takes = drawTakes(slices, asked, at);
          expect(takes === undefined).toBe(freeOf(slices) < asked);
          if (!takes) return;
          expect(takes.reduce((sum, take) => sum + take.quantity, 0)).toBe(asked);
          expect(takes.every((take) => take.quantity > 0 && take.quantity <= take.slice.free)).toBe(true);
          expect(new Set(takes.map((take) => take.slice.number)).size).toBe(takes.length);
        },
      ),
    );
  });
});

/** A model of a bucket and its holds, moved on by the rules alone. */
class Model {
  slices: Slice[];
  holds: Hold[] = [];

  constructor(capacity: number) {
    this.slices = slicesOf(capacity);
  }

  #add(slice: Slice, by: number) {
    this.slices = this.slices.map((each) =>
      each.number === slice.number ? { ...each, free: each.free + by } : each,
    );
  }

  hold(quantity: number, at: number, state: Hold['state']) {
    const takes = drawTakes(this.slices, quantity, at);
    if (!takes) return;
    for (const { slice, quantity: part } of takes) this.#add(slice, -part);
    const id = String(this.holds.length);
    this.holds.push({ id, subject: 'night', state, quantities: { standard: quantity }, until: new Date(0) });
  }

  sell(which: number) {
    this.holds = this.holds.map((hold, index) => (index === which ? { ...hold, state: 'sold' } : hold));
  }

  /** Returns so much of a hold. */
  returnPart(which: number, quantity: number, at: number) {
    const hold = this.holds[which];
    const left = hold && withoutQuantities(hold.quantities, { standard: quantity });
    const slice = drawReturn(this.slices, at);
    if (!left || !slice) return;
    this.#add(slice, quantity);
    this.holds = this.holds.map((each) => (each === hold ? { ...each, quantities: left } : each));
  }

  change(capacity: number) {
    const dealt = deal(freeOf(this.slices) + capacity - (this.slices[0]?.capacity ?? 0), this.slices.length);
    this.slices = this.slices.map((slice, index) => ({ ...slice, capacity, free: dealt[index] ?? 0 }));
  }
}

describe('any sequence of holds, sales, returns and changes of the capacity', () => {
  const which = fc.integer({ min: 0, max: 9 });
  const step = fc.oneof(
    fc.tuple(fc.constant('hold' as const), quantity, draw, fc.constantFrom('held' as const, 'sold' as const)),
    fc.tuple(fc.constant('sell' as const), which),
    fc.tuple(fc.constant('returnPart' as const), which, quantity, draw),
    fc.tuple(fc.constant('change' as const), fc.integer({ min: 0, max: 700 })),
  );

  it('keeps free + held + sold = capacity, and offers nothing while more is out than the capacity', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), fc.array(step, { maxLength: 60 }), (capacity, steps) => {
        const model = new Model(capacity);
        for (const one of steps) {
          if (one[0] === 'hold') model.hold(one[1], one[2], one[3]);
          else if (one[0] === 'sell') model.sell(one[1]);
          else if (one[0] === 'returnPart') model.returnPart(one[1], one[2], one[3]);
          else model.change(one[1]);
          expect(countBuckets(bucketsOf(model.slices), model.holds).every(isWhole)).toBe(true);
          if (freeOf(model.slices) <= 0) expect(drawTakes(model.slices, 1, 0)).toBeUndefined();
          expect(model.slices.slice(1).every(({ free }) => free >= 0)).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

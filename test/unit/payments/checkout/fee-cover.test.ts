import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CardFee, feeCover, feeOf } from '#payments/checkout/fee-cover.ts';
import { largestPayment } from '#platform/money.ts';

const hongKong = { basisPoints: 340, fixed: 235 };
const foreign = { basisPoints: 390, fixed: 235 };
const wallet = { basisPoints: 220, fixed: 200 };

const anyGift = fc.integer({ min: 400, max: largestPayment });
const anyFee = fc.record({
  basisPoints: fc.integer({ min: 0, max: 2000 }),
  fixed: fc.integer({ min: 0, max: 10_000 }),
});

describe('the cover of the card fee', () => {
  it.each<[number, CardFee, number]>([
    [50_000, hongKong, 2003],
    [50_000, foreign, 2274],
    [50_000, wallet, 1329],
    [400, hongKong, 257],
    [10_000, hongKong, 595],
    [1_000_000, hongKong, 35_440],
    [50_000, { basisPoints: 0, fixed: 235 }, 235],
    [50_000, { basisPoints: 340, fixed: 0 }, 1760],
    [50_000, { basisPoints: 0, fixed: 0 }, 0],
  ])('of a gift of %d at %o is %d', (gift, fee, cover) => {
    expect(feeCover(gift, fee)).toBe(cover);
  });

  it('leaves the gift when the fee is taken of the whole, and a cent less would not', () => {
    fc.assert(
      fc.property(anyGift, anyFee, (gift, fee) => {
        const cover = feeCover(gift, fee);
        const paid = gift + cover;
        expect(Number.isSafeInteger(cover) && cover >= 0).toBe(true);
        expect(paid - feeOf(paid, fee)).toBeGreaterThanOrEqual(gift);
        expect(paid - 1 - feeOf(paid - 1, fee)).toBeLessThan(gift);
      }),
    );
  });

  it('never falls as the gift or a rate grows', () => {
    fc.assert(
      fc.property(anyGift, fc.nat(10_000), anyFee, fc.nat(100), (gift, more, fee, rise) => {
        const cover = feeCover(gift, fee);
        expect(feeCover(gift + more, fee)).toBeGreaterThanOrEqual(cover);
        expect(feeCover(gift, { ...fee, basisPoints: fee.basisPoints + rise })).toBeGreaterThanOrEqual(cover);
        expect(feeCover(gift, { ...fee, fixed: fee.fixed + rise })).toBeGreaterThanOrEqual(cover);
      }),
    );
  });

  it('rounds a share of half a cent up, in whole numbers', () => {
    expect(feeOf(50, { basisPoints: 100, fixed: 0 })).toBe(1);
    expect(feeOf(49, { basisPoints: 100, fixed: 0 })).toBe(0);
    expect(feeOf(52_003, hongKong)).toBe(2003);
  });
});

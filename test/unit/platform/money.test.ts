import { describe, expect, it } from 'vitest';
import { formatMoney, formatMoneyShort, largestPayment, sum } from '#platform/money.ts';

describe('an amount is written', () => {
  it.each([
    [0, 'HK$0.00'],
    [5, 'HK$0.05'],
    [400, 'HK$4.00'],
    [123_450, 'HK$1,234.50'],
    [largestPayment, 'HK$999,999.99'],
    [-500, '-HK$5.00'],
  ])('%d cents as %s', (amount, written) => {
    expect(formatMoney(amount, 'hkd')).toBe(written);
  });
});

describe('an amount is written short', () => {
  it.each([
    [50_000, 'HK$500'],
    [123_450, 'HK$1,234.50'],
    [0, 'HK$0'],
  ])('%d cents as %s', (amount, written) => {
    expect(formatMoneyShort(amount, 'hkd')).toBe(written);
  });
});

describe('a sum', () => {
  it('of nothing is zero', () => {
    expect(sum([])).toBe(0);
  });

  it('is exact for ten thousand gifts of the largest amount', () => {
    expect(sum(Array.from({ length: 10_000 }, () => largestPayment))).toBe(999_999_990_000);
  });
});

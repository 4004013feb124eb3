import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatMoney,
  formatMoneyShort,
  largestGift,
  parseDollars,
  smallestGift,
  sum,
} from '../../../functions/platform/money.ts';

describe('an amount is written', () => {
  it.each([
    [0, 'HK$0.00'],
    [5, 'HK$0.05'],
    [smallestGift, 'HK$4.00'],
    [123_450, 'HK$1,234.50'],
    [largestGift, 'HK$999,999.99'],
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

describe('an amount that a person typed', () => {
  it.each([
    ['500', 50_000],
    ['1,600', 160_000],
    ['HK$4.50', 450],
    ['hk$ 4.5', 450],
    ['$20', 2_000],
    [' 0.07 ', 7],
    ['999,999.99', largestGift],
    ['1 000', 100_000],
    ['1\u00a0000.50', 100_050],
    ['５００', 50_000],
    ['＄１，６００．５', 160_050],
    ['500元', 50_000],
    ['500 圓', 50_000],
  ])('%j is read to the cent', (text, amount) => {
    expect(parseDollars(text)).toBe(amount);
  });

  it.each([
    '',
    '-5',
    '+5',
    '4.505',
    '1,60',
    '1e3',
    '0x10',
    '.50',
    '5.',
    'US$5',
    '5 00',
    '1 000,000',
    '5²',
    '元',
    '500元元',
    '12345678',
    'NaN',
    '٥',
  ])('%j is refused rather than guessed', (text) => {
    expect(parseDollars(text)).toBeUndefined();
  });

  it('is read back from the way it is written, whatever the amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: largestGift }), (amount) => {
        expect(parseDollars(formatMoney(amount, 'hkd'))).toBe(amount);
      }),
    );
  });
});

describe('a sum', () => {
  it('of nothing is zero', () => {
    expect(sum([])).toBe(0);
  });

  it('is exact for ten thousand gifts of the largest amount', () => {
    expect(sum(Array.from({ length: 10_000 }, () => largestGift))).toBe(999_999_990_000);
  });
});

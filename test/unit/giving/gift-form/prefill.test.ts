import { describe, expect, it } from 'vitest';
import { readPrefill } from '#giving/gift-form/prefill.ts';

describe('a link that prefills the form', () => {
  it.each([
    ['500', '50000'],
    ['1,600', '160000'],
    ['1234.5', '123450'],
    ['HKD 500', '50000'],
    ['999999.99', '99999999'],
  ])('chooses ?amount=%s in dollars', (amount, cents) => {
    expect(readPrefill(amount, 'once')).toEqual({ values: { amount: cents }, monthly: false });
  });

  it.each([
    '',
    'much',
    '-500',
    '3.99',
    '500 500',
    '1.234,50',
    '1000000',
    '1e9',
    '500.001',
    '<script>',
    'NaN',
    '٥٠٠',
  ])('leaves out ?amount=%s, which is no amount of a gift', (amount) => {
    expect(readPrefill(amount, undefined)).toEqual({ values: {}, monthly: false });
  });

  it('keeps the amount of a monthly gift, and says that it was monthly', () => {
    expect(readPrefill('500', 'monthly')).toEqual({ values: { amount: '50000' }, monthly: true });
    expect(readPrefill(undefined, 'weekly')).toEqual({ values: {}, monthly: false });
  });
});

import { describe, expect, it } from 'vitest';
import { correctionOf, maskAddress } from '#giving/thanks/address-correction.ts';

const paidAt = new Date('2026-11-22T12:00:00Z');
const at = (milliseconds: number) => new Date(paidAt.getTime() + milliseconds);
const hour = 3_600_000;

describe('correcting an address', () => {
  it.each([
    ['open', undefined, hour * 5, 'open'],
    ['processing', undefined, hour * 50, 'open'],
    ['paid', paidAt, 0, 'open'],
    ['paid', paidAt, hour, 'open'],
    ['paid', paidAt, hour + 1, 'over'],
    ['paid', undefined, 0, 'over'],
    ['refunded', paidAt, 0, 'over'],
    ['expired', undefined, 0, 'over'],
    ['failed', undefined, 0, 'over'],
  ] as const)('of a checkout that is %s, paid at %s, is %d ms later %s', (status, paid, later, expected) => {
    expect(correctionOf({ status, paidAt: paid }, at(later))).toBe(expected);
  });

  it('is done once', () => {
    expect(correctionOf({ status: 'paid', paidAt, addressCorrectedAt: paidAt }, at(1))).toBe('used');
    expect(correctionOf({ status: 'paid', paidAt, addressCorrectedAt: paidAt }, at(hour + 1))).toBe('over');
  });
});

describe('a masked address', () => {
  it.each([
    ['juniper@example.org', 'j…@example.org'],
    ['abc@example.org', 'a…@example.org'],
    ['ab@example.org', '…@example.org'],
    ['a@example.org', '…@example.org'],
    ['"@"@example.org', '"…@example.org'],
  ])('of %s is %s', (email, expected) => {
    expect(maskAddress(email)).toBe(expected);
  });
});

import { describe, expect, it } from 'vitest';
import type { Checkout } from '#payments/checkout/checkout.ts';
import { fromMetadata, toMetadata, toPaymentFact } from '#payments/checkout/metadata.ts';

const checkout: Checkout = {
  id: `chk_${'0'.repeat(32)}`,
  status: 'open',
  fund: 'education',
  subject: { kind: 'campaign', slug: 'education' },
  mode: 'payment',
  lines: [{ kind: 'gift', amount: 50_000 }],
  currency: 'hkd',
  language: 'zh-HK',
  site: 'http://127.0.0.1:8787',
  createdAt: new Date('2026-11-22T04:00:00Z'),
  expiresAt: new Date('2026-11-22T06:00:00Z'),
  bodyDigest: 'digest-of-the-body',
  donor: `dnr_${'1'.repeat(32)}`,
  sessionId: 'cs_test_1',
};

const order: Checkout = {
  ...checkout,
  subject: { kind: 'event', slug: 'education' },
  lines: [
    { kind: 'ticket', type: 'early-bird', quantity: 2, amount: 30_000 },
    { kind: 'gift', amount: 50_000, for: 'banyan' },
    { kind: 'cover', amount: 2003 },
  ],
};

/** As Sessions carry it that were opened before there were parts. */
const version1 = {
  tideover_checkout: checkout.id,
  campaign: 'education',
  kind: 'gift',
  amount: '50000',
  cover: '2003',
  language: 'zh-HK',
};

const taken = { paymentId: 'pi_1', currency: 'hkd', at: checkout.createdAt } as const;
const factOf = (metadata: Record<string, string>, amount: number) => {
  const ours = fromMetadata(metadata);
  return ours && toPaymentFact(ours, { ...taken, amount });
};

describe('what Stripe keeps for us', () => {
  it('is ids, amounts and language, and nothing else', () => {
    expect(toMetadata(checkout)).toEqual({
      tideover: '2',
      tideover_checkout: checkout.id,
      fund: 'education',
      kind: 'campaign',
      gift: '50000',
      sales: '0',
      cover: '0',
      language: 'zh-HK',
      donor: checkout.donor,
    });
  });

  it('says apart what is given, what is bought, and what covers the fee', () => {
    expect(factOf(toMetadata(order), 82_003)).toEqual({
      ...taken,
      source: 'stripe',
      checkoutId: checkout.id,
      fund: 'education',
      about: 'event',
      for: 'banyan',
      parts: { gift: 50_000, sales: 30_000, cover: 2003 },
      language: 'zh-HK',
      donor: checkout.donor,
    });
  });

  it('of version 1 is read: a gift and its cover', () => {
    const parts = { gift: 50_000, sales: 0, cover: 2003 };
    const fact = factOf(version1, 52_003);
    expect(fact).toMatchObject({ fund: 'education', about: 'campaign', parts });
    expect(fact).not.toHaveProperty('isUnclear');
  });

  it.each<[string, Record<string, string>]>([
    ['of a version to come', { tideover: '3' }],
    ['of a version that is a name', { tideover: 'constructor' }],
    ['with a part below zero', { sales: '-30000', gift: '112003' }],
    ['with a fraction of a cent', { gift: '500.5' }],
    ['with a part that is no number', { cover: '2e3' }],
    ['with a part in other digits', { cover: '٣' }],
    ['with too long a part', { gift: '9'.repeat(10) }],
    ['without a part', { gift: '' }],
  ])('%s is unclear: what was taken is a gift until a person has looked', (_, changes) => {
    expect(factOf({ ...toMetadata(order), ...changes }, 82_003)).toMatchObject({
      parts: { gift: 82_003, sales: 0, cover: 0 },
      isUnclear: true,
    });
  });

  it.each([
    ['less than its parts', 81_000, { gift: 50_000, sales: 30_000, cover: 1000 }],
    ['less than was bought', 20_000, { gift: 0, sales: 20_000, cover: 0 }],
    ['more than its parts', 90_000, { gift: 57_997, sales: 30_000, cover: 2003 }],
  ])('beside a payment of %s is unclear, and the parts follow what was taken', (_, amount, parts) => {
    expect(factOf(toMetadata(order), amount)).toMatchObject({ parts, isUnclear: true });
  });

  it('holds no name, address or comment, even when a checkout carried them', () => {
    const person = { name: 'Siu Ming', email: 'siuming@example.org', message: 'Keep warm' };
    const sent = JSON.stringify(toMetadata({ ...checkout, ...person }));
    for (const word of [...Object.values(person), 'School', 'digest']) expect(sent).not.toContain(word);
  });

  it("keeps to Stripe's limits: 50 keys of 40 characters, values of 500", () => {
    const entries = Object.entries(toMetadata({ ...checkout, fund: 'x'.repeat(60) }));
    expect(entries.length).toBeLessThanOrEqual(50);
    for (const [key, value] of entries) {
      expect(key.length).toBeLessThanOrEqual(40);
      expect(value.length).toBeLessThanOrEqual(500);
    }
  });

  it('is read back', () => {
    expect(fromMetadata(toMetadata(checkout))).toEqual({
      checkoutId: checkout.id,
      fund: 'education',
      about: 'campaign',
      language: 'zh-HK',
      parts: { gift: 50_000, sales: 0, cover: 0 },
      donor: checkout.donor,
    });
  });

  it.each([
    null,
    {},
    { order_id: '6735' },
    { campaign: 'education', kind: 'gift' },
    { tideover_checkout: checkout.id },
    { tideover_checkout: '', campaign: 'education' },
    { tideover_checkout: 'chk_1#x', campaign: 'education' },
  ])('is not ours when another product wrote %j', (metadata) => {
    expect(fromMetadata(metadata as Record<string, string> | null)).toBeUndefined();
  });

  it('falls back to English for a language that is none', () => {
    expect(fromMetadata({ ...toMetadata(checkout), language: 'fr' })?.language).toBe('en');
  });
});

import { describe, expect, it } from 'vitest';
import type { Checkout } from '#payments/checkout/checkout.ts';
import { fromMetadata, toMetadata } from '#payments/checkout/metadata.ts';

const checkout: Checkout = {
  id: `chk_${'0'.repeat(32)}`,
  status: 'open',
  campaign: 'education',
  lines: [{ kind: 'gift', campaign: 'education', title: 'School for the children', amount: 50_000 }],
  amount: 50_000,
  currency: 'hkd',
  language: 'zh-HK',
  site: 'http://127.0.0.1:8787',
  createdAt: new Date('2026-11-22T04:00:00Z'),
  expiresAt: new Date('2026-11-22T06:00:00Z'),
  bodyDigest: 'digest-of-the-body',
  sessionId: 'cs_test_1',
};

const covered: Checkout = {
  ...checkout,
  lines: [...checkout.lines, { kind: 'cover', title: 'Towards the card fee', amount: 2003 }],
  amount: 52_003,
};

describe('what Stripe keeps for us', () => {
  it('is ids, amounts and language, and nothing else', () => {
    expect(toMetadata(checkout)).toEqual({
      tideover_checkout: checkout.id,
      campaign: 'education',
      kind: 'gift',
      amount: '50000',
      cover: '0',
      language: 'zh-HK',
    });
  });

  it('says apart what is given and what covers the fee', () => {
    expect(toMetadata(covered)).toMatchObject({ amount: '50000', cover: '2003' });
    expect(fromMetadata(toMetadata(covered))).toMatchObject({ giftAmount: 50_000, cover: 2003 });
  });

  it.each([undefined, '', '-2003', '20.03', '2e3', '٣', '9'.repeat(10)])(
    'without a cover, where it says %s of one',
    (cover) => {
      const { cover: _, ...rest } = toMetadata(checkout);
      expect(fromMetadata({ ...rest, ...(cover !== undefined && { cover }) })?.cover).toBe(0);
    },
  );

  it('holds no name, address or comment, even when a checkout carried them', () => {
    const person = { name: 'Siu Ming', email: 'siuming@example.org', message: 'Keep warm' };
    const sent = JSON.stringify(toMetadata({ ...checkout, ...person }));
    for (const word of [...Object.values(person), 'School', 'digest']) expect(sent).not.toContain(word);
  });

  it("keeps to Stripe's limits: 50 keys of 40 characters, values of 500", () => {
    const entries = Object.entries(toMetadata({ ...checkout, campaign: 'x'.repeat(60) }));
    expect(entries.length).toBeLessThanOrEqual(50);
    for (const [key, value] of entries) {
      expect(key.length).toBeLessThanOrEqual(40);
      expect(value.length).toBeLessThanOrEqual(500);
    }
  });

  it('is read back', () => {
    expect(fromMetadata(toMetadata(checkout))).toEqual({
      checkoutId: checkout.id,
      campaign: 'education',
      language: 'zh-HK',
      giftAmount: 50_000,
      cover: 0,
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

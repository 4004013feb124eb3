import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckoutLine } from '#payments/checkout/checkout.ts';
import { fromCheckoutItem, toCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { guardLimits } from '#payments/guard/guard-limits.ts';
import { aCheckout, now } from '../../../support/payments.ts';
import { itemBytes } from '../../../support/write-units.ts';

const amount = fc.integer({ min: 1, max: 99_999_999 });
const id = fc.stringMatching(/^[a-z0-9]+(-[a-z0-9]+)*$/).filter((text) => text.length <= 40);
const line: fc.Arbitrary<CheckoutLine> = fc.oneof(
  fc.record(
    { kind: fc.constant('gift' as const), amount, for: id, every: fc.constant('month' as const) },
    { requiredKeys: ['kind', 'amount'] },
  ),
  fc.record({
    kind: fc.constant('ticket' as const),
    amount,
    type: id,
    quantity: fc.integer({ min: 1, max: 99 }),
  }),
  fc.record({ kind: fc.constant('goods' as const), amount, item: id }),
  fc.record({ kind: fc.constant('cover' as const), amount }),
);

describe('the item of a checkout', () => {
  it('is read as it was written, whatever lines it has', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 10 }), (lines) => {
        const checkout = aCheckout(1, { lines, donor: `dnr_${'1'.repeat(32)}`, holdId: 'hld_1' });
        expect(fromCheckoutItem(toCheckoutItem(checkout))).toMatchObject({ ...checkout, lines });
      }),
    );
  });

  it('of ten lines stays within 1,000 bytes, with all that is written to it later', () => {
    const hex = (length: number) => 'f'.repeat(length);
    const tickets = Array.from(
      { length: 8 },
      (_, number) =>
        ({ kind: 'ticket', type: `early-bird-${number}`, quantity: 10, amount: 150_000 }) as const,
    );
    const checkout = aCheckout(1, {
      fund: 'drink-for-justice-2026',
      subject: { kind: 'event', slug: 'drink-for-justice-2026' },
      lines: [...tickets, { kind: 'gift', amount: 50_000 }, { kind: 'cover', amount: 20_035 }],
      site: 'https://give.drinkforjustice.org',
      bodyDigest: hex(22),
      network: `${hex(32)}#${now.toISOString()}`,
      donor: `dnr_${hex(32)}`,
      holdId: `hld_${hex(32)}`,
    });
    const item = toCheckoutItem(checkout);
    expect(guardLimits.declinesACheckout).toBeLessThanOrEqual(5);
    // What the Session, as many declined payments as it remembers, and the payment write to it.
    const later = {
      sessionId: `cs_live_${hex(58)}`,
      paymentId: `pi_${hex(24)}`,
      paidAt: now.toISOString(),
      declinedBy: new Set(
        Array.from({ length: guardLimits.declinesACheckout }, (_, number) => `${number}${hex(7)}`),
      ),
    };
    expect(itemBytes({ ...item, ...later })).toBeLessThanOrEqual(1000);
  });
});

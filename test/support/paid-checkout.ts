import type { PaidCheckout } from '#payments/checkout/paid-checkout.ts';

/** A paid checkout of HK$500, with whatever a test wants otherwise. */
export function paidCheckout(otherwise: Partial<PaidCheckout> = {}): PaidCheckout {
  return {
    checkoutId: `chk_${'0'.repeat(32)}`,
    paymentId: 'pi_1',
    campaign: 'lai-chi-kok-warehouse',
    amount: 50_000,
    cover: 0,
    currency: 'hkd',
    language: 'en',
    at: new Date('2026-11-22T04:00:00Z'),
    ...otherwise,
  };
}

import type { PaymentFact } from '#payments/received/payment-fact.ts';

/** The fact that Stripe took HK$500 as a gift, with whatever a test wants otherwise; `amount` is taken in all, `cover` is in it. */
export function paidCheckout({
  amount = 50_000,
  cover = 0,
  ...otherwise
}: Partial<PaymentFact> & { readonly amount?: number; readonly cover?: number } = {}): PaymentFact {
  return {
    source: 'stripe',
    checkoutId: `chk_${'0'.repeat(32)}`,
    paymentId: 'pi_1',
    fund: 'lai-chi-kok-warehouse',
    about: 'campaign',
    parts: { gift: amount - cover, sales: 0, cover },
    currency: 'hkd',
    language: 'en',
    at: new Date('2026-11-22T04:00:00Z'),
    ...otherwise,
  };
}

import type Stripe from 'stripe';
import { fromMetadata } from '#payments/checkout/metadata.ts';
import { coverWithin, type PaidCheckout } from '#payments/checkout/paid-checkout.ts';
import { fromSeconds } from '#platform/clock.ts';
import { isOfBooks } from '#platform/money.ts';
import { madeIn, type Window } from '#platform/stripe/listings.ts';
import type { OtherCurrency } from './list-other-currency.ts';
import { otherCurrencySession } from './list-other-currency-session.ts';

/**
 * Where one of our Sessions stands at Stripe: `waiting` – it can still be paid; `processing` – it was sent off, and the bank works
 * on it; `paid`; `other-currency` – paid,
 * in another currency than the books'; `failed` – the bank refused at last; `expired`.
 */
export type ListedSession = { readonly sessionId: string; readonly checkoutId: string } & (
  | { readonly state: 'waiting' | 'processing' | 'failed' | 'expired' }
  | { readonly state: 'paid'; readonly paid: PaidCheckout }
  | { readonly state: 'other-currency'; readonly told: OtherCurrency }
);

/** Stripe gives at most a hundred Sessions a page. */
const aPage = 100;

/** Reads our Sessions that were made within a time, newest first, page after page; another product's are left out. */
export async function* listSessions(stripe: Stripe, window: Window): AsyncGenerator<ListedSession> {
  const list = stripe.checkout.sessions.list({
    created: madeIn(window),
    limit: aPage,
    expand: ['data.payment_intent.latest_charge'],
  });
  for await (const session of list) {
    const listed = toListed(session);
    if (listed) yield listed;
  }
}

function toListed(session: Stripe.Checkout.Session): ListedSession | undefined {
  const ours = fromMetadata(session.metadata);
  if (!ours) return undefined;
  const names = { sessionId: session.id, checkoutId: ours.checkoutId };
  if (session.status === 'expired') return { ...names, state: 'expired' };
  if (session.status !== 'complete') return { ...names, state: 'waiting' };
  const payment = typeof session.payment_intent === 'object' ? session.payment_intent : null;
  if (session.payment_status === 'unpaid') {
    const isOver = payment?.status === 'requires_payment_method' || payment?.status === 'canceled';
    return { ...names, state: isOver ? 'failed' : 'processing' };
  }
  const charge = typeof payment?.latest_charge === 'object' ? payment.latest_charge : null;
  const { amount_total: amount, currency } = session;
  const told =
    payment && otherCurrencySession(session, { checkoutId: ours.checkoutId, paymentId: payment.id });
  if (told) return { ...names, state: 'other-currency', told };
  // What booking would refuse from an event too is left for the comparison of the balance, which names it.
  if (!payment || !charge || amount === null || !isOfBooks(currency)) return undefined;
  // The event that told the time of payment is lost: the charge's is the nearest.
  const at = fromSeconds(charge.created);
  const { checkoutId, campaign, language } = ours;
  const cover = coverWithin(amount, ours);
  const paid: PaidCheckout = {
    checkoutId,
    paymentId: payment.id,
    campaign,
    language,
    amount,
    cover,
    currency,
    at,
  };
  return { ...names, state: 'paid', paid };
}

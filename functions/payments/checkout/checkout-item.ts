import type { Language } from '#platform/charity.ts';
import type { Currency } from '#platform/money.ts';
import type { Change } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { type Checkout, type CheckoutLine, type CheckoutStatus, coverOf } from './checkout.ts';
import type { PaidCheckout } from './paid-checkout.ts';

/** The item of a checkout. What covers the fee stands beside its line too, for the payment to be compared with. */
export function toCheckoutItem(checkout: Checkout): Item {
  const cover = coverOf(checkout);
  return toItem(keys.checkout(checkout.id), 'checkout', 1, {
    id: checkout.id,
    status: checkout.status,
    campaign: checkout.campaign,
    lines: checkout.lines,
    amount: checkout.amount,
    ...(cover > 0 && { cover }),
    currency: checkout.currency,
    language: checkout.language,
    site: checkout.site,
    createdAt: checkout.createdAt.toISOString(),
    expiresAt: checkout.expiresAt.toISOString(),
    bodyDigest: checkout.bodyDigest,
    ...(checkout.network && { network: checkout.network }),
    ...(checkout.sessionId && { sessionId: checkout.sessionId }),
    ...(checkout.paidAt && { paidAt: checkout.paidAt.toISOString() }),
    ...(checkout.addressCorrectedAt && { addressCorrectedAt: checkout.addressCorrectedAt.toISOString() }),
  });
}

/** Reads a checkout's item. */
export function fromCheckoutItem(item: Item): Checkout {
  return {
    id: item.id as string,
    status: item.status as CheckoutStatus,
    campaign: item.campaign as string,
    lines: item.lines as CheckoutLine[],
    amount: item.amount as number,
    currency: item.currency as Currency,
    language: item.language as Language,
    site: item.site as string,
    createdAt: new Date(item.createdAt as string),
    expiresAt: new Date(item.expiresAt as string),
    bodyDigest: item.bodyDigest as string,
    network: item.network as string | undefined,
    sessionId: item.sessionId as string | undefined,
    paidAt: item.paidAt ? new Date(item.paidAt as string) : undefined,
    addressCorrectedAt: item.addressCorrectedAt ? new Date(item.addressCorrectedAt as string) : undefined,
  };
}

/** The payment that a checkout was paid with; undefined before. */
export function paymentOf(item: Item): string | undefined {
  return item.paymentId as string | undefined;
}

/**
 * Makes a checkout paid when it says the same as Stripe: not ended, same campaign, amount, cover and currency.
 * @param fewerDeclines and when fewer of its payments than this were declined before; without one, however many
 */
export function toPaidChange(paid: PaidCheckout, fewerDeclines?: number): Change {
  const sameCover = paid.cover > 0 ? 'cover = :cover' : 'attribute_not_exists(cover)';
  return {
    update: keys.checkout(paid.checkoutId),
    set: {
      expression: 'SET #status = :paid, paymentId = :payment, paidAt = :at',
      names: { '#status': 'status' },
      values: {
        ':paid': 'paid',
        ':payment': paid.paymentId,
        ':at': paid.at.toISOString(),
        ':open': 'open',
        ':processing': 'processing',
        ':campaign': paid.campaign,
        ':amount': paid.amount,
        ':currency': paid.currency,
        ...(paid.cover > 0 && { ':cover': paid.cover }),
        ...(fewerDeclines !== undefined && { ':declines': fewerDeclines }),
      },
    },
    condition: `#status IN (:open, :processing) AND campaign = :campaign AND amount = :amount AND currency = :currency AND ${sameCover}${
      fewerDeclines === undefined
        ? ''
        : ' AND (attribute_not_exists(declinedBy) OR size(declinedBy) < :declines)'
    }`,
  };
}

/**
 * Notes with a checkout that waits that one of its payments was declined, by the event that told of it.
 * @param fewer and only while it remembers fewer than this
 */
export function toDeclinedChange(checkoutId: string, eventId: string, fewer: number): Change {
  return {
    update: keys.checkout(checkoutId),
    set: {
      expression: 'ADD declinedBy :events',
      names: { '#status': 'status' },
      values: {
        ':events': new Set([eventId]),
        ':event': eventId,
        ':most': fewer,
        ':open': 'open',
        ':processing': 'processing',
      },
    },
    condition:
      '#status IN (:open, :processing) AND (attribute_not_exists(declinedBy) OR (size(declinedBy) < :most AND NOT contains(declinedBy, :event)))',
  };
}

/** Whether a checkout remembers that this event told of a declined payment. */
export function wasDeclinedBy(item: Item | undefined, eventId: string): boolean {
  return declinedBy(item).has(eventId);
}

/** The Session of a checkout that waits for its payment. */
export function waitingSession(item: Item | undefined): string | undefined {
  const isWaiting = item?.status === 'open' || item?.status === 'processing';
  return isWaiting ? (item.sessionId as string | undefined) : undefined;
}

/** How many payments of a checkout were declined, as far as it remembers them. */
export function declinesOf(item: Item | undefined): number {
  return declinedBy(item).size;
}

function declinedBy(item: Item | undefined): ReadonlySet<string> {
  return (item?.declinedBy as ReadonlySet<string> | undefined) ?? new Set();
}

/** Whether a checkout says the same as Stripe (`toPaidChange`), however often its payment was declined. */
export function agreesWith(item: Item, paid: PaidCheckout): boolean {
  const checkout = fromCheckoutItem(item);
  const { status, campaign, amount, currency } = checkout;
  return (
    (status === 'open' || status === 'processing') &&
    campaign === paid.campaign &&
    amount === paid.amount &&
    coverOf(checkout) === paid.cover &&
    currency === paid.currency
  );
}

/** Makes a known checkout paid whatever it says: the money was taken. */
export function toForcedPaidChange(paid: PaidCheckout): Change {
  return {
    update: keys.checkout(paid.checkoutId),
    set: {
      expression: 'SET #status = :paid, paymentId = :payment, paidAt = :at',
      names: { '#status': 'status' },
      values: { ':paid': 'paid', ':payment': paid.paymentId, ':at': paid.at.toISOString() },
    },
    condition: 'attribute_exists(pk)',
  };
}

/** Moves a checkout on when it stands at one of the given places; a paid one is never demoted. */
export function toStatusChange(
  checkoutId: string,
  status: CheckoutStatus,
  from: readonly [CheckoutStatus, ...CheckoutStatus[]],
): Change {
  const places = from.map((place, index) => [`:from${index}`, place] as const);
  return {
    update: keys.checkout(checkoutId),
    set: {
      expression: 'SET #status = :status',
      names: { '#status': 'status' },
      values: { ':status': status, ...Object.fromEntries(places) },
    },
    condition: `#status IN (${places.map(([name]) => name).join(', ')})`,
  };
}

/**
 * Notes with a paid checkout all that was refunded of its payment, for the thanks page.
 * @param refunded minor units, from now on
 * @param status where it stands from then on; undefined when that does not change
 */
export function toRefundedChange(
  checkoutId: string,
  refunded: number,
  status: 'paid' | 'refunded' | undefined,
): Change {
  return {
    update: keys.checkout(checkoutId),
    set: {
      expression: `SET refunded = :refunded${status ? ', #status = :status' : ''}`,
      ...(status && { names: { '#status': 'status' } }),
      values: { ':refunded': refunded, ...(status && { ':status': status }) },
    },
    condition: 'attribute_exists(paymentId)',
  };
}

/** All that was refunded of a checkout's payment, minor units. */
export function refundedOf(item: Item): number {
  return (item.refunded as number | undefined) ?? 0;
}

/** Marks that the address was corrected, when it was not before and the checkout still stands where it was read. */
export function toAddressCorrectedChange(checkout: Checkout, now: Date): Change {
  return {
    update: keys.checkout(checkout.id),
    set: {
      expression: 'SET addressCorrectedAt = :now',
      names: { '#status': 'status' },
      values: { ':now': now.toISOString(), ':status': checkout.status },
    },
    condition: '#status = :status AND attribute_not_exists(addressCorrectedAt)',
  };
}

import { languages } from '#platform/charity.ts';
import { currencies } from '#platform/money.ts';
import type { Change } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { type Fields, read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import {
  type Checkout,
  type CheckoutLine,
  type CheckoutStatus,
  checkoutStatuses,
  coverOf,
} from './checkout.ts';
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

export function fromCheckoutItem(item: Item): Checkout {
  const fields = read(item);
  return {
    id: fields.text('id'),
    status: fields.oneOf('status', checkoutStatuses),
    campaign: fields.text('campaign'),
    lines: fields.list('lines').map(lineIn),
    amount: fields.int('amount'),
    currency: fields.oneOf('currency', currencies),
    language: fields.oneOf('language', languages),
    site: fields.text('site'),
    createdAt: fields.date('createdAt'),
    expiresAt: fields.date('expiresAt'),
    bodyDigest: fields.text('bodyDigest'),
    network: fields.maybeText('network'),
    sessionId: fields.maybeText('sessionId'),
    paidAt: fields.maybeDate('paidAt'),
    addressCorrectedAt: fields.maybeDate('addressCorrectedAt'),
  };
}

function lineIn(fields: Fields): CheckoutLine {
  const campaign = fields.maybeText('campaign');
  return {
    kind: fields.oneOf('kind', ['gift', 'cover']),
    ...(campaign !== undefined && { campaign }),
    title: fields.text('title'),
    amount: fields.int('amount'),
  };
}

/** The payment that a checkout was paid with; undefined before. */
export function paymentOf(item: Item): string | undefined {
  return read(item).maybeText('paymentId');
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
 * Records with a waiting checkout that one of its payments was declined, under the id of the event that reported it.
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

/** Whether a checkout remembers that this event reported a declined payment. */
export function wasDeclinedBy(item: Item | undefined, eventId: string): boolean {
  return declinedBy(item).has(eventId);
}

/** The Session of a checkout that waits for its payment. */
export function waitingSession(item: Item | undefined): string | undefined {
  const isWaiting = item?.status === 'open' || item?.status === 'processing';
  return isWaiting ? read(item).maybeText('sessionId') : undefined;
}

/** How many payments of a checkout were declined, as far as it remembers them. */
export function declinesOf(item: Item | undefined): number {
  return declinedBy(item).size;
}

/** Taken as it stands: what a corrupt checkout remembers keeps no payment from being booked. */
function declinedBy(item: Item | undefined): ReadonlySet<unknown> {
  return item?.declinedBy instanceof Set ? item.declinedBy : new Set();
}

/**
 * Whether a checkout says the same as Stripe (`toPaidChange`), however often its payment was declined. It is compared as it stands: a
 * corrupt one says something else, and the money is booked all the same.
 */
export function agreesWith(item: Item, paid: PaidCheckout): boolean {
  const { status, campaign, amount, cover = 0, currency } = item;
  return (
    (status === 'open' || status === 'processing') &&
    campaign === paid.campaign &&
    amount === paid.amount &&
    cover === paid.cover &&
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
 * Records with a paid checkout all that was refunded of its payment, for the thanks page.
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
  return read(item).maybeInt('refunded') ?? 0;
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

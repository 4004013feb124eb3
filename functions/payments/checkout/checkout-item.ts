import type { PaymentFact } from '#payments/received/payment-fact.ts';
import { subjectKinds } from '#payments/received/subject.ts';
import { languages } from '#platform/charity.ts';
import { bodyDigest } from '#platform/ids.ts';
import { currencies } from '#platform/money.ts';
import type { Change } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { sameValue } from '#platform/values.ts';
import {
  type Checkout,
  type CheckoutLine,
  type CheckoutStatus,
  checkoutStatuses,
  modes,
  partsOf,
} from './checkout.ts';

/** The item of a checkout. Its parts stand beside the lines, for the payment to be compared with. */
export function toCheckoutItem(checkout: Checkout): Item {
  return toItem(keys.checkout(checkout.id), 'checkout', 1, {
    id: checkout.id,
    status: checkout.status,
    fund: checkout.fund,
    subject: {
      kind: checkout.subject.kind,
      ...(checkout.subject.slug !== checkout.fund && checkout.subject),
    },
    mode: checkout.mode,
    lines: checkout.lines.map(lineText),
    parts: partsOf(checkout),
    currency: checkout.currency,
    language: checkout.language,
    site: checkout.site,
    createdAt: checkout.createdAt.toISOString(),
    expiresAt: checkout.expiresAt.toISOString(),
    bodyDigest: checkout.bodyDigest,
    ...(checkout.network && { network: checkout.network }),
    ...(checkout.donor && { donor: checkout.donor }),
    ...(checkout.holdId && { holdId: checkout.holdId }),
    ...(checkout.sessionId && { sessionId: checkout.sessionId }),
    ...(checkout.paidAt && { paidAt: checkout.paidAt.toISOString() }),
    ...(checkout.addressCorrectedAt && { addressCorrectedAt: checkout.addressCorrectedAt.toISOString() }),
  });
}

export function fromCheckoutItem(item: Item): Checkout {
  const fields = read(item);
  const subject = fields.record('subject');
  const fund = fields.text('fund');
  return {
    id: fields.text('id'),
    status: fields.oneOf('status', checkoutStatuses),
    fund,
    subject: { kind: subject.oneOf('kind', subjectKinds), slug: subject.maybeText('slug') ?? fund },
    mode: fields.oneOf('mode', modes),
    lines: fields.textsThat('lines', isLineText, 'a list of lines').map(lineIn),
    currency: fields.oneOf('currency', currencies),
    language: fields.oneOf('language', languages),
    site: fields.text('site'),
    createdAt: fields.date('createdAt'),
    expiresAt: fields.date('expiresAt'),
    bodyDigest: fields.text('bodyDigest'),
    network: fields.maybeText('network'),
    donor: fields.maybeText('donor'),
    holdId: fields.maybeText('holdId'),
    sessionId: fields.maybeText('sessionId'),
    paidAt: fields.maybeDate('paidAt'),
    addressCorrectedAt: fields.maybeDate('addressCorrectedAt'),
  };
}

/** A line as it is stored, so that ten of them stay short: `gift/50000`, `ticket/30000/2/early-bird`. */
function lineText(line: CheckoutLine): string {
  switch (line.kind) {
    case 'gift':
      return ['gift', line.amount, line.every ?? '', line.for ?? ''].join('/').replace(/\/+$/, '');
    case 'ticket':
      return `ticket/${line.amount}/${line.quantity}/${line.type}`;
    case 'goods':
      return `goods/${line.amount}//${line.item}`;
    case 'cover':
      return `cover/${line.amount}`;
  }
}

const storedLine =
  /^(?:(?<kind>gift|cover)\/(?<sum>\d+)(?:\/(?<every>month)?(?:\/(?<meant>[\w-]+))?)?|ticket\/(?<price>\d+)\/(?<quantity>\d+)\/(?<type>[\w-]+)|goods\/(?<cost>\d+)\/\/(?<item>[\w-]+))$/;

function isLineText(text: string): boolean {
  return storedLine.test(text);
}

function lineIn(text: string): CheckoutLine {
  const { kind, sum, every, meant, price, quantity, type, cost, item } = storedLine.exec(text)?.groups ?? {};
  if (type) return { kind: 'ticket', amount: Number(price), quantity: Number(quantity), type };
  if (item) return { kind: 'goods', amount: Number(cost), item };
  if (kind === 'cover') return { kind, amount: Number(sum) };
  return {
    kind: 'gift',
    amount: Number(sum),
    ...(meant && { for: meant }),
    ...(every && { every: 'month' }),
  };
}

/** The payment that a checkout was paid with; undefined before. */
export function paymentOf(item: Item): string | undefined {
  return read(item).maybeText('paymentId');
}

/** Where a checkout stands that says the same as Stripe: it waits for the payment, or has expired before it. */
export type Agreement = 'waiting' | 'expired';

const agreeing: Readonly<Record<Agreement, readonly CheckoutStatus[]>> = {
  waiting: ['open', 'processing'],
  expired: ['expired'],
};

/**
 * Makes a checkout paid when it says the same as Stripe: same fund, parts and currency, and it stands there.
 * @param fewerDeclines and when fewer of its payments than this were declined before; without one, however many
 */
export function toPaidChange(paid: PaymentFact, at: Agreement, fewerDeclines?: number): Change {
  const { paymentId, fund, parts, currency } = paid;
  const places = agreeing[at].map((status, index) => [`:from${index}`, status] as const);
  return {
    update: keys.checkout(paid.checkoutId),
    set: {
      expression: 'SET #status = :paid, paymentId = :payment, paidAt = :at',
      names: { '#status': 'status' },
      values: {
        ':paid': 'paid',
        ':payment': paymentId,
        ':at': paid.at.toISOString(),
        ...Object.fromEntries(places),
        ':fund': fund,
        ':parts': parts,
        ':currency': currency,
        ...(fewerDeclines !== undefined && { ':declines': fewerDeclines }),
      },
    },
    condition: `#status IN (${places.map(([name]) => name).join(', ')}) AND fund = :fund AND parts = :parts AND currency = :currency${
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
        ':events': new Set([declineMark(eventId)]),
        ':event': declineMark(eventId),
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
  return declinedBy(item).has(declineMark(eventId));
}

/** An event's id made short: a checkout remembers five of them at most. */
function declineMark(eventId: string): string {
  return bodyDigest(eventId).slice(0, 8);
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
 * Where a checkout stands that says the same as Stripe (`toPaidChange`), however often its payment was declined; undefined when it says
 * otherwise. It is compared as it stands: a corrupt one says something else, and the money is booked all the same.
 */
export function agreementOf(item: Item, { fund, parts, currency }: PaymentFact): Agreement | undefined {
  if (item.fund !== fund || item.currency !== currency || !sameValue(item.parts, parts)) return undefined;
  return (['waiting', 'expired'] as const).find((at) =>
    agreeing[at].some((status) => status === item.status),
  );
}

/** Makes a known checkout paid whatever it says: the money was taken. */
export function toForcedPaidChange(paid: PaymentFact): Change {
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

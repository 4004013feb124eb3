import Stripe from 'stripe';
import { recordPayoutReport } from '#accounting/payouts/record-payout-report.ts';
import { askForRefresh } from '#kernel/outbox/ask-for-refresh.ts';
import { refreshKey } from '#kernel/outbox/outbox.ts';
import {
  fromMetadata,
  namesOurCheckout,
  type PaymentMetadata,
  toPaymentFact,
} from '#payments/checkout/metadata.ts';
import { expireCheckout, failCheckout, processCheckout } from '#payments/checkout/transition-checkout.ts';
import { recordFraudWarning } from '#payments/disputes/record-fraud-warning.ts';
import { countDecline } from '#payments/guard/count-decline.ts';
import { listOtherCurrency, listOtherCurrencySession } from '#payments/payment/list-other-currency.ts';
import type { BookingContext } from '#payments/payment/record-payment.ts';
import { receivePayment } from '#payments/payment/record-payment.ts';
import { receiveRefund } from '#payments/refunds/receive-refund.ts';
import type { RefundFact } from '#payments/refunds/refund.ts';
import { toRefundFact } from '#payments/refunds/refund-fact.ts';
import { count, log } from '#platform/log.ts';
import { isOfBooks, largestPayment } from '#platform/money.ts';
import { isId, isRecord, type Shape, UnusableEvent, wrongField } from '#platform/stripe/event-shape.ts';
import { type Key, keys } from '#platform/table/keys.ts';
import { dispute, earlyFraudWarning, paymentIntent, payout, refund, session } from './event-objects.ts';
import type { EventOutcome } from './event-outcome.ts';

type SessionEvent = Extract<Stripe.Event, { data: { object: Stripe.Checkout.Session } }>;
type DisputeEvent = Extract<Stripe.Event, { data: { object: Stripe.Dispute } }>;
type PaymentIntentEvent = Extract<Stripe.Event, { type: 'payment_intent.payment_failed' }>;
type PayoutEvent = Extract<Stripe.Event, { data: { object: Stripe.Payout } }>;
type Handle<Type extends Stripe.Event.Type> = (
  event: Extract<Stripe.Event, { type: Type }>,
  ctx: BookingContext,
) => Promise<EventOutcome>;

/** A type of Stripe event that is taken. */
interface Taken<Type extends Stripe.Event.Type> {
  /** The shape that the event's object must have; checked before anything is done. */
  readonly about: Shape;
  readonly take: Handle<Type>;
}

type EventTable = { readonly [Type in Stripe.Event.Type]?: Taken<Type> };

/**
 * Every type of Stripe event that is taken, with the shape of its object and its handler: at once the list that the endpoint subscribes
 * to, the schemas and the dispatcher.
 */
export const eventTable = {
  'checkout.session.completed': {
    about: session,
    take: (event, ctx) =>
      ofOurs(event, (ours) =>
        event.data.object.payment_status === 'unpaid'
          ? processCheckout(ours.checkoutId, ctx)
          : bookSession(event, ours, ctx),
      ),
  },
  'checkout.session.async_payment_succeeded': {
    about: session,
    take: (event, ctx) => ofOurs(event, (ours) => bookSession(event, ours, ctx)),
  },
  'checkout.session.async_payment_failed': {
    about: session,
    take: (event, ctx) => ofOurs(event, (ours) => failCheckout(ours.checkoutId, ctx)),
  },
  'checkout.session.expired': { about: session, take: expireSession },
  // The Session can still be paid, so this only counts: many of them are card testing.
  'payment_intent.payment_failed': { about: paymentIntent, take: countFailedPayment },
  'refund.created': { about: refund, take: takeRefund },
  'refund.updated': { about: refund, take: takeRefund },
  'refund.failed': { about: refund, take: takeRefund },
  // Events of a dispute come in any order, so none of them gives its present state: the dispute is read again.
  'charge.dispute.created': { about: dispute, take: refreshDisputeLater },
  'charge.dispute.updated': { about: dispute, take: refreshDisputeLater },
  'charge.dispute.funds_withdrawn': { about: dispute, take: refreshDisputeLater },
  'charge.dispute.funds_reinstated': { about: dispute, take: refreshDisputeLater },
  'charge.dispute.closed': { about: dispute, take: refreshDisputeLater },
  'radar.early_fraud_warning.created': {
    about: earlyFraudWarning,
    take: (event, ctx) => {
      const { id, payment_intent: payment, fraud_type: fraudType } = event.data.object;
      return recordFraudWarning({ id, paymentId: idOf(payment), fraudType }, ctx);
    },
  },
  'payout.paid': { about: payout, take: recordPayoutOf },
  'payout.failed': { about: payout, take: recordPayoutOf },
  'payout.canceled': { about: payout, take: recordPayoutOf },
  'payout.reconciliation_completed': { about: payout, take: recordPayoutOf },
} satisfies EventTable;

function recordPayoutOf(event: PayoutEvent, { table, now }: BookingContext): Promise<EventOutcome> {
  const { id: payoutId, amount, currency, created, arrival_date: arrival } = event.data.object;
  if (!isOfBooks(currency)) return listOtherCurrency({ id: payoutId, currency, amount }, { table, now });
  const [createdAt, arrivesAt] = [new Date(created * 1000), new Date(arrival * 1000)];
  return recordPayoutReport({ payoutId, amount, createdAt, arrivesAt, due: event.id }, { table });
}

function expireSession(event: SessionEvent, { table, now }: BookingContext): Promise<EventOutcome> {
  return ofOurs(event, (ours) => expireCheckout(ours.checkoutId, { table, now }));
}

function countFailedPayment(event: PaymentIntentEvent, ctx: BookingContext): Promise<EventOutcome> {
  const ours = oursIn(event);
  if (!ours) return Promise.resolve('not-ours');
  const { checkoutId, fund, network } = ours;
  const at = new Date(event.created * 1000);
  return countDecline({ eventId: event.id, checkoutId, fund, network, at }, ctx);
}

/**
 * Reads a Stripe event out of a signed body or an entry of Stripe's list. An event whose type is not in the table passes unchecked and
 * is ignored, also a "thin" event of the API's second version.
 * @param now the present moment, which the event's times are compared with
 * @throws UnusableEvent that names the first field that is missing or wrong
 */
export function usableEvent(body: unknown, now: Date): Stripe.Event {
  if (!isRecord(body)) throw new UnusableEvent('body');
  const eventId = isId(body.id) ? body.id : undefined;
  if (eventId === undefined) throw new UnusableEvent('id');
  if (typeof body.type !== 'string') throw new UnusableEvent('type', eventId);
  const taken = takenOf(body.type);
  const wrong = taken && wrongField(body, taken.about, now);
  if (wrong !== undefined) throw new UnusableEvent(wrong, eventId);
  // Stripe's type says more than was checked: what is read of it was.
  return body as unknown as Stripe.Event;
}

function takenOf(type: string): (typeof eventTable)[keyof typeof eventTable] | undefined {
  return Object.hasOwn(eventTable, type) ? eventTable[type as keyof typeof eventTable] : undefined;
}

/**
 * Passes a usable Stripe event to its handler; ignores a type that is not in the table.
 * @throws UnusableEvent that names the field when a paid Session of ours lacks what booking needs
 */
export async function handleEvent(event: Stripe.Event, ctx: BookingContext): Promise<EventOutcome> {
  const taken = takenOf(event.type);
  // The table has the handler under its event's own type, which a lookup by a string does not keep.
  return taken ? (taken.take as Handle<never>)(event as never, ctx) : 'ignored';
}

/**
 * Passes an event that certainly comes from Stripe to its handler: one that was delivered, or one from Stripe's list.
 * @param body the delivered or listed event, of any shape
 * @param livemode whether this stage takes real money; an event of the other mode is refused and raises an alarm
 * @throws UnusableEvent before anything is read or written, when the event can never be taken
 */
export async function takeEvent(
  body: unknown,
  ctx: BookingContext & { readonly livemode: boolean },
): Promise<EventOutcome> {
  const event = usableEvent(body, ctx.now);
  if (event.livemode !== ctx.livemode) {
    count('UnexpectedLivemode', { eventId: event.id, type: event.type });
    return 'other-mode';
  }
  if (event.api_version !== Stripe.API_VERSION) {
    count('UnexpectedApiVersion', { eventId: event.id, version: event.api_version ?? 'none' });
  }
  const outcome = await handleEvent(event, ctx);
  log('info', 'stripe-event', { eventId: event.id, type: event.type, outcome });
  return outcome;
}

/** The checkout that a Stripe event of ours is about; undefined for another product's events and for events without a Session. */
export function subjectOf(
  event: Stripe.Event,
): { readonly checkoutId: string; readonly paymentId: string | undefined } | undefined {
  if (!event.type.startsWith('checkout.session.') || !Object.hasOwn(eventTable, event.type)) return undefined;
  const session = (event as SessionEvent).data.object;
  const ours = oursIn(event as SessionEvent);
  return ours && { checkoutId: ours.checkoutId, paymentId: paymentOf(session) };
}

/** The refund that a Stripe event reports; undefined when it reports none, or one that cannot be ours. */
export function refundReportedBy(event: Stripe.Event): RefundFact | undefined {
  switch (event.type) {
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed':
      return toRefundFact(event.data.object, failureReportedBy(event));
    default:
      return undefined;
  }
}

type RefundEvent = Extract<Stripe.Event, { data: { object: Stripe.Refund }; type: `refund.${string}` }>;

function takeRefund(event: RefundEvent, ctx: BookingContext): Promise<EventOutcome> {
  const { id, amount, currency, payment_intent: payment } = event.data.object;
  const paymentId = idOf(payment);
  if (paymentId && !isOfBooks(currency)) return listOtherCurrency({ id, paymentId, currency, amount }, ctx);
  const fact = refundReportedBy(event);
  return fact ? receiveRefund(fact, ctx) : Promise.resolve('not-ours');
}

/**
 * When the refund failed, if this event reports it: Stripe sends `refund.failed` for a failure, and for a cancellation the
 * `refund.updated` in which the status changed. Exactly one event reports it, so the time does not depend on the order of events.
 */
function failureReportedBy(event: RefundEvent): Date | undefined {
  const isCanceled =
    event.type === 'refund.updated' &&
    event.data.object.status === 'canceled' &&
    event.data.previous_attributes?.status !== undefined;
  return event.type === 'refund.failed' || isCanceled ? new Date(event.created * 1000) : undefined;
}

/**
 * The marker item that a Stripe event leaves when it was taken; undefined for events without a marker, which `subjectOf` matches to
 * their checkout.
 */
export function markerOf(event: Stripe.Event): Key | undefined {
  if (isDisputeEvent(event)) return keys.outbox(refreshKey({ object: 'dispute', eventId: event.id }));
  if (event.type !== 'radar.early_fraud_warning.created') return undefined;
  return keys.attention('early-fraud-warning', event.data.object.id);
}

function isDisputeEvent(event: Stripe.Event): event is DisputeEvent {
  return Object.hasOwn(eventTable, event.type) && event.type.startsWith('charge.dispute.');
}

function refreshDisputeLater(event: DisputeEvent, { table, now }: BookingContext): Promise<EventOutcome> {
  const objectId = event.data.object.id;
  return askForRefresh({ object: 'dispute', objectId, eventId: event.id }, { table, now });
}

/** Continues with a Session that has our key; leaves another product's alone. */
async function ofOurs(
  event: SessionEvent,
  act: (ours: PaymentMetadata) => Promise<EventOutcome>,
): Promise<EventOutcome> {
  const ours = oursIn(event);
  return ours ? act(ours) : 'not-ours';
}

/**
 * Our metadata in the object of a Stripe event; undefined for another product's.
 * @throws UnusableEvent when it names a checkout of ours but no valid fund: it is not ignored, because money may have come
 */
function oursIn(event: SessionEvent | PaymentIntentEvent): PaymentMetadata | undefined {
  const { metadata } = event.data.object;
  const ours = fromMetadata(metadata);
  if (!ours && namesOurCheckout(metadata)) throw new UnusableEvent('data.object.metadata.fund', event.id);
  return ours;
}

async function bookSession(
  event: SessionEvent,
  ours: PaymentMetadata,
  ctx: BookingContext,
): Promise<EventOutcome> {
  const { currency, amount_total: amount, mode } = event.data.object;
  // The months of a plan are booked by their invoices, and a setup takes no money.
  if (mode === 'subscription' || mode === 'setup') return 'ignored';
  const paymentId = paymentOf(event.data.object);
  if (!paymentId) throw new UnusableEvent('data.object.payment_intent', event.id);
  // Of an odd event these may be missing: then booking refuses it by name.
  if (typeof currency === 'string' && typeof amount === 'number' && !isOfBooks(currency)) {
    const { checkoutId } = ours;
    return listOtherCurrencySession({ id: paymentId, checkoutId, paymentId, currency, amount }, ctx);
  }
  if (typeof amount !== 'number' || amount < 1 || amount > largestPayment) {
    throw new UnusableEvent('data.object.amount_total', event.id);
  }
  if (!isOfBooks(currency)) throw new UnusableEvent('data.object.currency', event.id);
  const at = new Date(event.created * 1000);
  return receivePayment(toPaymentFact(ours, { amount, paymentId, currency, at }), ctx);
}

function paymentOf({ payment_intent: payment }: Stripe.Checkout.Session): string | undefined {
  return idOf(payment);
}

function idOf(payment: string | { readonly id: string } | null | undefined): string | undefined {
  return typeof payment === 'string' ? payment : payment?.id;
}

import type Stripe from 'stripe';
import { Attempts } from '#kernel/attention/attempt-each.ts';
import { listEvents } from '#payments/checkout/gateway.ts';
import type { BookingContext } from '#payments/payment/record-payment.ts';
import { count, log } from '#platform/log.ts';
import { countUnusable, UnusableEvent } from '#platform/stripe/event-shape.ts';
import { readCursor, writeCursor } from '#platform/table/cursor.ts';
import { type Key, keys } from '#platform/table/keys.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import { hasWritten } from './event-outcome.ts';
import { eventTable, markerOf, refundReportedBy, subjectOf, takeEvent, usableEvent } from './events.ts';

export interface SweepContext extends BookingContext {
  readonly stripe: Stripe;
  readonly livemode: boolean;
}

/** How many Stripe events were read, how many went to their handlers, and how many of these booked or changed anything, or failed. */
export interface SweptEvents {
  readonly read: number;
  readonly taken: number;
  readonly late: number;
  readonly failed: number;
}

const minute = 60_000;
/** Delivered events are compared for at least this long: three runs of the sweep. */
const comparedFor = 180 * minute;
/** Stripe keeps events for thirty days (docs.stripe.com/api/events): older ones cannot be caught up on. */
const listedByStripeFor = 30 * 24 * 60 * minute;
/** Stripe delivers for three days; one more day for an endpoint that was repaired in between. */
const undeliveredFor = 4 * 24 * 60 * minute;
/** A younger event is left to its delivery, so that an event taken here was certainly late. */
const onItsWay = 15 * minute;
/** How many events of each list are read in a run; the newest first, and the next run reads the same hours again. */
const largestRun = 2000;
const batchSize = 50;

/** Events that book nothing are not compared: a flood of declined payments would fill the run. */
const onlyCounted: ReadonlySet<string> = new Set(['payment_intent.payment_failed']);

const comparedTypes = Object.keys(eventTable).filter((type) => !onlyCounted.has(type));

/**
 * Compares with Stripe: its events that were not delivered within fifteen minutes, and all of the last three hours, go through the same
 * handlers as delivered ones; business keys make a duplicate harmless. After a pause it compares everything since the last run that
 * ended well, so that a checkout ends or continues even if webhook and sweep were both down. What the webhook missed is booked and
 * thanked for here, from Stripe's facts, and an alarm rings. Events of payouts are left to `matchPayouts`, which reads Stripe's list of
 * payouts each hour.
 *
 * @param which `undelivered` leaves out events that Stripe calls delivered: one request when all is well
 * @throws Error at the end when an event could not be taken, so that the alarm on errors rings; the others were taken
 */
export async function sweepEvents(which: 'undelivered' | 'all', ctx: SweepContext): Promise<SweptEvents> {
  const attempts = new Attempts(ctx);
  const run: Run = { ctx, attempts, swept: { read: 0, taken: 0, late: 0 }, unusable: 0 };
  if (which === 'all') await catchUp(run);
  await compareEvents(await eventsToCompare(ctx, which, attempts), run);
  if (which === 'all') await recordProgress(run, new Date(ctx.now.getTime() - onItsWay));
  attempts.end("of Stripe's events could not be taken.");
  return { ...run.swept, failed: attempts.failed };
}

interface Run {
  readonly ctx: SweepContext;
  readonly attempts: Attempts;
  readonly swept: { read: number; taken: number; late: number };
  /** How many events can never be taken, however often they come. */
  unusable: number;
}

const task = 'sweep-events';

/** Compares what came since the last run and is older than the usual hours, a few hours at a time, oldest first. */
async function catchUp(run: Run): Promise<void> {
  const { table, stripe, now } = run.ctx;
  const end = now.getTime() - comparedFor;
  const last = (await readCursor(table, task))?.getTime() ?? end;
  let from = Math.max(last, now.getTime() - listedByStripeFor);
  while (from < end) {
    const [since, until] = [new Date(from), new Date(Math.min(from + comparedFor, end))];
    const found = new Map<string, Stripe.Event>();
    await run.attempts.one('list-of-events', since.toISOString(), () =>
      readInto(found, listEvents({ types: comparedTypes, since, until }, { stripe })),
    );
    await compareEvents(oldestFirst(found), run);
    await recordProgress(run, until);
    from = until.getTime();
  }
}

/** Moves the cursor past what was taken; an event that can never be taken has raised its alarm and does not stop the cursor. */
async function recordProgress({ ctx, attempts, unusable }: Run, through: Date): Promise<void> {
  if (attempts.failed === unusable) await writeCursor(ctx.table, task, through);
}

/** Passes events that may change something to their handlers. */
async function compareEvents(listed: readonly Stripe.Event[], run: Run): Promise<void> {
  const { ctx, attempts, swept } = run;
  swept.read += listed.length;
  const events: Stripe.Event[] = [];
  const take = (many: readonly Stripe.Event[], act: (event: Stripe.Event) => Promise<void>) =>
    attempts.each(
      'stripe-event',
      many,
      ({ id }) => id,
      (event) => countingUnusable(event, act, run),
    );
  await take(listed, async (event) => {
    requireUsable(event, ctx.now);
    events.push(event);
  });
  for (let start = 0; start < events.length; start += batchSize) {
    const batch = events.slice(start, start + batchSize);
    await attempts.one('events-from', batch[0]?.id ?? 'nothing', async () => {
      await take(await eventsToTake(ctx.table, batch), async (event) => {
        swept.taken += 1;
        if (await takeLate(event, ctx)) swept.late += 1;
      });
    });
  }
}

/** @throws UnusableEvent for an event that can never be taken */
function requireUsable(event: Stripe.Event, now: Date): void {
  usableEvent(event, now);
  // Also checks our metadata in it.
  subjectOf(event);
  refundReportedBy(event);
}

async function countingUnusable(
  event: Stripe.Event,
  act: (event: Stripe.Event) => Promise<void>,
  run: Run,
): Promise<void> {
  try {
    await act(event);
  } catch (error) {
    if (error instanceof UnusableEvent) {
      countUnusable(error, event.type);
      run.unusable += 1;
    }
    throw error;
  }
}

/** Each event once, oldest first, in the order of delivery; when a list breaks off, the part that was read. */
async function eventsToCompare(
  { stripe, now }: SweepContext,
  which: 'undelivered' | 'all',
  attempts: Attempts,
): Promise<Stripe.Event[]> {
  const before = (age: number) => new Date(now.getTime() - age);
  const found = new Map<string, Stripe.Event>();
  const until = before(onItsWay);
  const read = (since: Date, undelivered?: true) =>
    readInto(
      found,
      listEvents({ types: comparedTypes, since, until, ...(undelivered && { undelivered }) }, { stripe }),
      largestRun,
    );
  await attempts.one('list-of-events', 'undelivered', () => read(before(undeliveredFor), true));
  if (which === 'all') await attempts.one('list-of-events', 'all', () => read(before(comparedFor)));
  return oldestFirst(found);
}

/** @param most when the list is longer, only the newest are read; without it all */
async function readInto(
  found: Map<string, Stripe.Event>,
  list: AsyncIterable<Stripe.Event>,
  most = Number.POSITIVE_INFINITY,
): Promise<void> {
  let read = 0;
  for await (const event of list) {
    if (read === most) {
      log('warn', 'events-left-for-the-next-sweep', { read });
      break;
    }
    read += 1;
    found.set(event.id, event);
  }
}

function oldestFirst(found: ReadonlyMap<string, Stripe.Event>): Stripe.Event[] {
  return [...found.values()].sort((a, b) => a.created - b.created);
}

/**
 * Leaves out events that certainly change nothing, because a failed transaction costs as much as a written one: payments that are
 * booked or listed for a person, other events of a checkout that has ended, and events that left their marker.
 */
async function eventsToTake(table: Table, events: readonly Stripe.Event[]): Promise<Stripe.Event[]> {
  const ours = events.flatMap((event) => {
    const subject = subjectOf(event);
    return subject ? [{ event, ...subject }] : [];
  });
  const wanted = ours.flatMap(({ checkoutId, paymentId }) => [
    keys.checkout(checkoutId),
    ...(paymentId ? waitingOrBooked(paymentId) : []),
  ]);
  const refunds = events.flatMap((event) => {
    const fact = refundReportedBy(event);
    return fact ? [{ event, fact }] : [];
  });
  wanted.push(...refunds.map(({ fact }) => keys.refund(fact.refundId)));
  const marked = events.flatMap((event) => {
    const marker = markerOf(event);
    return marker ? [{ event, marker }] : [];
  });
  wanted.push(...marked.map(({ marker }) => marker));
  const read = await readItems(table, wanted, { consistent: true });
  const unbooked = ours.filter(({ event, checkoutId, paymentId }) => {
    if (paymentId && waitingOrBooked(paymentId).some((key) => read.itemAt(key))) return false;
    const status = read.itemAt(keys.checkout(checkoutId))?.status;
    return tellsOfMoney(event) || status === 'open' || status === 'processing';
  });
  const refundNews = refunds.filter(({ fact }) => {
    const status = read.itemAt(keys.refund(fact.refundId))?.status;
    return !status || (status !== 'failed' && (fact.failedAt ? true : status !== fact.status));
  });
  const notTaken = marked.filter(({ marker }) => !read.itemAt(marker));
  return [...unbooked, ...refundNews, ...notTaken]
    .map(({ event }) => event)
    .sort((a, b) => a.created - b.created);
}

/** The items that show that a payment needs nothing more: it is booked, or listed for a person. */
function waitingOrBooked(paymentId: string): Key[] {
  const listed = keys.attention('parked-with-our-key', paymentId);
  return [keys.payment(paymentId), listed, keys.attention('other-currency', paymentId)];
}

/** Whether an event may book: then only Stripe's facts count, not our own status of the checkout. */
function tellsOfMoney(event: Stripe.Event): boolean {
  return (
    event.type === 'checkout.session.async_payment_succeeded' ||
    (event.type === 'checkout.session.completed' && event.data.object.payment_status !== 'unpaid')
  );
}

/** Takes an event; returns true when the webhook missed it, so that it wrote something new here. */
async function takeLate(event: Stripe.Event, ctx: SweepContext): Promise<boolean> {
  const outcome = await takeEvent(event, ctx);
  if (!hasWritten(outcome)) return false;
  count('EventUndelivered', { eventId: event.id, type: event.type, outcome });
  return true;
}

import type Stripe from 'stripe';
import { isAlwaysSummed, mayBeClosed } from '#kernel/ledger/closed-month.ts';
import { refreshKey } from '#kernel/outbox/outbox.ts';
import { hongKongMonth } from '#platform/clock.ts';
import { webhookOn } from '../support/payments.ts';
import type { History } from './history.ts';
import type { Step } from './steps.ts';

type Delivery = Extract<Step, { do: 'deliver' }>;

/** Every event of Stripe's, oldest first. */
export async function eventsOf(history: History): Promise<Stripe.Event[]> {
  const events: Stripe.Event[] = [];
  for await (const event of history.truth.events.list({ limit: 100 })) events.push(event);
  return events.reverse();
}

/** Delivers some of Stripe's events; what is not answered 2xx is delivered again later, as Stripe does. */
export async function deliver(history: History, step: Omit<Delivery, 'do' | 'crash'>): Promise<void> {
  const chosen = choose(await eventsOf(history), history, step.which);
  const ordered = step.how === 'reversed' ? chosen.reverse() : chosen;
  const copies = ordered.flatMap((event) => Array.from({ length: step.copies }, () => event));
  if (step.how === 'at once') {
    await Promise.all(copies.map((event) => deliverOne(history, event, { isAlone: false })));
    return;
  }
  for (const event of copies) {
    if (history.crashes.hasEnded) return;
    await deliverOne(history, event, { isAlone: true });
  }
}

function choose(events: Stripe.Event[], { delivered }: History, which: Delivery['which']): Stripe.Event[] {
  if (which === 'delivered before') return events.filter(({ id }) => delivered.has(id));
  const undelivered = events.filter(({ id }) => !delivered.has(id));
  const half = Math.ceil(undelivered.length / 2);
  if (which === 'oldest') return undelivered.slice(0, half);
  return which === 'newest' ? undelivered.slice(-half) : undelivered;
}

/** What the webhook books in one request to the table (invariant 9). */
const common: ReadonlySet<string> = new Set(['booked', 'asked', 'moved', 'noted']);

async function deliverOne(
  history: History,
  event: Stripe.Event,
  { isAlone }: { isAlone: boolean },
): Promise<void> {
  const { table, clock, crashes, sabotage } = history;
  const before = crashes.calls;
  const webhook = webhookOn(table, { clock });
  const send = () => webhook.deliver(event);
  // The stream carries whatever was written, also by a process that ended before it could answer.
  if (event.type.startsWith('charge.dispute.')) {
    history.queue.add(refreshKey({ object: 'dispute', eventId: event.id }));
  }
  const answer = await (sabotage.deliver?.(event, send) ?? send());
  if (answer.status !== 200) {
    // A process that ended may have parked it before.
    mayBeParked(history, event);
    if (!crashes.hasEnded) history.faults.push(`The webhook answered ${answer.status} to ${event.type}.`);
    return;
  }
  history.delivered.add(event.id);
  const { outcome } = (await answer.json()) as { outcome: string };
  if (outcome === 'parked') mayBeParked(history, event);
  if (!isAlone) return;
  if (crashes.hasEnded) history.faults.push(`${event.type} was answered by a process that had ended.`);
  const calls = crashes.calls - before;
  const month = hongKongMonth(new Date(event.created * 1000));
  const isOld = mayBeClosed(month, clock()) || !isAlwaysSummed(month, clock());
  if (common.has(outcome) && calls !== 1 && !isOld) {
    history.faults.push(`The webhook took ${calls} requests for ${event.type}: ${outcome}.`);
  }
}

function mayBeParked({ waiting }: History, { type }: Stripe.Event): void {
  if (type.startsWith('refund.')) waiting.add('refunds');
  if (type.startsWith('checkout.session.')) waiting.add('payments');
}

import type Stripe from 'stripe';
import { matchPayouts } from '#accounting/payouts/match-payouts.ts';
import { recordFees } from '#accounting/payouts/record-fees.ts';
import { runWork } from '#apps/workers/run-work.ts';
import { recountSupporters } from '#giving/supporters/recount-supporters.ts';
import { endOfMonth } from '#kernel/ledger/closed-month.ts';
import { refreshKey } from '#kernel/outbox/outbox.ts';
import { hongKongMonth } from '#platform/clock.ts';
import type { Item } from '#platform/table/table.ts';
import { webhookOn } from '../support/payments.ts';
import { dropTable, everything, freshTable, putAll } from '../support/table.ts';
import { eventsOf } from './deliver.ts';
import { campaignItems, type History } from './history.ts';
import { record } from './receive.ts';

/**
 * Delivers all of Stripe's events of a history to a fresh table, each once, in order and at its own time, while nothing crashes, and
 * then records the money that came in otherwise and does what our schedules do. The table holds the same campaigns, and the same checkouts and people as they were started; it
 * lacks what the staff decided and no event reports: closed months and disbursements.
 *
 * @returns every item of the table
 */
export async function reportOnce(history: History): Promise<Item[]> {
  const table = await freshTable();
  try {
    await putAll(table, [...campaignItems(), ...history.started]);
    const events = await eventsOf(history);
    let now = history.clock();
    const clock = () => now;
    const ctx = { table, stripe: history.truth, random: Math.random };
    const webhook = webhookOn(table, { clock });
    for (const event of events) {
      now = new Date(event.created * 1000);
      const answer = await webhook.deliver(event);
      if (answer.status !== 200)
        throw new Error(`${event.type}, delivered in order, answered ${answer.status}.`);
      if (!event.type.startsWith('charge.dispute.')) continue;
      await runWork(refreshKey({ object: 'dispute', eventId: event.id }), { ...ctx, clock });
    }
    for (const money of history.received) await record(money, { ...ctx, now: money.at });
    await recordFees({ ...ctx, now: history.clock() });
    // A payout is matched for sixty days, and a history may be longer.
    for (const month of monthsOfPayouts(events)) await matchPayouts({ ...ctx, now: endOfMonth(month) });
    await recountSupporters({ table, now: history.clock() });
    return await everything(table);
  } finally {
    await dropTable(table);
  }
}

function monthsOfPayouts(events: readonly Stripe.Event[]): Set<string> {
  const made = events.filter(({ type }) => type === 'payout.created');
  return new Set(made.map(({ created }) => hongKongMonth(new Date(created * 1000))));
}

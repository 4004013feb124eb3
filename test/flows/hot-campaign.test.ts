import { describe, expect, it } from 'vitest';
import { addUp } from '#kernel/totals/totals.ts';
import { fromTotalsItem } from '#kernel/totals/totals-item.ts';
import { amountOf } from '#payments/checkout/checkout.ts';
import { Round, startConflicts } from '../support/conflicts.ts';
import { aCheckout, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { everything, freshTable, through } from '../support/table.ts';

// The client of the table has 50 connections.
const atOnce = 48;

describe(`${atOnce} bookings at once for one campaign, where overlapping transactions are cancelled`, () => {
  async function deliverAll(random: () => number) {
    const table = await freshTable();
    const checkouts = Array.from({ length: atOnce }, (_, index) =>
      aCheckout(index + 1, { amount: 1_000 + index }),
    );
    await Promise.all(checkouts.map((checkout) => store(table, checkout)));
    const round = new Round(atOnce);
    const proxy = await startConflicts(round);
    const webhook = webhookOn(through(proxy.url, table), { random });
    const answers = await Promise.all(
      checkouts.map((checkout) => webhook.deliver(sessionEvent(checkout)).finally(() => round.leave())),
    );
    await proxy.close();
    const shards = (await everything(table, 'totals')).map(fromTotalsItem);
    return {
      statuses: answers.map(({ status }) => status),
      conflicts: proxy.conflicts(),
      totals: addUp(shards, undefined),
      checkouts,
    };
  }

  it('fail when the total is not sharded', async () => {
    const { statuses, conflicts } = await deliverAll(() => 0);
    expect(conflicts).toBeGreaterThan(atOnce);
    expect(statuses).toContain(500);
  });

  it('are each taken at the first delivery, with the exact sum, over sixteen shards', async () => {
    const { statuses, totals, checkouts } = await deliverAll(Math.random);
    expect(statuses).toEqual(Array<number>(atOnce).fill(200));
    expect(totals.supporters).toBe(atOnce);
    expect(totals.raised).toBe(checkouts.reduce((all, checkout) => all + amountOf(checkout), 0));
  });
});

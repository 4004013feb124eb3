import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect } from 'vitest';
import { summarizeAccounts } from '#accounting/accounts/summarize-accounts.ts';
import { summarizeFunds } from '#accounting/funds/summarize-funds.ts';
import { toCampaignItem, toCampaignListItem } from '#giving/campaigns/campaign-item.ts';
import { takePulse, watchStreams } from '#kernel/attention/watch-streams.ts';
import { watchThrottling } from '#kernel/attention/watch-throttling.ts';

import { requeue } from '#kernel/outbox/requeue.ts';
import { watchDisputes } from '#payments/disputes/watch-disputes.ts';
import { runParkedPayments } from '#payments/payment/record-payment.ts';
import { runParkedRefunds } from '#payments/refunds/receive-refund.ts';
import { runRefundRequests } from '#payments/refunds/run-refund-requests.ts';
import { releaseAllExpired } from '#payments/stock/release-stock.ts';
import type { Table } from '#platform/table/table.ts';
import { demoCampaigns } from '../../infra/demo/campaigns.ts';
import { booksReads, idleMonth, type Resources, sweepReads, totalOf } from '../bench/idle-month.ts';
import { endlessAllowances, prices } from '../bench/prices.ts';
import { now } from '../support/payments.ts';
import { story } from '../support/story.ts';
import { someSignIn, synthesize } from '../support/synthesis.ts';
import { everything, watchRequests } from '../support/table.ts';

/** Longer than each takes where it was measured (`npm run bench -- cold`), from cold. */
const use = { ms: (name: string) => ({ sweep: 450, books: 600, projector: 40 })[name] ?? 0 };

const bill = () => {
  const template = synthesize('prod', someSignIn).service.toJSON() as { Resources: Resources };
  return idleMonth(template.Resources, use);
};

/** What the stream's readers write down of a pulse. */
async function seePulse(table: Table): Promise<void> {
  for (const { sentAt } of await everything(table, 'pulse')) {
    const record = { dynamodb: { NewImage: { entity: { S: 'pulse' }, sentAt: { S: String(sentAt) } } } };
    for (const reader of ['outbox-relay', 'projector'] as const) {
      await takePulse({ reader, records: [record] }, { table });
    }
  }
}

/** As AWS counts: half a unit for a small item or an empty query, a whole one where the read is consistent. */
function readUnits(sent: ReturnType<typeof watchRequests>): number {
  const units = sent.map(({ operation, input }) => {
    if (operation === 'Query') return 0.5;
    const { RequestItems = {} } = input as {
      RequestItems?: Record<string, { Keys?: unknown[]; ConsistentRead?: boolean }>;
    };
    return Object.values(RequestItems).reduce(
      (sum, { Keys = [], ConsistentRead }) => sum + Keys.length * (ConsistentRead ? 1 : 0.5),
      0,
    );
  });
  return units.reduce((sum, each) => sum + each, 0);
}

describe('a month in which nobody gives', () => {
  story('reads a sweep no more than the bill says', async ({ table, log }) => {
    const sent = watchRequests(table);
    const none = async () => [];
    const channels = { mail: none, work: none, exports: none, pictures: none };
    const whose = () => Promise.reject(new Error('Nobody asks Stripe.'));
    for (let minute = 0; minute < 60; minute += 5) {
      const at = new Date(now.getTime() + minute * 60_000);
      const ctx = { table, now: at, random: Math.random };
      await requeue({ table, now: at, channels });
      await watchStreams({ table, now: at });
      await seePulse(table);
      await watchThrottling({ table, now: at });
      await runParkedPayments({ ...ctx, whose });
      await releaseAllExpired(ctx);
      await watchDisputes({ table, now: at });
      await runParkedRefunds({ ...ctx, whose });
      await runRefundRequests({ ...ctx, stripe: () => Promise.reject(new Error('Nobody asks Stripe.')) });
    }
    expect(log.entries).toEqual([]);
    // The cursor of Stripe's events besides.
    expect(readUnits(sent) / 12 + 1).toBeLessThanOrEqual(sweepReads);
  });

  story('reads an hour of the books no more than the bill says, with one campaign', async ({ table }) => {
    const [warehouse] = demoCampaigns(now);
    if (!warehouse) throw new Error('The demonstration has no campaign.');
    const opened = { ...warehouse, opensAt: new Date(now.getTime() - 3_600_000) };
    for (const Item of [toCampaignListItem([opened.slug]), toCampaignItem(opened)]) {
      await table.client.send(new PutCommand({ TableName: table.name, Item }));
    }
    await summarizeAccounts({ table, now, only: 'due' });
    await summarizeFunds({ only: 'due' }, { table, now });
    const hour = new Date(now.getTime() + 3_600_000);
    const sent = watchRequests(table);
    await summarizeAccounts({ table, now: hour, only: 'due' });
    await summarizeFunds({ only: 'due' }, { table, now: hour });
    // The cursors of fees and payouts besides.
    expect(readUnits(sent) + 4).toBeLessThanOrEqual(booksReads);
  });

  story('costs at most US$1.50 without any free allowance', () => {
    const lines = bill();
    expect(Object.fromEntries(lines.map(({ what, amount }) => [what, Math.round(amount)]))).toMatchObject({
      alarms: 6,
      'custom-metrics': 1,
      'queue-polls': 2 * 5 * 3 * 60 * 24 * 30,
      schedules: 12 * 24 * 30 + 24 * 30 + 30 + 1,
    });
    expect(totalOf(lines).dollars).toBeLessThanOrEqual(1.5);
  });

  story('costs nothing with the allowances that never end, but for what is given of neither', () => {
    const paid = bill().filter(({ withAllowance }) => withAllowance > 0);
    expect(paid.map(({ what }) => what)).toEqual(['queue-polls', 'reads', 'writes']);
    expect(totalOf(paid).withAllowance).toBeLessThanOrEqual(0.2);
  });

  story('is reckoned by prices that say where and when they were seen', () => {
    for (const name of Object.keys(endlessAllowances) as (keyof typeof prices)[]) {
      expect(prices[name].source).toMatch(/^https:\/\/aws\.amazon\.com\//);
      expect(prices[name].seen).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
  });
});

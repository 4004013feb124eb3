import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect } from 'vitest';
import { summarizeAccounts } from '#accounting/accounts/summarize-accounts.ts';
import { summarizeFunds } from '#accounting/funds/summarize-funds.ts';
import { closeDueMonths, closeMonth } from '#accounting/months/close-month.ts';
import { toDuePayout } from '#accounting/payouts/payout-item.ts';
import { differenceId } from '#accounting/reconciliation/difference.ts';
import { toNewDifference } from '#accounting/reconciliation/difference-item.ts';
import { toCampaignItem, toCampaignListItem } from '#giving/campaigns/campaign-item.ts';
import { permit } from '#kernel/staff/rights.ts';
import { recordPayment } from '#payments/payment/record-payment.ts';
import { failRefund } from '#payments/refunds/fail-refund.ts';
import { recordRefund } from '#payments/refunds/record-refund.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { demoCampaigns } from '../../infra/demo/campaigns.ts';
import { paidCheckout } from '../support/paid-checkout.ts';
import { aCheckout, store } from '../support/payments.ts';
import { readableLedger } from '../support/readable-ledger.ts';
import { story } from '../support/story.ts';
import { everything, watchRequests } from '../support/table.ts';

const mayClose = permit({ id: 'sub-1', roles: ['finance'] }, 'month.close');
const tenthOfDecember = new Date('2026-12-10T04:00:00Z');
const campaign = 'lai-chi-kok-warehouse';

/** Books with one campaign, which opened in October. */
const it = story.extend('books', { auto: true }, async ({ table }) => {
  const warehouse = demoCampaigns(tenthOfDecember).find(({ slug }) => slug === campaign);
  if (!warehouse) throw new Error('The demonstration has no warehouse.');
  const opensAt = new Date('2026-10-05T00:00:00+08:00');
  for (const Item of [toCampaignListItem([campaign]), toCampaignItem({ ...warehouse, opensAt })]) {
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
  }

  const close = (month: string, now = tenthOfDecember) =>
    closeMonth({ month, permit: mayClose }, { table, now });

  /** A gift of 22 November that Stripe reports when the test says. */
  async function report(number: number, now: Date, at = new Date('2026-11-22T04:00:00Z')): Promise<string> {
    const checkout = aCheckout(number);
    await store(table, checkout);
    const paid = paidCheckout({ checkoutId: checkout.id, paymentId: `pi_${number}`, at });
    return recordPayment(paid, { table, now, random: () => 0 });
  }

  /** Closes a month between the writer's look at it and its transaction. */
  function closeInBetween(month: string, { unchecked }: { unchecked: boolean }): void {
    let isClosed = false;
    table.client.middlewareStack.add(
      (next) => async (args) => {
        const input = args.input as {
          TransactItems?: { Put?: { Item: { entity?: { S?: string } } }; ConditionCheck?: unknown }[];
        };
        const books = input.TransactItems?.some(({ Put }) => Put?.Item.entity?.S === 'ledger-entry') ?? false;
        if (!books) return next(args);
        if (!isClosed) {
          isClosed = true;
          await close(month);
        }
        if (unchecked)
          input.TransactItems = input.TransactItems?.filter((item) => !item.ConditionCheck) ?? [];
        return next(args);
      },
      { step: 'initialize', priority: 'low', name: 'closeInBetween' },
    );
  }

  return { close, report, closeInBetween };
});

describe('a month of the books', () => {
  it('is closed once, for ever, with an audit entry', async ({ table, books: { close } }) => {
    const first = await close('2026-10');
    const again = await close('2026-10', new Date('2026-12-11T04:00:00Z'));
    expect(again).toEqual(first);
    expect(await everything(table, 'closed-month')).toHaveLength(1);
    expect(await everything(table, 'audit-entry')).toEqual([
      expect.objectContaining({
        action: 'month.close',
        object: { kind: 'month', id: '2026-10' },
        after: { state: 'closed' },
      }),
    ]);
  });

  it('is closed once when two people close it at once', async ({ table, books: { close } }) => {
    const both = await Promise.all([close('2026-10'), close('2026-10')]);
    expect(both[0]).toEqual(both[1]);
    expect(await everything(table, 'audit-entry')).toHaveLength(1);
  });

  it('is closed no sooner than seven days after its end on Hong Kong’s clock', async ({
    books: { close },
  }) => {
    await close('2026-10');
    await expect(close('2026-11', new Date('2026-12-07T16:00:00.000Z'))).rejects.toMatchObject({
      code: 'month-not-over',
      message: '2026-11 can be closed after 8 December 2026.',
    });
    await expect(close('2026-11', new Date('2026-12-07T16:00:00.001Z'))).resolves.toMatchObject({});
  });

  it('is closed after the month before, and none is before the first campaign', async ({
    table,
    books: { close },
  }) => {
    await expect(close('2026-11')).rejects.toMatchObject({
      code: 'months-in-order',
      message: 'Months are closed in order: close 2026-10 first.',
    });
    await expect(close('2026-09')).rejects.toMatchObject({ code: 'months-in-order' });
    expect(await everything(table, 'closed-month')).toEqual([]);
    expect(await everything(table, 'audit-entry')).toEqual([]);
  });

  it('stays open while a payout of it is not matched, and says which', async ({
    table,
    books: { close },
  }) => {
    const [createdAt, arrivesAt] = [new Date('2026-10-20T04:00:00Z'), new Date('2026-10-22T00:00:00Z')];
    const news = { payoutId: 'po_1', amount: 100, createdAt, arrivesAt, due: 'evt_1' };
    await commit(table, () => ({ payout: toDuePayout(news) }));
    await expect(close('2026-10')).rejects.toMatchObject({
      code: 'month-not-settled',
      message: expect.stringContaining('po_1'),
    });
    expect(await everything(table, 'closed-month')).toEqual([]);
  });
});

describe('a month whose fifteenth day after it has come', () => {
  const night = (day: string) => new Date(`${day}T03:15:00+08:00`);
  const open = {
    kind: 'other-amount',
    stripeId: 'txn_1',
    amount: 10,
    at: new Date('2026-10-20T04:00:00Z'),
  } as const;

  it('closes by itself in that night, and no sooner', async ({ table }) => {
    expect(await closeDueMonths({ table, now: night('2026-11-14') })).toEqual([]);
    expect(await closeDueMonths({ table, now: night('2026-11-15') })).toEqual(['2026-10']);
    expect(await closeDueMonths({ table, now: night('2026-11-16') })).toEqual([]);
    expect((await everything(table, 'closed-month')).map(({ month }) => month)).toEqual(['2026-10']);
  });

  it('stays open while something of it is open, with those after it, and closes in the night after that is resolved', async ({
    table,
  }) => {
    await commit(table, () => ({ difference: toNewDifference(open, night('2026-10-21')) }));
    expect(await closeDueMonths({ table, now: night('2026-12-15') })).toEqual([]);
    await commit(table, () => ({
      difference: {
        update: keys.difference(differenceId(open)),
        set: {
          expression: 'SET #state = :gone',
          names: { '#state': 'state' },
          values: { ':gone': 'resolved' },
        },
      },
    }));
    expect(await closeDueMonths({ table, now: night('2026-12-16') })).toEqual(['2026-10', '2026-11']);
  });
});

describe('the sums of months', () => {
  /** The months whose lists were read. */
  const monthsRead = (sent: ReturnType<typeof watchRequests>) =>
    [...new Set(JSON.stringify(sent.map(({ input }) => input)).match(/(?<=ledger#)\d{4}-\d\d/g))].sort();
  const later = (minutes: number) => new Date(tenthOfDecember.getTime() + minutes * 60_000);

  it('are computed anew for the present month, and for those that took a late entry, until its list surely shows it', async ({
    table,
    books: { report },
  }) => {
    const sent = watchRequests(table);
    const hour = async (now: Date, only?: 'due') => {
      sent.length = 0;
      await summarizeAccounts({ table, now, ...(only && { only }) });
      await summarizeFunds({ ...(only && { only }) }, { table, now });
      return monthsRead(sent);
    };
    expect(await hour(later(0), 'due'), 'the first run').toEqual(['2026-10', '2026-11', '2026-12']);
    expect(await hour(later(60), 'due')).toEqual(['2026-12']);
    await report(1, later(70), new Date('2026-10-22T04:00:00Z'));
    expect(await hour(later(75), 'due')).toEqual(['2026-10', '2026-12']);
    expect(await hour(later(120), 'due')).toEqual(['2026-10', '2026-12']);
    expect(await hour(later(180), 'due')).toEqual(['2026-12']);
    expect(await hour(later(240)), 'the night').toEqual(['2026-10', '2026-11', '2026-12']);
    const sums = (await everything(table, 'account-month')).map((item) => [item.month, item.sums]);
    expect(sums).toContainEqual(['2026-10', { stripe: 50_000, [`raised:${campaign}`]: -50_000 }]);
  });

  it('are computed once more after the month was closed, and are final then', async ({
    table,
    books: { close },
  }) => {
    await summarizeAccounts({ table, now: later(-60), only: 'due' });
    await close('2026-10');
    for (const minutes of [1, 60, 120]) await summarizeAccounts({ table, now: later(minutes), only: 'due' });
    expect(await everything(table, 'account-month')).toContainEqual(
      expect.objectContaining({ month: '2026-10', isFinal: true, asOf: later(60).toISOString() }),
    );
  });

  it('are read again when a run failed, and when no run was made while a month ended', async ({ table }) => {
    await summarizeAccounts({ table, now: new Date('2026-11-28T04:00:00Z') });
    const sent = watchRequests(table);
    await summarizeAccounts({ table, now: tenthOfDecember, only: 'due' });
    expect(monthsRead(sent)).toEqual(['2026-11', '2026-12']);
  });
});

describe('an entry of a closed month', () => {
  it('counts in the first open month, while the gift and the totals keep their own', async ({
    table,
    books: { close, report },
  }) => {
    await close('2026-10');
    const october = new Date('2026-10-22T04:00:00Z');
    expect(await report(1, tenthOfDecember, october)).toBe('booked');
    await close('2026-11');
    expect(await report(2, tenthOfDecember, october)).toBe('booked');
    expect(await readableLedger(table)).toBe(
      [
        `2026-10-22 in 2026-11 | pi_1 | payment | stripe +500.00, raised:${campaign} −500.00`,
        `2026-10-22 in 2026-12 | pi_2 | payment | stripe +500.00, raised:${campaign} −500.00`,
      ].join('\n'),
    );
    expect((await everything(table, 'payment')).map(({ month }) => month)).toEqual(['2026-10', '2026-10']);
    expect(await everything(table, 'totals')).toEqual([
      expect.objectContaining({ ...keys.totals(campaign, 0), raised: 100_000, 'month#2026-10': 100_000 }),
    ]);
  });

  it('counts in the first open month when it is a refund, or its failure, that is reported late', async ({
    table,
    books: { report, close },
  }) => {
    const at = new Date('2026-10-22T04:00:00Z');
    await report(1, at, at);
    await close('2026-10');
    const ctx = { table, now: tenthOfDecember, random: () => 0 };
    const refund = { refundId: 're_1', paymentId: 'pi_1', amount: 20_000, currency: 'hkd', at } as const;
    const open = { status: 'succeeded', requestId: undefined, failedAt: undefined } as const;
    expect(await recordRefund({ ...refund, ...open }, ctx)).toBe('refunded');
    await close('2026-11');
    expect(await failRefund({ ...refund, failedAt: at }, ctx)).toBe('refund-failed');
    const months = (await everything(table, 'ledger-entry')).map(({ kind, month }) => [kind, month]);
    expect(Object.fromEntries(months)).toEqual({
      payment: '2026-10',
      refund: '2026-11',
      'refund-failed': '2026-12',
    });
    expect(await everything(table, 'totals')).toEqual([
      expect.objectContaining({ raised: 50_000, 'month#2026-10': 50_000 }),
    ]);
  });

  it('is booked once, also when a duplicate comes after the month was closed', async ({
    table,
    books: { report, close },
  }) => {
    expect(await report(1, new Date('2026-11-22T04:00:05Z'))).toBe('booked');
    await close('2026-10');
    await close('2026-11');
    expect(await report(1, tenthOfDecember)).toBe('duplicate');
    expect(await everything(table, 'ledger-entry')).toHaveLength(1);
  });

  it('would slip into a month that is closed while it is written, were the month not held open', async ({
    table,
    books: { close, closeInBetween, report },
  }) => {
    await close('2026-10');
    closeInBetween('2026-11', { unchecked: true });
    await report(1, tenthOfDecember);
    const [entry] = await everything(table, 'ledger-entry');
    const closed = (await everything(table, 'closed-month')).map(({ month }) => month);
    expect(closed).toContain(entry?.month);
  });

  it('goes to the next month when its own is closed while it is written', async ({
    table,
    books: { close, closeInBetween, report },
  }) => {
    await close('2026-10');
    closeInBetween('2026-11', { unchecked: false });
    expect(await report(1, tenthOfDecember)).toBe('booked');
    const [entry, ...more] = await everything(table, 'ledger-entry');
    expect([entry?.month, more]).toEqual(['2026-12', []]);
    expect((await everything(table, 'totals')).map(({ raised }) => raised)).toEqual([50_000]);
  });
});

describe('a payment that was made just now', () => {
  it('is booked in one request, without a look at closed months', async ({ table }) => {
    const checkout = aCheckout(1);
    await store(table, checkout);
    const sent = watchRequests(table);
    const at = new Date('2026-11-30T15:59:59Z');
    const paid = paidCheckout({ checkoutId: checkout.id, at });
    await recordPayment(paid, { table, now: new Date('2026-12-01T15:59:59Z'), random: () => 0 });
    expect(sent.map(({ operation }) => operation)).toEqual(['TransactWriteItems']);
    expect(JSON.stringify(sent[0]?.input)).not.toContain('closed-month');
  });
});

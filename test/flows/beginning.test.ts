import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect } from 'vitest';
import { beginBooks } from '#accounting/accounts/begin-books.ts';
import { readBooks } from '#accounting/accounts/read-books.ts';
import { summarizeAccounts } from '#accounting/accounts/summarize-accounts.ts';
import { summarizeFunds } from '#accounting/funds/summarize-funds.ts';
import { auditTable } from '#accounting/integrity/audit-table.ts';
import { createStaffApp } from '#apps/staff/staff-app.ts';
import { toCampaignItem, toCampaignListItem } from '#giving/campaigns/campaign-item.ts';
import { writtenCampaign } from '#giving/campaigns/campaign-request.ts';
import { rebuildLatestGifts } from '#giving/latest-gifts/rebuild-latest-gifts.ts';
import { ledgerEntry } from '#kernel/ledger/ledger-entry.ts';
import { toLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import { recordPayment } from '#payments/payment/record-payment.ts';
import { demoCampaigns } from '../../infra/demo/campaigns.ts';
import { asDescribed } from '../support/described.ts';
import { nobody } from '../support/local-stripe.ts';
import { paidCheckout } from '../support/paid-checkout.ts';
import { aCheckout, outcomeOf, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { siteOn } from '../support/site.ts';
import { story } from '../support/story.ts';
import { everything } from '../support/table.ts';

const slug = 'lai-chi-kok-warehouse';
const now = new Date('2026-11-22T04:00:00Z');
const june = new Date('2026-06-01T00:00:00+08:00');
const sixMonths = ['2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11'];

const [warehouse] = demoCampaigns(now).filter((campaign) => campaign.slug === slug);
if (!warehouse) throw new Error('The demonstration has no warehouse.');

/** The staff’s desk for one campaign, before the books begin. */
const it = story.extend('desk', { auto: true }, async ({ table }) => {
  const requestKeys = { used: 0 };
  for (const Item of [toCampaignListItem([slug]), toCampaignItem({ ...warehouse, opensAt: june })]) {
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
  }

  async function call(route: string, body?: unknown) {
    const [method = '', path = ''] = route.split(' ');
    const app = asDescribed(
      createStaffApp({
        random: Math.random,
        table,
        clock: () => now,
        actorOf: () => ({ id: 'sub-1', roles: ['admin', 'finance'] }),
      }),
    );
    requestKeys.used += 1;
    const response = await app.request(`/api/staff/${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': `key-${requestKeys.used}`,
        'if-match': '*',
      },
      ...(method !== 'GET' && { body: JSON.stringify(body ?? {}) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  /** A gift of HK$500.00. */
  async function give(number: number, at: string | Date): Promise<void> {
    const checkout = aCheckout(number);
    await store(table, checkout);
    const paid = paidCheckout({ checkoutId: checkout.id, paymentId: `pi_${number}`, at: new Date(at) });
    expect(await recordPayment(paid, { table, now, random: () => 0 })).toBe('booked');
  }

  const enter = (at: string, amount = 100_000) =>
    call('POST ledger/opening-balances', { account: 'bank', amount, at, reason: 'What was there.' });

  const openAgain = (opensAt: string) =>
    call(`PUT campaigns/${slug}`, { ...writtenCampaign(warehouse), opensAt });

  const accounts = async () => {
    await summarizeAccounts({ table, now });
    const { body } = await call('GET accounts');
    return Object.fromEntries(
      (body.data as { account: string; balance: number }[]).map(({ account, balance }) => [account, balance]),
    );
  };

  const audited = () => auditTable({ table, now, say: () => {} });

  const months = async () => (await readBooks({ table, now })).months;

  return { give, enter, accounts, openAgain, months, call, audited };
});

describe('where the books begin', () => {
  it('stays where it was when a campaign is said to open later: accounts, entries and the audit keep their months', async ({
    table,
    desk: { give, enter, accounts, openAgain, months, call, audited },
  }) => {
    await give(1, '2026-06-10T12:00:00+08:00');
    await enter('2026-06-05T12:00:00+08:00');
    const before = await accounts();
    expect(before).toMatchObject({ bank: 100_000, stripe: 50_000 });
    expect((await openAgain('2026-11-20T00:00:00+08:00')).status).toBe(200);
    expect(await accounts()).toEqual(before);
    expect(await months()).toEqual(sixMonths);
    expect(((await call('GET months')).body.data as { month: string }[]).map(({ month }) => month)).toEqual(
      sixMonths,
    );
    const october = { amount: 500, at: '2026-10-20T12:00:00+08:00', to: 'cash' };
    expect((await call('POST ledger/cash-floats', october)).status).toBe(201);
    const findings = await audited();
    expect(findings.looked.get('2 months of accounts and funds')).toBe(sixMonths.length);
    expect(findings.named).toEqual([]);
    expect(await summarizeFunds({}, { table, now })).toMatchObject({ months: sixMonths.length });
  });

  it('follows what was raised when nobody wrote it before the date was edited', async ({
    desk: { give, openAgain, accounts, months },
  }) => {
    await give(1, '2026-06-10T12:00:00+08:00');
    await openAgain('2026-11-20T00:00:00+08:00');
    expect(await accounts()).toMatchObject({ stripe: 50_000 });
    expect(await months()).toEqual(sixMonths);
  });

  it('is never made later, and earlier only by money, not by a date', async ({
    table,
    desk: { openAgain, months, give },
  }) => {
    await beginBooks({ table, now });
    await openAgain('2020-01-01T00:00:00+08:00');
    await beginBooks({ table, now });
    expect(await months()).toEqual(sixMonths);
    await give(1, '2026-05-31T23:59:59+08:00');
    expect((await beginBooks({ table, now })).months).toEqual(['2026-05', ...sixMonths]);
    await openAgain('2026-11-20T00:00:00+08:00');
    expect((await beginBooks({ table, now })).months).toEqual(['2026-05', ...sixMonths]);
  });

  it('is written once by several first entries at once, and no entry is lost', async ({
    table,
    desk: { call },
  }) => {
    const answers = await Promise.all(
      ['bank', 'cash', 'stripe'].map((account) =>
        call('POST ledger/opening-balances', { account, amount: 100, at: '2026-07-01T12:00:00+08:00' }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(await everything(table, 'beginning')).toMatchObject([{ month: '2026-06' }]);
  });

  it('is written neither by the webhook nor by reads', async ({ table, desk: { call, audited } }) => {
    const checkout = aCheckout(1);
    await store(table, checkout);
    expect(await outcomeOf(await webhookOn(table).deliver(sessionEvent(checkout)))).toBe('booked');
    await call('GET accounts');
    await audited();
    expect(await everything(table, 'beginning')).toEqual([]);
  });

  it('is not written before the first campaign opens', async ({ table, desk: { openAgain } }) => {
    await openAgain('2026-12-01T00:00:00+08:00');
    expect((await beginBooks({ table, now })).months).toEqual([]);
    expect(await everything(table, 'beginning')).toEqual([]);
  });

  it('is found also where a date of no month stands in the table', async ({
    table,
    desk: { months, give },
  }) => {
    const opensAt = new Date('9999-12-31T23:59:59-12:00');
    const Item = toCampaignItem({ ...(warehouse as NonNullable<typeof warehouse>), opensAt });
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
    expect(await months()).toEqual([]);
    await give(1, '2026-10-10T12:00:00+08:00');
    expect((await beginBooks({ table, now })).months).toEqual(['2026-10', '2026-11']);
  });

  it('is later than no entry: one that is older fails the audit by name', async ({
    table,
    desk: { audited },
  }) => {
    await beginBooks({ table, now });
    const postings = [
      { account: 'bank', amount: 100 },
      { account: 'opening', amount: -100 },
    ] as const;
    const at = new Date('2026-05-10T12:00:00+08:00');
    const entry = ledgerEntry({ sourceId: 'old', kind: 'correction', postings, currency: 'hkd', at });
    await table.client.send(new PutCommand({ TableName: table.name, Item: toLedgerEntryItem(entry) }));
    const says = 'counts in 2026-05, and the books begin in 2026-06';
    expect((await audited()).named).toContainEqual({
      check: '2 entries',
      subject: 'entry old/correction',
      says,
    });
  });
});

describe('the gifts of a campaign', () => {
  it('are listed, and rebuilt, also when the campaign is said to open after they were given', async ({
    table,
    desk: { give, openAgain },
  }) => {
    await give(1, '2026-06-10T12:00:00+08:00');
    await openAgain('2026-11-20T00:00:00+08:00');
    const site = siteOn(table, nobody, { clock: () => now });
    const answer = await site.request(`/api/campaigns/${slug}/gifts`);
    expect(((await answer.json()) as { data: unknown[] }).data).toHaveLength(1);
    await rebuildLatestGifts(slug, { table, now });
    expect((await everything(table, 'latest-gifts'))[0]?.latest).toHaveLength(1);
  });
});

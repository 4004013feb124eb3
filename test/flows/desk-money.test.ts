import { describe, expect } from 'vitest';
import { summarizeAccounts } from '#accounting/accounts/summarize-accounts.ts';
import { enterEntry } from '#accounting/journal/enter-entry.ts';
import { type EntryPath, parseEntry } from '#accounting/journal/staff-entry-request.ts';
import { fromPayoutItem, toMatchedPayout } from '#accounting/payouts/payout-item.ts';
import { recordPayoutReport } from '#accounting/payouts/record-payout-report.ts';
import { toNewDifference } from '#accounting/reconciliation/difference-item.ts';
import { projectPayments } from '#apps/workers/project-payments.ts';
import { ledgerEntry } from '#kernel/ledger/ledger-entry.ts';
import { toLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import { permit } from '#kernel/staff/rights.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { recordRefund } from '#payments/refunds/record-refund.ts';
import { commit } from '#platform/table/commit.ts';
import type { Item, Table } from '#platform/table/table.ts';
import { deskOn } from '../support/desk.ts';
import { aCheckout, aPerson, now, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { staffOn } from '../support/staff-on.ts';
import { campaignStory } from '../support/story.ts';
import { everything, putAll, watchRequests } from '../support/table.ts';

const fund = 'education';
/** The tenth of December, when November can be closed. */
const december = new Date('2026-12-10T04:00:00Z');

const it = campaignStory.extend('books', async ({ table }) => {
  const give = async (number: number, name: string, amount: number) => {
    const checkout = aCheckout(number, { fund, amount });
    await store(table, checkout, aPerson(checkout, { name }));
    const created = new Date(now.getTime() + number * 60_000);
    await webhookOn(table).deliver(sessionEvent(checkout, { created }));
    const gifts = (await everything(table, 'payment')).map(fromPaymentItem);
    await projectPayments({ slug: fund, gifts }, { table });
  };
  await give(1, 'Mei Chan', 50_000);
  await give(2, 'Ada Wong', 123_450);
  const desk = (at = now) => deskOn(table, 'finance', at);
  const mayEnter = permit({ id: 'sub-1', roles: ['finance'] }, 'ledger.enter');
  const enter = (kind: EntryPath, body: object) =>
    enterEntry({ ...parseEntry(kind, body), idempotencyKey: kind, permit: mayEnter }, { table, now });
  return { table, desk, give, enter };
});

/** The rows of the statement: what, which fund, came in, went out. */
function linesOf(html: string): string[] {
  const table = /<table class="lines">.*?<\/table>/s.exec(html)?.[0] ?? '';
  const cells = (row: string) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) =>
      cell.replaceAll(/(?:<[^>]+>)+/g, ' ').trim(),
    );
  return [...table.matchAll(/<tr>.*?<\/tr>/gs)].slice(1).map(([row]) =>
    cells(row)
      .slice(1)
      .join(' | ')
      .replace(/[ |]+$/, ''),
  );
}

describe('a month of the books at the desk', () => {
  it('shows what came in and went out by time, with names, funds and dollars', async ({
    books: { table, desk, enter },
  }) => {
    await recordRefund(
      {
        refundId: 're_1',
        paymentId: 'pi_00000001',
        amount: 20_000,
        currency: 'hkd',
        status: 'succeeded',
        requestId: undefined,
        failedAt: undefined,
        at: new Date(now.getTime() + 180_000),
      },
      { table, now, random: () => 0 },
    );
    await enter('opening-balances', { account: 'bank', amount: 1_000_000 });
    await enter('cash-floats', { amount: 30_000, reason: 'For the market' });
    await enter('transfers', {
      from: fund,
      to: 'emergency-cash',
      amount: 10_000,
      reason: 'More is needed there',
    });
    const sent = watchRequests(table);
    const { html } = await desk().get('/staff/funds');
    expect(linesOf(html).sort()).toEqual([
      'Cash from the bank to the cash box HK$300.00 For the market',
      'Gift of Ada Wong, by card | A child at school | HK$1,234.50',
      'Gift of Mei Chan, by card | A child at school | HK$500.00',
      'Opening balance of the bank |  | HK$10,000.00',
      'Refund to Mei Chan | A child at school |  | HK$200.00',
      'Transfer from “A child at school” to “Emergency cash help” HK$100.00 More is needed there | A child at school, Emergency cash help',
    ]);
    const gifts = linesOf(html).filter((line) => /Mei|Ada/.test(line));
    expect(gifts.map((line) => line.split(',')[0])).toEqual([
      'Gift of Mei Chan',
      'Gift of Ada Wong',
      expect.stringMatching('Refund'),
    ]);
    expect(html).toContain('It can be closed after');
    expect(sent.length).toBeLessThanOrEqual(34);
    expect(linesOf((await desk().get('/staff/funds?month=2026-10')).html)).toEqual([]);
  });

  it('goes on page by page, with every entry once and in order', async ({ books: { table, desk } }) => {
    const entries = Array.from({ length: 130 }, (_, index) => {
      const at = new Date(now.getTime() - index * 1000);
      const postings = [
        { account: 'stripe', amount: 100 + index },
        { account: 'unassigned', amount: -100 - index },
      ] as const;
      return ledgerEntry({ sourceId: `txn_${index}`, kind: 'unassigned', postings, currency: 'hkd', at });
    });
    for (let start = 0; start < 130; start += 25) {
      await putAll(table, entries.slice(start, start + 25).map(toLedgerEntryItem));
    }
    const seen: string[] = [];
    let path: string | undefined = '/staff/funds';
    while (path !== undefined) {
      const { html } = await desk().get(path);
      seen.push(...[...html.matchAll(/<time datetime="([^"]+)">/g)].map(([, at = '']) => at));
      path = /href="(\/staff\/funds\?month=[^"]*cursor=[^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(seen).toEqual([...seen].sort());
    expect(seen).toHaveLength(132);
  });

  it('is closed once it is over, its months before it are closed, and nothing in it is open', async ({
    books: { desk },
  }) => {
    const at = '/staff/months/2026-11/close';
    expect((await desk(december).get('/staff/funds?month=2026-11')).html).toContain(
      'close January 2026 first',
    );
    const early = await desk(december).send(at, { confirmed: 'yes' });
    expect([early.status, early.html.includes('close 2026-10 first')]).toEqual([409, true]);
    for (const month of ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10']) {
      await desk(december).send(`/staff/months/2026-${month}/close`, { confirmed: 'yes' });
    }
    expect((await desk(december).get('/staff/funds?month=2026-11')).html).toContain(`href="${at}"`);
    expect((await desk(december).send(at)).html).toContain('The books of November 2026 are closed for ever');
    expect(await desk(december).send(at, { confirmed: 'yes' })).toMatchObject({
      location: '/staff/funds?month=2026-11&done=closed',
    });
    expect((await desk(december).get('/staff/funds?month=2026-11')).html).toContain(
      'This month was closed on 10 December 2026',
    );
    const months = (await desk(december).get('/staff/months')).html;
    expect(months.match(/Closed on/g)).toHaveLength(11);
    expect(months).toContain('>December 2026</a></th><td>Open');
  });
});

describe('what is entered by hand at the desk', () => {
  const says = { key: 'k', confirmed: 'yes' };
  const moneyIn = async (table: Table, account: 'cash' | 'bank') =>
    Number((await everything(table, 'moves')).find(({ pk }) => pk === `${account}-moves`)?.moved);

  it('is chosen by what happened, and asked once more with its sum and names', async ({
    books: { table, desk },
  }) => {
    const list = (await desk().get('/staff/entries')).html;
    expect(list).toContain('href="/staff/entries/cash-counts"');
    const opening = { account: 'bank', amount: '10,000', at: '2026-11-01', reason: '' };
    const asked = await desk().send('/staff/entries/opening-balances', { ...opening, key: 'o' });
    expect(asked.html).toContain('the bank held HK$10,000.00 (1 November 2026)');
    expect(await moneyIn(table, 'bank')).toBeNaN();
    for (const _ of ['once', 'again']) {
      expect(await desk().send('/staff/entries/opening-balances', { ...opening, ...says })).toMatchObject({
        location: '/staff/entries?done=entered',
      });
    }
    expect(await moneyIn(table, 'bank')).toBe(1_000_000);
    const float = { to: 'cash', amount: '300', at: '', reason: '' };
    await desk().send('/staff/entries/cash-floats', { ...float, ...says, key: 'f' });
    expect((await desk().get('/staff/entries/cash-counts')).html).toContain('the cash box holds HK$300.00');
    const count = { counted: '280.50', reason: 'Count of the month' };
    expect((await desk().send('/staff/entries/cash-counts', { ...count, key: 'c' })).html).toContain(
      'with HK$19.50 missing',
    );
    await desk().send('/staff/entries/cash-counts', { ...count, ...says, key: 'c' });
    expect(await moneyIn(table, 'cash')).toBe(28_050);
    const unclaimed = {
      debit: 'unassigned',
      credit: `raised:${fund}`,
      amount: '12',
      reason: 'It is a gift',
      at: '',
    };
    expect(
      (await desk().send('/staff/entries/reclassifications', { ...unclaimed, key: 'u' })).html,
    ).toContain('HK$12.00 are debited to money that nobody has claimed and credited to “A child at school”');
    await desk().send('/staff/entries/reclassifications', { ...unclaimed, ...says, key: 'u' });
    await summarizeAccounts({ table, now });
    const accounts = (await desk().get('/staff/accounts')).html;
    expect(accounts).toMatch(/The cash box<\/th><td[^>]*>HK\$280\.50/);
    expect(accounts).toMatch(/“A child at school”<\/th><td[^>]*>HK\$1,746\.50/);
    const lines = linesOf((await desk().get('/staff/funds')).html);
    expect(lines).toContain('Opening balance of the bank |  | HK$10,000.00');
    expect(lines).toContain('Count of the cash box Count of the month |  |  | HK$19.50');
    expect(lines.join()).toContain(
      'Correction: money that nobody has claimed and “A child at school” HK$12.00',
    );
  });

  it('is refused at its field where a fund or an account holds less, and leaves nothing', async ({
    books: { table, desk },
  }) => {
    const transfer = { from: fund, to: 'emergency-cash', amount: '5000', reason: 'Too much', at: '' };
    const above = await desk().send('/staff/entries/transfers', { ...transfer, ...says });
    expect([above.status, above.html.includes('id="amount-error"')]).toEqual([409, true]);
    const same = await desk().send('/staff/entries/transfers', {
      ...transfer,
      to: fund,
      ...says,
      amount: '1',
    });
    expect(same.html).toContain('id="to-error"');
    const empty = await desk().send('/staff/entries/cash-counts', says);
    expect([empty.html.includes('id="counted-error"'), empty.html.includes('id="reason-error"')]).toEqual([
      true,
      true,
    ]);
    const ofNone = { debit: 'bank', credit: 'bank', amount: '1', reason: 'x', at: '2026-12-24' };
    expect((await desk().send('/staff/entries/reclassifications', { ...ofNone, ...says })).html).toContain(
      'id="credit-error"',
    );
    expect((await desk().get('/staff/entries/corrections')).status).toBe(404);
    expect((await everything(table, 'ledger-entry')).every(({ kind }) => kind === 'payment')).toBe(true);
  });
});

describe('payouts and differences at the desk', () => {
  it('say what does not match and what to do, and are accepted with a reason', async ({
    books: { table, desk },
  }) => {
    const payout = {
      ...{ payoutId: 'po_1', amount: 70_000, due: 'evt_1' },
      ...{ createdAt: new Date('2026-10-20T04:00:00Z'), arrivesAt: new Date('2026-10-22T04:00:00Z') },
    };
    await recordPayoutReport(payout, { table });
    const [stored] = await everything(table, 'payout');
    const named = [{ kind: 'unknown-charge', id: 'pi_9', amount: 1_250 }] as const;
    await commit(table, () => ({
      payout: toMatchedPayout(fromPayoutItem(stored as Item), 'differs', named),
    }));
    const { html } = await desk().get('/staff/payouts?month=2026-10');
    expect(html).toContain('HK$700.00, 20 October 2026');
    expect(html).toContain('A payment that the books do not have: HK$12.50');
    const at = '/staff/payouts/po_1/accept';
    expect(html).toContain(`href="${at}"`);
    expect((await desk().send(at, { key: 'a' })).html).toContain('id="reason-error"');
    const reason = { reason: 'A sale of the other shop', key: 'a' };
    expect((await desk().send(at, reason)).html).toContain(
      'The payout of HK$700.00, 20 October 2026 stays as it is',
    );
    expect(await desk().send(at, { ...reason, confirmed: 'yes' })).toMatchObject({
      location: '/staff/payouts?month=2026-10&done=accepted',
    });
    expect((await desk().get('/staff/payouts?month=2026-10')).html).toContain(
      'Reason: A sale of the other shop',
    );
    expect((await desk().get(at)).html).toContain('nothing to accept');
  });

  it('keep a month open by name until they are accepted', async ({ books: { table, desk } }) => {
    const found = {
      kind: 'unknown-charge',
      stripeId: 'pi_9',
      amount: 1_250,
      at: new Date('2026-01-20T04:00:00Z'),
    } as const;
    await commit(table, () => ({ difference: toNewDifference(found, now) }));
    const january = '/staff/funds?month=2026-01';
    expect((await desk().get(january)).html).toContain('unknown-charge.pi_9: differs from Stripe');
    const list = (await desk().get('/staff/differences?month=2026-01')).html;
    expect(list).toContain('The books lack HK$12.50');
    const at = '/staff/differences/unknown-charge.pi_9/accept';
    expect(list).toContain(`href="${at}"`);
    const sending = { reason: 'The other shop', key: 'd', confirmed: 'yes' };
    expect(await desk().send(at, sending)).toMatchObject({
      location: '/staff/differences?month=2026-01&done=accepted',
    });
    expect((await desk().get(january)).html).toContain('href="/staff/months/2026-01/close"');
    expect((await desk().get('/staff/differences/unknown-charge.pi_none/accept')).status).toBe(404);
  });
});

describe('totals at the desk', () => {
  it('are read in one request, as the books were added up, and drawn with a table of the same figures', async ({
    books: { table, desk },
  }) => {
    expect((await desk().get('/staff/totals')).html).toContain('not added up yet');
    const refund = {
      refundId: 're_1',
      paymentId: 'pi_00000001',
      amount: 20_000,
      currency: 'hkd',
      at: now,
    } as const;
    await recordRefund(
      { ...refund, status: 'succeeded', requestId: undefined, failedAt: undefined },
      { table, now, random: () => 0 },
    );
    await summarizeAccounts({ table, now });
    const sent = watchRequests(table);
    const { html } = await desk().get('/staff/totals');
    expect(sent).toHaveLength(1);
    const row = (title: string) =>
      new RegExp(`${title}</th><td>2</td>${cells('1,734.50', '0.00', '200.00', '1,534.50')}`);
    for (const title of [
      'Today',
      'Last 7 days',
      'Last 30 days',
      'Tax year, since 1 April',
      'November 2026',
    ]) {
      expect(html).toMatch(row(title));
    }
    expect(html).toContain('<svg');
    const answer = await staffOn(table, now, 'finance').request('/api/staff/totals');
    expect(await answer.json()).toMatchObject({
      totals: { today: { payments: 2, gross: 173_450, net: 153_450 } },
    });
  });
});

const cells = (...amounts: readonly string[]) =>
  amounts.map((amount) => `<td class="sum">HK\\$${amount.replace('.', '\\.')}</td>`).join('');

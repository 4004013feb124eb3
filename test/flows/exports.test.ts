import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, vi } from 'vitest';
import type { ExportAnswer } from '#accounting/exports/export-answer.ts';
import { toFeeChange, toPayoutChange } from '#payments/payment/proceeds-item.ts';
import { recordRefund } from '#payments/refunds/record-refund.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';
import { withCharity } from '../support/charity.ts';
import { deskOn } from '../support/desk.ts';
import { education, gifts, exportStory as it, minutes, warehouse } from '../support/export-desk.ts';
import { aCheckout } from '../support/payments.ts';
import { findPrivate } from '../support/private-strings.ts';
import { everything } from '../support/table.ts';

const cents = (decimal: string | undefined) => BigInt((decimal ?? '').replace('.', ''));
const total = (rows: Record<string, string>[], name: string) =>
  rows.reduce((sum, row) => sum + cents(row[name]), 0n);

describe('an export of gifts', () => {
  it('holds each gift of its months once, by campaign and time, to the cent', async ({ desk }) => {
    const many = Array.from({ length: 130 }, (_, index) => index + 1);
    await Promise.all(many.map((number) => desk.giftAlone(number, 10_001 + number)));
    await desk.give(131, { fund: education, amount: 40_000, at: new Date('2026-10-31T15:59:59Z') });
    await desk.give(132, {
      fund: education,
      amount: 7,
      at: new Date('2026-10-31T16:00:00Z'),
      language: 'zh-HK',
    });
    await desk.give(133, { at: new Date('2026-09-30T15:59:59Z') });
    const { rows, text } = await desk.made(gifts);
    expect(rows.length).toBe(132);
    expect(rows[0]).toEqual({
      'Paid at (Hong Kong)': '2026-10-31 23:59:59',
      Month: '2026-10',
      Payment: 'pi_131',
      Campaign: education,
      Amount: '400.00',
      Cover: '0.00',
      Refunded: '0.00',
      Disputed: '0.00',
      Currency: 'HKD',
      Language: 'en',
      Sales: '0.00',
      Source: 'stripe',
      For: '',
      Plan: '',
      'Card fee': '',
      Net: '',
      Payout: '',
    });
    expect(total(rows, 'Amount')).toBe(130n * 10_001n + (130n * 131n) / 2n + 40_007n);
    const november = rows.filter(({ Campaign, Month }) => Campaign === warehouse && Month === '2026-11');
    expect(november.map(({ Payment }) => Payment)).toEqual(
      Array.from({ length: 130 }, (_, index) => `pi_${130 - index}`),
    );
    expect(rows.find(({ Payment }) => Payment === 'pi_132')).toMatchObject({
      Amount: '0.07',
      Month: '2026-11',
    });
    expect(findPrivate(text, ['Juniper', 'juniper@example.org'])).toEqual([]);
    expect(text.endsWith('\r\n')).toBe(true);
  });

  it('holds one campaign alone when asked so, and the header alone for months without gifts', async ({
    desk,
  }) => {
    await desk.give(1);
    await desk.give(2, { fund: education });
    expect((await desk.made({ ...gifts, campaign: education })).rows.map(({ Payment }) => Payment)).toEqual([
      'pi_2',
    ]);
    const empty = await desk.made({ kind: 'gifts', from: '2026-01', to: '2026-02' });
    expect(empty.answer.rows).toBe(0);
    expect(empty.text).toBe(
      '\uFEFF"Paid at (Hong Kong)","Month","Payment","Campaign","Amount","Cover","Refunded","Disputed","Currency","Language","Sales","Source","For","Plan","Card fee","Net","Payout"\r\n',
    );
  });

  it('holds the donors when asked so, as texts that no spreadsheet runs; an erased one leaves the amounts', async ({
    desk,
  }) => {
    await desk.give(
      3,
      {},
      {
        name: '=HYPERLINK("http://example.org","x")',
        displayName: '=1+1',
        email: '+cmd@example.org',
      },
    );
    await desk.give(2, {}, { name: '陳，"大文"', hideName: true });
    await desk.give(1);
    await desk.table.client.send(
      new DeleteCommand({ TableName: desk.table.name, Key: keys.person(aCheckout(1).id) }),
    );
    const { rows, answer } = await desk.made({ ...gifts, people: true });
    expect(answer.people).toBe(true);
    expect(rows.map((row) => [row.Name, row['E-mail'], row['Name shown in public'], row.Amount])).toEqual([
      ['\'=HYPERLINK("http://example.org","x")', "'+cmd@example.org", "'=1+1", '500.00'],
      ['陳，"大文"', 'juniper@example.org', '', '500.00'],
      ['', '', '', '500.00'],
    ]);
  });
});

describe('an export of the ledger', () => {
  it('holds a row a posting: each entry sums to zero, each account to what the books say', async ({
    desk,
  }) => {
    for (let number = 1; number <= 7; number += 1) await desk.give(number, { amount: 33_333 });
    await desk.give(8, { fund: education, amount: 10_000, at: new Date('2026-10-10T04:00:00Z') });
    const { rows } = await desk.made({ ...gifts, kind: 'ledger' });
    expect(rows.length).toBe(16);
    const times = rows.map((row) => `${row['Month of the books']} ${row['Time (Hong Kong)']}`);
    expect(times).toEqual(times.toSorted());
    for (const entry of new Set(rows.map(({ Entry }) => Entry))) {
      expect(
        total(
          rows.filter(({ Entry }) => Entry === entry),
          'Amount',
        ),
        entry,
      ).toBe(0n);
    }
    const of = (account: string) =>
      total(
        rows.filter(({ Account }) => Account === account),
        'Amount',
      );
    expect([of('stripe'), of(`raised:${warehouse}`), of(`raised:${education}`)]).toEqual([
      243_331n,
      -233_331n,
      -10_000n,
    ]);
    const alone = await desk.made({ ...gifts, kind: 'ledger', campaign: education });
    expect(alone.rows).toEqual([
      {
        'Month of the books': '2026-10',
        'Time (Hong Kong)': '2026-10-10 12:00:00',
        Entry: 'pi_8/payment',
        Kind: 'payment',
        Account: 'stripe',
        Amount: '100.00',
        Currency: 'HKD',
        Campaign: '',
        Payment: 'pi_8',
        Reason: '',
      },
      expect.objectContaining({ Account: `raised:${education}`, Amount: '-100.00', Campaign: education }),
    ]);
  });
});

describe('the link', () => {
  it('holds for fifteen minutes, comes anew with each read, and not after seven days', async ({
    desk,
    clock,
  }) => {
    await desk.give(1);
    const { answer } = await desk.made(gifts);
    expect(answer.expiresAt).toBe(minutes(15).toISOString());
    const fetched = await fetch(answer.url ?? '');
    expect(fetched.headers.get('content-disposition')).toBe(
      'attachment; filename="tideover-gifts-2026-10-to-2026-11.csv"',
    );
    expect(fetched.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    await fetched.arrayBuffer();
    clock.now = minutes(16);
    expect((await fetch(answer.url ?? '')).status).toBe(403);
    expect((await fetch((await desk.read(answer.id)).url ?? '')).status).toBe(200);
    clock.now = minutes(7 * 24 * 60);
    expect(await desk.read(answer.id)).toMatchObject({
      state: 'expired',
      url: null,
      expiresAt: null,
      rows: 1,
    });
  });

  it('is not there before the file is, and in no list', async ({ desk }) => {
    const { id } = await desk.ask(gifts);
    expect(await desk.read(id)).toMatchObject({ state: 'asked', url: null, rows: null });
    await desk.run(id);
    const list = await desk.call<{ data: ExportAnswer[]; nextCursor: string | null }>('GET ?month=2026-11');
    expect(list.body.data).toEqual([expect.objectContaining({ id, state: 'done', url: null })]);
  });
});

it('an export with people leaves no personal data but in the file', async ({ desk }) => {
  const lines = vi.spyOn(console, 'log').mockImplementation(() => {});
  await desk.give(1, {}, { name: 'Juniper Example', email: 'juniper@example.org' });
  const { id, text } = await desk.made({ ...gifts, people: true }).then(({ answer, text }) => ({
    id: answer.id,
    text,
  }));
  const secrets = ['Juniper Example', 'juniper@example.org'];
  expect(findPrivate(text, secrets)).toEqual(secrets);
  const item = (await readItems(desk.table, [keys.export(id)])).itemAt(keys.export(id));
  const left = (await everything(desk.table)).filter(({ entity }) => entity !== 'person');
  expect(item).toBeDefined();
  expect(findPrivate(JSON.stringify([item, left, lines.mock.calls]), secrets)).toEqual([]);
  lines.mockRestore();
});

describe('an export for the accountant', () => {
  it('holds a row an entry by time, and beside a payment its fee, net amount and payout', async ({
    desk,
  }) => {
    const consent = { version: 1, language: 'en', wording: 'Yes', at: '2026-11-22T04:00:00.000Z' } as const;
    await desk.give(1, { amount: 50_000, cover: 2_000 }, { name: 'Mei Chan', marketingConsent: consent });
    await desk.give(2, { source: 'bank', amount: 10_000 });
    await commit(desk.table, () => ({ fee: toFeeChange('pi_1', 1_935) }));
    await commit(desk.table, () => ({ payout: toPayoutChange('pi_1', 'po_1') }));
    const { rows } = await desk.made({ kind: 'month', from: '2026-11', to: '2026-11', people: true });
    expect(rows.map((row) => [row.Payment, row.Stripe, row.Bank, row.Gift, row['Fee cover']])).toEqual([
      ['pi_2', '0.00', '100.00', '100.00', '0.00'],
      ['pi_1', '500.00', '0.00', '480.00', '20.00'],
    ]);
    expect(rows[1]).toMatchObject({
      ...{
        Name: 'Mei Chan',
        'Card fee of the payment': '19.35',
        'Net of the card fee': '480.65',
        Payout: 'po_1',
      },
      ...{ Debit: 'stripe', Credit: `raised:${warehouse} + cover` },
    });
    const [, first] = (await desk.made({ ...gifts, people: true })).rows;
    expect(first).toMatchObject({
      ...{ 'Card fee': '19.35', Net: '480.65', Payout: 'po_1', 'Agreed to appeals': '2026-11-22 12:00:00' },
    });
  });
});

describe('an export of what receipts say', () => {
  const receipts = { kind: 'receipts', from: '2026-04', people: true } as const;

  it('holds a row a donor and name: gifts of money of the tax year, net of refunds', async ({ desk }) => {
    const donor = `dnr_${'a'.repeat(32)}`;
    await desk.give(1, { donor, amount: 52_000, cover: 2_000 }, { name: 'Mei Chan' });
    await desk.give(
      2,
      { donor, fund: education, amount: 10_000, at: new Date('2026-04-01T00:00:00+08:00') },
      { name: 'Mei Chan' },
    );
    await desk.give(3, { donor, amount: 30_000 }, { name: 'Mei Chan', receiptName: 'Chan Tai Man' });
    await desk.give(4, { donor, at: new Date('2026-03-31T23:59:59+08:00') }, { name: 'Mei Chan' });
    await desk.give(5, { parts: { gift: 0, sales: 70_000, cover: 0 } }, { name: 'A Guest' });
    await desk.give(6, { amount: 20_000 }, { name: 'Ada Wong' });
    const refund = {
      refundId: 're_1',
      paymentId: 'pi_6',
      amount: 5_000,
      currency: 'hkd',
      at: minutes(0),
    } as const;
    await recordRefund(
      { ...refund, status: 'succeeded', requestId: undefined, failedAt: undefined },
      { table: desk.table, now: minutes(1), random: () => 0 },
    );
    const { rows, answer } = await withCharity({ section88: '91/12345' }, () => desk.made(receipts));
    expect(answer).toMatchObject({ from: '2026-04', to: '2026-11' });
    expect(
      rows.map((row) =>
        Object.values(row)
          .slice(0, 4)
          .concat(row['Days and amounts'] ?? ''),
      ),
    ).toEqual([
      ['Ada Wong', 'juniper@example.org', '2026/2027', '150.00', '2026-11-22 150.00'],
      ['Chan Tai Man', 'juniper@example.org', '2026/2027', '300.00', '2026-11-22 300.00'],
      ['Mei Chan', 'juniper@example.org', '2026/2027', '600.00', '2026-04-01 100.00; 2026-11-22 500.00'],
    ]);
  });

  it('is made of a whole tax year, with the recognition under section 88 alone', async ({ desk }) => {
    const wrong = async (body: object) =>
      (await desk.call<{ errors: { pointer: string }[] }>('POST ', body)).body.errors.map(
        ({ pointer }) => pointer,
      );
    expect(await wrong(receipts)).toEqual(['/kind']);
    await withCharity({ section88: '91/12345' }, async () => {
      expect(await wrong({ ...receipts, from: '2026-05' })).toEqual(['/from']);
      expect(await wrong({ ...receipts, people: false, campaign: education })).toEqual([
        '/campaign',
        '/people',
      ]);
      expect(await wrong({ ...receipts, to: '2026-10' })).toEqual(['/to']);
    });
    expect(await wrong({ kind: 'gifts', from: '2026-10' })).toEqual(['/to']);
  });
});

describe('exports at the desk', () => {
  it('are asked for, looked after until they are ready, and downloaded', async ({ desk, clock, files }) => {
    await desk.give(1);
    const page = deskOn(desk.table, 'finance', clock.now, undefined, 'sub-1', { files: files.store });
    const list = (await page.get('/staff/exports')).html;
    expect(list).toContain('href="/staff/ask-for-export/month"');
    expect(list).not.toContain('Receipts');
    expect((await page.get('/staff/ask-for-export/receipts')).status).toBe(404);
    await withCharity({ section88: '91/12345' }, async () => {
      expect((await page.get('/staff/exports')).html).toContain('href="/staff/ask-for-export/receipts"');
      expect((await page.get('/staff/ask-for-export/receipts')).html).toContain(
        '1 April 2026 to 31 March 2027',
      );
    });
    const asked = await page.send('/staff/ask-for-export/month', { from: '2026-11', people: 'yes' });
    expect(asked.location).toBe('/staff/exports?done=asked');
    const [made] = await everything(desk.table, 'export');
    expect(made).toMatchObject({ kind: 'month', from: '2026-11', to: '2026-11', people: true });
    const waiting = (await page.get('/staff/exports?done=asked')).html;
    expect(waiting).toContain('http-equiv="refresh" content="5"');
    expect((await page.get('/staff/exports')).html).not.toContain('http-equiv="refresh"');
    const file = `/staff/exports/${String(made?.id)}/file`;
    expect((await page.get(file)).status).toBe(404);
    await desk.run(String(made?.id));
    const ready = (await page.get('/staff/exports?done=asked')).html;
    expect(ready).not.toContain('http-equiv="refresh"');
    expect(ready).toContain(`href="${file}"`);
    const answer = await page.app.request(file);
    expect(answer.status).toBe(303);
    expect(await (await fetch(answer.headers.get('location') ?? '')).text()).toContain('Juniper Example');
    const wrong = await page.send('/staff/ask-for-export/gifts', {
      from: '2026-11',
      to: '2026-10',
      key: 'w',
    });
    expect(wrong.html).toContain('id="from-error"');
  });
});

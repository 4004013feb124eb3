import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect } from 'vitest';
import { beginBooks } from '#accounting/accounts/begin-books.ts';
import { readFund } from '#accounting/accounts/read-held.ts';
import { summarizeAccounts } from '#accounting/accounts/summarize-accounts.ts';
import { fromPayoutItem, toMatchedPayout } from '#accounting/payouts/payout-item.ts';
import { recordPayoutReport } from '#accounting/payouts/record-payout-report.ts';
import { createStaffApp } from '#apps/staff/staff-app.ts';
import { toCampaignItem, toCampaignListItem } from '#giving/campaigns/campaign-item.ts';
import { toAttentionItem } from '#kernel/attention/attention-item.ts';
import type { Role } from '#kernel/staff/actor.ts';
import { recordPayment } from '#payments/payment/record-payment.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';
import { demoCampaigns } from '../../infra/demo/campaigns.ts';
import { asDescribed } from '../support/described.ts';
import { fillAccount } from '../support/fill-account.ts';
import { paidCheckout } from '../support/paid-checkout.ts';
import { aCheckout, store } from '../support/payments.ts';
import { readableLedger } from '../support/readable-ledger.ts';
import { story } from '../support/story.ts';
import { everything } from '../support/table.ts';
import { raceForMoney } from '../support/unguarded.ts';

const [warehouse, education] = ['lai-chi-kok-warehouse', 'education'];

/** The staff’s desk for the books of two campaigns. */
const it = story.extend('desk', { auto: true }, async ({ table }) => {
  const clock = { now: new Date('2026-11-22T04:00:00Z'), keysUsed: 0 };
  const opensAt = new Date('2026-10-05T00:00:00+08:00');
  const campaigns = demoCampaigns(clock.now).filter(({ slug }) => [warehouse, education].includes(slug));
  const slugs = campaigns.map(({ slug }) => slug);
  for (const Item of [
    toCampaignListItem(slugs),
    ...campaigns.map((campaign) => toCampaignItem({ ...campaign, opensAt })),
  ]) {
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
  }

  async function call(route: string, body?: unknown, options: { key?: string; role?: Role } = {}) {
    const [method = '', path = ''] = route.split(' ');
    const { role = 'finance' } = options;
    const app = asDescribed(
      createStaffApp({
        random: Math.random,
        table,
        clock: () => clock.now,
        actorOf: () => ({ id: 'sub-1', roles: [role] }),
      }),
    );
    clock.keysUsed += 1;
    const { key = `key-${clock.keysUsed}` } = options;
    const response = await app.request(`/api/staff/${path}`, {
      method,
      ...(method === 'POST' && {
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(body ?? {}),
      }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  const enter = (kind: string, body: unknown, options = {}) => call(`POST ledger/${kind}`, body, options);

  /** A gift of HK$500.00 to the warehouse on 22 November. */
  async function give(number: number, at = clock.now): Promise<void> {
    const checkout = aCheckout(number);
    await store(table, checkout);
    const paid = paidCheckout({ checkoutId: checkout.id, paymentId: `pi_${number}`, at });
    expect(await recordPayment(paid, { table, now: at, random: () => 0 })).toBe('booked');
  }

  const ledger = () => readableLedger(table);

  const held = async (slug: string) => (await readFund(slug, { table })).held;

  return { enter, ledger, held, clock, give, call };
});

describe('what the staff enters', () => {
  it('is an opening balance of the bank and of a fund, each once', async ({
    desk: { enter, ledger, held },
  }) => {
    const bank = { account: 'bank', amount: 1_000_000, at: '2026-10-05T09:00:00+08:00' };
    expect(await enter('opening-balances', bank)).toMatchObject({ status: 201 });
    const fund = { account: `raised:${education}`, amount: 1_000_000, at: '2026-10-05T09:00:01+08:00' };
    expect(await enter('opening-balances', fund)).toMatchObject({ status: 201 });
    expect(await enter('opening-balances', bank)).toMatchObject({
      status: 409,
      body: { code: 'already-opened' },
    });
    expect(await ledger()).toBe(
      [
        '2026-10-05 | opening:bank             | opening-balance | bank +10000.00, opening −10000.00',
        '2026-10-05 | opening:raised:education | opening-balance | raised:education −10000.00, opening +10000.00',
      ].join('\n'),
    );
    expect([await held(education), await held(warehouse)]).toEqual([1_000_000, 0]);
  });

  it('opens an account that has moved already only with a reason', async ({
    table,
    desk: { enter, clock },
  }) => {
    await fillAccount(table, 'bank', 100_000);
    await enter('cash-floats', { amount: 10_000 });
    await summarizeAccounts({ table, now: clock.now });
    const late = { account: 'cash', amount: 5000 };
    expect(await enter('opening-balances', late)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/reason' }] },
    });
    expect(await enter('opening-balances', { ...late, reason: 'The tin was forgotten.' })).toMatchObject({
      status: 201,
    });
  });

  it('is a transfer of what the fund holds, with a reason, and no cent more', async ({
    table,
    desk: { give, enter, call, ledger, held },
  }) => {
    await give(1);
    const transfer = { from: warehouse, to: education, amount: 50_001, reason: 'The goal was reached.' };
    expect(await enter('transfers', transfer)).toMatchObject({
      status: 409,
      body: {
        code: 'not-in-fund',
        detail: 'The fund lai-chi-kok-warehouse holds HK$500.00.',
        errors: [{ pointer: '/amount' }],
      },
    });
    expect(await everything(table, 'once')).toEqual([]);
    expect(await enter('transfers', { ...transfer, amount: 20_000 })).toMatchObject({ status: 201 });
    const { body: page } = await call('GET ledger?month=2026-11');
    expect(page.data).toContainEqual(expect.objectContaining({ reason: 'The goal was reached.' }));
    expect(await ledger()).toBe(
      [
        `2026-11-22 | entered | transfer | raised:${warehouse} +200.00, raised:education −200.00`,
        `2026-11-22 | pi_1    | payment  | stripe +500.00, raised:${warehouse} −500.00`,
      ].join('\n'),
    );
    expect([await held(warehouse), await held(education)]).toEqual([30_000, 20_000]);
    expect(await everything(table, 'audit-entry')).toEqual([
      expect.objectContaining({
        actor: 'sub-1',
        action: 'ledger.enter',
        after: expect.objectContaining({ kind: 'transfer', amount: 20_000 }),
      }),
    ]);
  });

  it('is a cash float and a count: what is missing is an entry of its own', async ({
    table,
    desk: { enter, clock, ledger },
  }) => {
    await fillAccount(table, 'bank', 100_000);
    await enter('cash-floats', { amount: 100_000 });
    clock.now = new Date('2026-11-23T04:00:00Z');
    await enter('cash-counts', { counted: 99_500, reason: 'A coin roll is missing.' });
    clock.now = new Date('2026-11-24T04:00:00Z');
    await enter('cash-counts', { counted: 99_500, reason: 'Counted again.' });
    clock.now = new Date('2026-11-25T04:00:00Z');
    await enter('cash-floats', { to: 'bank', amount: 40_000 });
    expect(await ledger()).toBe(
      [
        '2026-11-22 | entered | cash-float | cash +1000.00, bank −1000.00',
        '2026-11-23 | entered | cash-count | cash −5.00, cash-difference +5.00',
        '2026-11-24 | entered | cash-count | cash +0.00, cash-difference +0.00',
        '2026-11-25 | entered | cash-float | bank +400.00, cash −400.00',
      ].join('\n'),
    );
  });

  it('counts the same cash once when two people count at once', async ({ table, desk: { enter } }) => {
    await fillAccount(table, 'bank', 100_000);
    await enter('cash-floats', { amount: 100_000 });
    const count = { counted: 90_000, reason: 'Counted together.' };
    await Promise.all([enter('cash-counts', count), enter('cash-counts', count)]);
    const postings = (await everything(table, 'ledger-entry')).flatMap(
      (entry) => entry.sides as { account: string; amount: number }[],
    );
    const cash = postings.filter(({ account }) => account === 'cash').map(({ amount }) => amount);
    expect(cash.reduce((total, each) => total + each, 0)).toBe(90_000);
  });

  it('is a correction, posting by posting, that the funds follow', async ({ desk: { enter, held } }) => {
    const postings = [
      { account: 'bank', amount: 700 },
      { account: `raised:${education}`, amount: -500 },
      { account: 'cover', amount: -200 },
    ];
    const entered = await enter('corrections', { sides: postings, reason: 'A gift by bank transfer.' });
    expect(entered).toMatchObject({ status: 201, body: { kind: 'correction', sides: postings } });
    expect(await held(education)).toBe(500);
  });

  it('is refused in words that name the field, and nothing is written', async ({
    table,
    desk: { enter },
  }) => {
    const wrong: [kind: string, body: object, pointer: string][] = [
      ['transfers', { from: warehouse, to: education, amount: 0, reason: 'x' }, '/amount'],
      ['transfers', { from: warehouse, to: education, amount: -5, reason: 'x' }, '/amount'],
      ['transfers', { from: warehouse, to: education, amount: 1.5, reason: 'x' }, '/amount'],
      ['transfers', { from: warehouse, to: education, amount: 5 }, '/reason'],
      ['transfers', { from: warehouse, to: warehouse, amount: 5, reason: 'x' }, '/to'],
      ['transfers', { from: 'nowhere', to: warehouse, amount: 5, reason: 'x' }, '/from'],
      ['opening-balances', { account: 'purse', amount: 5 }, '/account'],
      ['opening-balances', { account: 'raised:nowhere', amount: 5 }, '/account'],
      ['opening-balances', { account: 'bank', amount: 5, at: '2026-09-30T15:59:59Z' }, '/at'],
      ['cash-floats', { amount: 5, at: '2026-11-22T04:00:01Z' }, '/at'],
      ['cash-floats', { amount: 5, at: 'yesterday' }, '/at'],
      ['cash-floats', { amount: 5, at: '9999-12-31T23:59:59-12:00' }, '/at'],
      ['cash-floats', { amount: 5, at: '1999-12-31T15:59:59Z' }, '/at'],
      ['cash-floats', { amount: 5, at: '0000-01-01T00:00:00+08:00' }, '/at'],
      ['cash-floats', { amount: 5, to: 'stripe' }, '/to'],
      ['cash-counts', { counted: -1, reason: 'x' }, '/counted'],
      ['cash-counts', { counted: 5 }, '/reason'],
      // The books of an earlier evening are not what a count is compared with.
      ['cash-counts', { counted: 5, reason: 'x', at: '2026-11-21T12:00:00Z' }, '/at'],
      ['cash-floats', { amount: 5, currency: 'usd' }, '/currency'],
      [
        'corrections',
        {
          sides: [
            { account: 'bank', amount: 5 },
            { account: 'cash', amount: -4 },
          ],
          reason: 'x',
        },
        '/sides',
      ],
      ['corrections', { sides: [{ account: 'bank', amount: 0 }], reason: 'x' }, '/sides'],
      ['corrections', { sides: [posting('bank', 0), posting('fee', 0)], reason: 'x' }, '/sides'],
      ['corrections', { sides: [posting('bank', 5), posting('bank', -5)], reason: 'x' }, '/sides'],
      [
        'corrections',
        { sides: [posting('passed-on:education', 5), posting('bank', -5)], reason: 'x' },
        '/sides',
      ],
      [
        'corrections',
        {
          sides: [
            { account: 'bank', amount: 5 },
            { account: 'purse', amount: -5 },
          ],
          reason: 'x',
        },
        '/sides/1/account',
      ],
    ];
    for (const [kind, body, pointer] of wrong) {
      const answer = await enter(kind, body);
      expect(answer, JSON.stringify(body)).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
    }
    expect(await enter('wishes', {})).toMatchObject({ status: 404 });
    for (const entity of ['ledger-entry', 'once', 'audit-entry', 'moves']) {
      expect(await everything(table, entity)).toEqual([]);
    }
  });
});

const posting = (account: string, amount: number) => ({ account, amount });

describe('two transfers at once', () => {
  const transfer = { from: warehouse, to: education, amount: 50_000, reason: 'The goal was reached.' };
  const both = <T>(enter: (kind: string, body: object) => Promise<T>) =>
    Promise.all([enter('transfers', transfer), enter('transfers', transfer)]);

  it('would both move the same money, were the fund not guarded', async ({
    table,
    desk: { enter, give, clock, held },
  }) => {
    await give(1);
    // Else the two first entries would differ by which of them begins the books.
    await beginBooks({ table, now: clock.now });
    raceForMoney(table, { unguarded: true });
    expect((await both(enter)).map(({ status }) => status)).toEqual([201, 201]);
    expect(await held(warehouse)).toBe(-50_000);
  });

  it('move it once; the other gets the answer that nothing is left', async ({
    table,
    desk: { enter, give, held },
  }) => {
    await give(1);
    raceForMoney(table, { unguarded: false });
    const answers = await both(enter);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      code: 'not-in-fund',
      detail: `The fund ${warehouse} holds HK$0.00.`,
    });
    expect([await held(warehouse), await held(education)]).toEqual([0, 50_000]);
  });
});

describe('a correction', () => {
  const corrected = (from: string, to: string) => ({
    sides: [posting(`raised:${from}`, 50_000), posting(`raised:${to}`, -50_000)],
    reason: 'It was given for the other.',
  });

  it('takes no more out of a fund than it holds, and names the posting', async ({
    desk: { give, enter, held },
  }) => {
    await give(1);
    expect(await enter('corrections', corrected(education, warehouse))).toMatchObject({
      status: 409,
      body: { code: 'not-in-fund', errors: [{ pointer: '/sides/0/amount' }] },
    });
    expect((await enter('corrections', corrected(warehouse, education))).status).toBe(201);
    expect([await held(warehouse), await held(education)]).toEqual([0, 50_000]);
  });
});

describe('the same request again', () => {
  const transfer = { from: warehouse, to: education, amount: 50_000, reason: 'The goal was reached.' };

  it('enters nothing more and gets the same answer, years later and when the fund is empty', async ({
    table,
    desk: { give, enter, clock },
  }) => {
    await give(1);
    const first = await enter('transfers', transfer, { key: 'one' });
    clock.now = new Date('2029-11-22T04:00:00Z');
    expect(await enter('transfers', transfer, { key: 'one' })).toEqual(first);
    expect(await everything(table, 'audit-entry')).toHaveLength(1);
  });

  it('is entered once when it comes twice at once', async ({ desk: { give, enter, held } }) => {
    await give(1);
    const answers = await Promise.all([1, 2, 3].map(() => enter('transfers', transfer, { key: 'one' })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect(await held(education)).toBe(50_000);
  });

  it('with another body is refused', async ({ desk: { give, enter } }) => {
    await give(1);
    await enter('transfers', transfer, { key: 'one' });
    expect(await enter('transfers', { ...transfer, amount: 1 }, { key: 'one' })).toMatchObject({
      status: 422,
      body: { code: 'idempotency-key-reused' },
    });
  });
});

describe('a closed month', () => {
  it('takes no entry of the staff: the answer names the month that does', async ({
    table,
    desk: { clock, call, enter },
  }) => {
    clock.now = new Date('2026-12-10T04:00:00Z');
    for (const month of ['9999-12', '0099-01', '2026-13']) {
      expect(await call(`POST months/${month}/close`)).toMatchObject({ status: 422 });
    }
    expect(await call('POST months/2026-10/close')).toMatchObject({
      status: 200,
      body: { month: '2026-10' },
    });
    await fillAccount(table, 'bank', 500);
    const body = { amount: 500, at: '2026-10-20T12:00:00+08:00' };
    expect(await enter('cash-floats', body)).toMatchObject({
      status: 409,
      body: {
        code: 'month-closed',
        detail: 'The books of 2026-10 are closed: enter it in 2026-11.',
        errors: [{ pointer: '/at' }],
      },
    });
    expect(await everything(table, 'ledger-entry')).toEqual([]);
    expect(await enter('cash-floats', { ...body, at: '2026-11-20T12:00:00+08:00' })).toMatchObject({
      status: 201,
      body: { month: '2026-11' },
    });
    expect((await call('GET months')).body).toEqual({
      data: [
        { month: '2026-10', closedAt: clock.now.toISOString() },
        { month: '2026-11', closedAt: null },
        { month: '2026-12', closedAt: null },
      ],
    });
  });
});

describe('what the staff reads of the books', () => {
  it('is every account with its balance, as it was last added up', async ({
    table,
    desk: { give, enter, call, clock },
  }) => {
    await fillAccount(table, 'bank', 100_000);
    await give(1, new Date('2026-10-20T04:00:00Z'));
    await enter('cash-floats', { amount: 10_000 });
    expect((await call('GET accounts')).body).toMatchObject({ data: [] });
    expect(await summarizeAccounts({ table, now: clock.now })).toBe(2);
    const { body } = await call('GET accounts');
    expect(body).toMatchObject({ currency: 'HKD', asOf: clock.now.toISOString() });
    expect(body.data).toEqual(
      expect.arrayContaining([
        { account: 'stripe', balance: 50_000 },
        { account: `raised:${warehouse}`, balance: -50_000 },
        { account: 'cash', balance: 10_000 },
        { account: 'bank', balance: -10_000 },
      ]),
    );
  });

  it('is added up once more after a month was closed, and then stays', async ({
    table,
    desk: { give, call, clock },
  }) => {
    await give(1, new Date('2026-10-20T04:00:00Z'));
    await call('POST months/2026-10/close');
    expect(await summarizeAccounts({ table, now: clock.now })).toBe(2);
    clock.now = new Date(clock.now.getTime() + 3_600_000);
    expect(await summarizeAccounts({ table, now: clock.now })).toBe(2);
    expect(await summarizeAccounts({ table, now: clock.now })).toBe(1);
    expect(
      (await everything(table, 'account-month')).map(({ month, isFinal }) => [month, isFinal]).sort(),
    ).toEqual([
      ['2026-10', true],
      ['2026-11', false],
    ]);
  });

  it('is the ledger of a month page by page, also by account', async ({
    table,
    desk: { give, enter, call },
  }) => {
    await fillAccount(table, 'bank', 100_000);
    for (let number = 1; number <= 12; number += 1) await give(number);
    for (let entered = 0; entered < 103; entered += 1) await enter('cash-floats', { amount: 1 });
    const read = async (query: string) => {
      const kinds: unknown[] = [];
      let cursor: unknown = '';
      do {
        const { body } = await call(`GET ledger?month=2026-11${query}${cursor ? `&cursor=${cursor}` : ''}`);
        const data = body.data as { kind: string }[];
        expect(data.length).toBeLessThanOrEqual(100);
        kinds.push(...data.map(({ kind }) => kind));
        cursor = body.nextCursor;
      } while (cursor);
      return [
        kinds.filter((kind) => kind === 'payment').length,
        kinds.filter((kind) => kind === 'cash-float').length,
      ];
    };
    expect(await read('')).toEqual([12, 103]);
    expect(await read('&account=stripe')).toEqual([12, 0]);
    expect(await read('&account=cash')).toEqual([0, 103]);
    for (const query of ['month=2026-13', 'cursor=bm9uZQ', 'month=x']) {
      expect(await call(`GET ledger?${query}`), query).toMatchObject({
        status: 422,
        body: { code: 'invalid' },
      });
    }
  });

  it('is every payout with what to do, and a difference can be accepted with a reason', async ({
    table,
    desk: { call },
  }) => {
    const createdAt = new Date('2026-10-20T04:00:00Z');
    const payoutId = 'po_1';
    await recordPayoutReport(
      { payoutId, amount: 100, createdAt, arrivesAt: createdAt, due: 'evt_1' },
      { table },
    );
    expect(await call(`POST payouts/${payoutId}/accept`, { reason: 'Seen.' })).toMatchObject({
      status: 409,
      body: { code: 'payout-settled' },
    });
    const item = (await readItems(table, [keys.payout(payoutId)])).itemAt(keys.payout(payoutId));
    if (!item) throw new Error('The payout was not recorded.');
    const unknown = { kind: 'unknown-charge', id: 'pi_other', amount: 100 } as const;
    await commit(table, () => ({
      payout: toMatchedPayout(fromPayoutItem(item), 'differs', [unknown]),
      attention: { put: toAttentionItem({ kind: 'payout-differs', id: payoutId, at: createdAt }) },
    }));
    const listed = await call('GET payouts?month=2026-10');
    expect(listed.body.data).toEqual([
      expect.objectContaining({
        payoutId,
        state: 'differs',
        unknownCharges: ['pi_other'],
        toDo: expect.stringContaining('accept the payout with a reason'),
      }),
    ]);
    expect(await call('POST months/2026-10/close')).toMatchObject({
      status: 409,
      body: { code: 'month-not-settled', detail: 'Resolve first what is open in 2026-10: po_1: differs.' },
    });
    expect(await call(`POST payouts/${payoutId}/accept`, {})).toMatchObject({ status: 422 });
    const accept = () => call(`POST payouts/${payoutId}/accept`, { reason: 'The shop’s sale.' });
    expect(await accept()).toMatchObject({
      status: 200,
      body: { state: 'accepted', reason: 'The shop’s sale.' },
    });
    expect(await accept()).toMatchObject({ status: 200, body: { state: 'accepted' } });
    expect(await everything(table, 'audit-entry')).toHaveLength(1);
    expect(await everything(table, 'attention')).toMatchObject([{ settledNote: 'The shop’s sale.' }]);
    expect(await call('POST months/2026-10/close')).toMatchObject({ status: 200 });
  });
});

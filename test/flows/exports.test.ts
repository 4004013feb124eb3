import { createHash } from 'node:crypto';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { toCampaignItem, toCampaignListItem } from '../../functions/campaigns/campaign-item.ts';
import { askForExport } from '../../functions/exports/ask-for-export.ts';
import type { ExportAnswer } from '../../functions/exports/export-answer.ts';
import { exportMessageKey } from '../../functions/exports/export-item.ts';
import { parseExport } from '../../functions/exports/export-request.ts';
import { runExport } from '../../functions/exports/run-export.ts';
import { decideGift } from '../../functions/gifts/gift.ts';
import { toGiftItem } from '../../functions/gifts/gift-item.ts';
import { recordGift } from '../../functions/gifts/record-gift.ts';
import { permit, type Role } from '../../functions/staff/rights.ts';
import { createStaffApp } from '../../functions/staff/staff-app.ts';
import { keys } from '../../functions/table/keys.ts';
import { readItems, type Table } from '../../functions/table/table.ts';
import { demoCampaigns } from '../../infra/local/demo-campaigns.ts';
import { parseCsv } from '../support/csv.ts';
import { type Files, startFiles } from '../support/files.ts';
import { aCheckout, aPerson, store } from '../support/payments.ts';
import { findPrivate } from '../support/private-strings.ts';
import { everything, freshTable, watchRequests } from '../support/table.ts';
import { paidCheckout } from '../unit/paid-checkout.ts';

const [warehouse, education] = ['lai-chi-kok-warehouse', 'education'];
const start = new Date('2026-11-22T12:00:00Z');
const lease = 11 * 60_000;
const minutes = (count: number) => new Date(start.getTime() + count * 60_000);

let now = start;
let table: Table;
let files: Files;
let keysUsed = 0;

beforeAll(async () => {
  files = await startFiles(() => now);
});
afterAll(() => files.close());

beforeEach(async () => {
  now = start;
  table = await freshTable();
  const campaigns = demoCampaigns(now).filter(({ slug }) => [warehouse, education].includes(slug));
  for (const Item of [toCampaignListItem([warehouse, education]), ...campaigns.map(toCampaignItem)]) {
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
  }
});

async function call<T = ExportAnswer>(
  route: string,
  body?: unknown,
  { key, role = 'finance' }: { key?: string; role?: Role } = {},
) {
  const [method = '', path = ''] = route.split(' ');
  const actorOf = () => ({ id: 'sub-1', roles: [role] });
  const app = createStaffApp({ table, clock: () => now, actorOf, files: files.store });
  keysUsed += 1;
  const response = await app.request(`/api/staff/exports${path}`, {
    method,
    ...(method === 'POST' && {
      headers: { 'content-type': 'application/json', 'idempotency-key': key ?? `key-${keysUsed}` },
      body: JSON.stringify(body),
    }),
  });
  return { status: response.status, body: (await response.json()) as T };
}

const gifts = { kind: 'gifts', from: '2026-10', to: '2026-11' } as const;
const ask = async (body: object, options = {}) => (await call('POST ', body, options)).body;
const read = async (id: string) => (await call(`GET /${id}`)).body;
const run = (id: string, changes = {}) =>
  runExport(exportMessageKey(id), { table, files: files.store, clock: () => now, lease, ...changes });

/** A gift, HK$500.00 to the warehouse unless told otherwise. */
async function give(number: number, otherwise: object = {}, person: object = {}): Promise<void> {
  const checkout = aCheckout(number);
  await store(table, checkout, aPerson(checkout, person));
  const paid = paidCheckout({
    checkoutId: checkout.id,
    paymentId: `pi_${number}`,
    at: minutes(-number),
    ...otherwise,
  });
  await recordGift(paid, { table, now, random: Math.random });
}

/** The item of a gift to the warehouse, without what else a payment leaves. */
async function giftAlone(number: number, amount: number): Promise<void> {
  const { gift } = decideGift(paidCheckout({ paymentId: `pi_${number}`, at: minutes(-number), amount }));
  await table.client.send(new PutCommand({ TableName: table.name, Item: toGiftItem(gift) }));
}

/** Asks, writes and fetches: the rows below the header, by its names. */
async function made(
  body: object,
): Promise<{ answer: ExportAnswer; text: string; rows: Record<string, string>[] }> {
  const { id } = await ask(body);
  expect(await run(id)).toBe('done');
  const answer = await read(id);
  const bytes = Buffer.from(await (await fetch(answer.url ?? '')).arrayBuffer());
  expect(answer).toMatchObject({ state: 'done', bytes: bytes.length });
  expect(answer.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf');
  const [header = [], ...rows] = parseCsv(bytes.subarray(3).toString());
  expect(answer.rows).toBe(rows.length);
  return {
    answer,
    text: bytes.toString(),
    rows: rows.map((row) => Object.fromEntries(row.map((cell, index) => [header[index], cell]))),
  };
}

const cents = (decimal: string | undefined) => BigInt((decimal ?? '').replace('.', ''));
const total = (rows: Record<string, string>[], name: string) =>
  rows.reduce((sum, row) => sum + cents(row[name]), 0n);

describe('an export of gifts', () => {
  it('holds each gift of its months once, by campaign and time, to the cent', async () => {
    const many = Array.from({ length: 130 }, (_, index) => index + 1);
    await Promise.all(many.map((number) => giftAlone(number, 10_001 + number)));
    await give(131, { campaign: education, amount: 40_000, at: new Date('2026-10-31T15:59:59Z') });
    await give(132, {
      campaign: education,
      amount: 7,
      at: new Date('2026-10-31T16:00:00Z'),
      language: 'zh-HK',
    });
    await give(133, { at: new Date('2026-09-30T15:59:59Z') });
    const { rows, text } = await made(gifts);
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

  it('holds one campaign alone when asked so, and the header alone for months without gifts', async () => {
    await give(1);
    await give(2, { campaign: education });
    expect((await made({ ...gifts, campaign: education })).rows.map(({ Payment }) => Payment)).toEqual([
      'pi_2',
    ]);
    const empty = await made({ kind: 'gifts', from: '2026-01', to: '2026-02' });
    expect(empty.answer.rows).toBe(0);
    expect(empty.text).toBe(
      '\uFEFFPaid at (Hong Kong),Month,Payment,Campaign,Amount,Cover,Refunded,Disputed,Currency,Language\r\n',
    );
  });

  it('holds the givers when asked so, as texts that no spreadsheet runs; an erased one leaves the amounts', async () => {
    await give(3, {}, { name: '=HYPERLINK("http://example.org","x")', email: '+cmd@example.org' });
    await give(2, {}, { name: '陳，"大文"', hideName: true });
    await give(1);
    await table.client.send(new DeleteCommand({ TableName: table.name, Key: keys.person(aCheckout(1).id) }));
    const { rows, answer } = await made({ ...gifts, people: true });
    expect(answer.people).toBe(true);
    expect(rows.map((row) => [row.Name, row['E-mail'], row['Name hidden in public'], row.Amount])).toEqual([
      ['\'=HYPERLINK("http://example.org","x")', "'+cmd@example.org", 'no', '500.00'],
      ['陳，"大文"', 'juniper@example.org', 'yes', '500.00'],
      ['', '', '', '500.00'],
    ]);
  });
});

describe('an export of the ledger', () => {
  it('holds a row a side: each entry sums to zero, each account to what the books say', async () => {
    for (let number = 1; number <= 7; number += 1) await give(number, { amount: 33_333 });
    await give(8, { campaign: education, amount: 10_000, at: new Date('2026-10-10T04:00:00Z') });
    const { rows } = await made({ ...gifts, kind: 'ledger' });
    expect(rows.length).toBe(16);
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
    const alone = await made({ ...gifts, kind: 'ledger', campaign: education });
    expect(alone.rows).toEqual([
      {
        'Month of the books': '2026-10',
        'Time (Hong Kong)': '2026-10-10 12:00:00',
        Entry: 'pi_8/gift',
        Kind: 'gift',
        Account: 'stripe',
        Amount: '100.00',
        Currency: 'HKD',
        Campaign: '',
      },
      expect.objectContaining({ Account: `raised:${education}`, Amount: '-100.00', Campaign: education }),
    ]);
  });
});

describe('the link', () => {
  it('holds for fifteen minutes, comes anew with each read, and not after seven days', async () => {
    await give(1);
    const { answer } = await made(gifts);
    expect(answer.expiresAt).toBe(minutes(15).toISOString());
    const fetched = await fetch(answer.url ?? '');
    expect(fetched.headers.get('content-disposition')).toBe(
      'attachment; filename="tideover-gifts-2026-10-to-2026-11.csv"',
    );
    expect(fetched.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    await fetched.arrayBuffer();
    now = minutes(16);
    expect((await fetch(answer.url ?? '')).status).toBe(403);
    expect((await fetch((await read(answer.id)).url ?? '')).status).toBe(200);
    now = minutes(7 * 24 * 60);
    expect(await read(answer.id)).toMatchObject({ state: 'expired', url: null, expiresAt: null, rows: 1 });
  });

  it('is not there before the file is, and in no list', async () => {
    const { id } = await ask(gifts);
    expect(await read(id)).toMatchObject({ state: 'asked', url: null, rows: null });
    await run(id);
    const list = await call<{ data: ExportAnswer[]; nextCursor: string | null }>('GET ?month=2026-11');
    expect(list.body.data).toEqual([expect.objectContaining({ id, state: 'done', url: null })]);
  });
});

describe('asking', () => {
  it('writes the export, its audit entry and its message together; again under the key it is the same one', async () => {
    const first = await call('POST ', gifts, { key: 'one' });
    expect(first.status).toBe(201);
    expect(await ask(gifts, { key: 'one' })).toEqual(first.body);
    expect(await call('POST ', { ...gifts, from: '2026-11' }, { key: 'one' })).toMatchObject({
      status: 422,
      body: { code: 'idempotency-key-reused' },
    });
    expect((await everything(table, 'export')).length).toBe(1);
    expect((await everything(table, 'outbox')).map(({ exportId }) => exportId)).toEqual([first.body.id]);
    const [audit] = await everything(table, 'audit-entry');
    expect(audit).toMatchObject({
      actor: 'sub-1',
      action: 'export.make',
      object: { kind: 'export', id: first.body.id },
      after: { kind: 'gifts', from: '2026-10', to: '2026-11', people: false },
    });
  });

  it.each<[string, object, string, string]>([
    ['another kind', { ...gifts, kind: 'people' }, '/kind', '"gifts" or "ledger"'],
    ['no month', { kind: 'gifts', to: '2026-11' }, '/from', 'has the form 2026-11'],
    ['a thirteenth month', { ...gifts, to: '2026-13' }, '/to', 'has the form 2026-11'],
    [
      'months in the wrong order',
      { ...gifts, from: '2026-11', to: '2026-10' },
      '/from',
      'not after the last',
    ],
    ['a month to come', { ...gifts, to: '2026-12' }, '/to', '2026-11 or before'],
    ['too many months', { ...gifts, from: '2020-01' }, '/from', 'at most 60 months'],
    ['an unknown campaign', { ...gifts, campaign: 'nowhere' }, '/campaign', 'no such campaign'],
    ['people of the ledger', { ...gifts, kind: 'ledger', people: true }, '/people', 'holds no people'],
    ['an unknown field', { ...gifts, all: true }, '/all', 'no such field'],
  ])('with %s is refused by the field, and leaves nothing', async (_what, body, pointer, detail) => {
    const answer = await call<{ code: string; errors: { pointer: string; detail: string }[] }>('POST ', body);
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid' } });
    expect(answer.body.errors[0]).toEqual({ pointer, detail: expect.stringContaining(detail) });
    const left = await everything(table);
    expect(left.filter(({ entity }) => /export|outbox|audit/.test(String(entity)))).toEqual([]);
  });

  it('is for those with the right; with people for those who may read people too', async () => {
    expect(await call('POST ', gifts, { role: 'campaigns' })).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
    const exporting = permit({ id: 'sub-1', roles: ['finance'] }, 'export.make');
    const withPeople = parseExport({ ...gifts, people: true }, now);
    const permits = { exporting, people: undefined };
    await expect(askForExport(withPeople, 'a key', permits, { table, now })).rejects.toThrow(
      'without the permit',
    );
    await ask({ ...gifts, people: true });
    const [audit] = await everything(table, 'audit-entry');
    expect(audit?.after).toMatchObject({ people: true });
  });

  it('for one that is not there answers not-found', async () => {
    expect(await call('GET /exp_1')).toMatchObject({ status: 404 });
    expect(await call(`GET /exp_${'0'.repeat(32)}`)).toMatchObject({ status: 404 });
  });

  it('is listed by month, newest first, page by page', async () => {
    for (const minute of [0, 1, 2]) {
      now = minutes(minute);
      await ask(gifts);
    }
    type Page = { data: ExportAnswer[]; nextCursor: string | null };
    const first = (await call<Page>('GET ?limit=2')).body;
    const second = (await call<Page>(`GET ?limit=2&cursor=${first.nextCursor}`)).body;
    const times = [...first.data, ...second.data].map(({ askedAt }) => askedAt);
    expect(times).toEqual([2, 1, 0].map((minute) => minutes(minute).toISOString()));
    expect([first.data.length, second.nextCursor]).toEqual([2, null]);
    expect(await call('GET ?month=2026-1')).toMatchObject({ status: 422, body: { code: 'invalid' } });
    expect(await call('GET ?cursor=x')).toMatchObject({ status: 422, body: { code: 'invalid' } });
  });
});

/** Lets two writers have read the export before one begins. */
function raceToBegin({ unguarded }: { readonly unguarded: boolean }): void {
  let arrived = 0;
  let open = () => {};
  const bothArrived = new Promise<void>((resolve) => {
    open = resolve;
  });
  type Guarded = { ConditionExpression?: string; ExpressionAttributeValues?: Record<string, unknown> };
  table.client.middlewareStack.add(
    (next) => async (args) => {
      const input = args.input as { TransactItems?: { Update?: Guarded }[] };
      for (const { Update } of input.TransactItems ?? []) {
        if (!Update?.ConditionExpression?.includes('attempts = :seen')) continue;
        arrived += 1;
        if (arrived === 2) open();
        await bothArrived;
        if (!unguarded) continue;
        delete Update.ConditionExpression;
        const { ':seen': _, ':before': __, ...values } = Update.ExpressionAttributeValues ?? {};
        Update.ExpressionAttributeValues = values;
      }
      return next(args);
    },
    { step: 'initialize', priority: 'low', name: 'raceToBegin' },
  );
}

/** A bucket that hangs until it is told to go on. */
function hangingFiles() {
  let goOn = () => {};
  let hangs = () => {};
  const released = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    hangs = resolve;
  });
  const send = async (command: Parameters<typeof files.store.client.send>[0]) => {
    hangs();
    await released;
    return files.store.client.send(command);
  };
  const client = new Proxy(files.store.client, {
    get: (target, name) => (name === 'send' ? send : Reflect.get(target, name)),
  });
  return { store: { ...files.store, client }, reached, goOn };
}

describe('copies of the message', () => {
  const written = async (unguarded: boolean) => {
    await give(1);
    const { id } = await ask(gifts);
    raceToBegin({ unguarded });
    const sent = watchRequests(table);
    const outcomes = await Promise.all([run(id), run(id)]);
    const listsRead = sent.filter(({ operation }) => operation === 'Query').length;
    return { id, outcomes: outcomes.sort(), listsRead };
  };

  it('at the same time would each write the whole file if nobody looked', async () => {
    expect((await written(true)).listsRead).toBe(2 * 16);
  });

  it('at the same time write one file, once; one that comes later finds it done', async () => {
    const { id, outcomes, listsRead } = await written(false);
    expect(outcomes).toEqual(['being-written', 'done']);
    expect(listsRead).toBe(16);
    expect(await run(id)).toBe('already-over');
    expect((await files.objects.keys()).filter((key) => key.includes(id))).toEqual([`exports/${id}.csv`]);
    const [message] = (await everything(table, 'outbox')).filter(({ exportId }) => exportId === id);
    expect(message).toMatchObject({ sentAt: now.toISOString() });
    expect(message).not.toHaveProperty('list');
    expect(await run(`exp_${'0'.repeat(32)}`)).toBe('gone');
  });
});

describe('a writer that ends in the middle', () => {
  const failQueriesAfter = (count: number) => {
    let left = count;
    table.client.middlewareStack.add(
      (next, context) => (args) => {
        const { commandName } = context as { commandName?: string };
        if (commandName === 'QueryCommand' && left-- <= 0) throw new Error('the table hung');
        return next(args);
      },
      { step: 'initialize', name: 'failQueries' },
    );
  };

  it('leaves no file; the next attempt writes it whole', async () => {
    await give(1);
    const { id } = await ask(gifts);
    failQueriesAfter(9);
    await expect(run(id)).rejects.toThrow('the table hung');
    expect(await files.objects.facts(`exports/${id}.csv`)).toBeUndefined();
    expect(await read(id)).toMatchObject({ state: 'asked', url: null, reason: null });
    table.client.middlewareStack.remove('failQueries');
    expect(await run(id)).toBe('done');
    expect((await read(id)).rows).toBe(1);
  });

  it('without a word is waited for as long as it may run; what it ends later changes nothing', async () => {
    await give(1);
    const { id } = await ask(gifts);
    const hanging = hangingFiles();
    const first = run(id, { files: hanging.store });
    await hanging.reached;
    expect((await read(id)).state).toBe('running');
    now = new Date(start.getTime() + lease - 1);
    expect(await run(id)).toBe('being-written');
    now = new Date(start.getTime() + lease);
    expect(await run(id)).toBe('done');
    const done = await read(id);
    now = minutes(13);
    hanging.goOn();
    expect(await first).toBe('being-written');
    expect(await read(id)).toMatchObject({ ...done, url: expect.any(String), expiresAt: expect.any(String) });
  });

  it('four times is given up with the reason, and a person is called', async () => {
    const lines = vi.spyOn(console, 'log').mockImplementation(() => {});
    const { id } = await ask(gifts);
    const nowhere = { ...files.store, bucket: 'no-such-bucket' };
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await expect(run(id, { files: nowhere })).rejects.toThrow();
    }
    expect(await run(id, { files: nowhere })).toBe('failed');
    expect(await read(id)).toMatchObject({ state: 'failed', reason: 'files-unavailable', url: null });
    expect(await run(id)).toBe('already-over');
    expect(lines.mock.calls.flat().join()).toContain('"ExportFailed":1');
    lines.mockRestore();
  });
});

it('an export with people leaves no personal data but in the file', async () => {
  const lines = vi.spyOn(console, 'log').mockImplementation(() => {});
  await give(1, {}, { name: 'Juniper Example', email: 'juniper@example.org' });
  const { id, text } = await made({ ...gifts, people: true }).then(({ answer, text }) => ({
    id: answer.id,
    text,
  }));
  const secrets = ['Juniper Example', 'juniper@example.org'];
  expect(findPrivate(text, secrets)).toEqual(secrets);
  const item = (await readItems(table, [keys.export(id)])).itemAt(keys.export(id));
  const left = (await everything(table)).filter(({ entity }) => entity !== 'person');
  expect(item).toBeDefined();
  expect(findPrivate(JSON.stringify([item, left, lines.mock.calls]), secrets)).toEqual([]);
  lines.mockRestore();
});

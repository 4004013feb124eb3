import { createHash, randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect } from 'vitest';
import type { ExportAnswer } from '#accounting/exports/export-answer.ts';
import { type ExportContext, runExport } from '#accounting/exports/run-export.ts';
import { createStaffApp } from '#apps/staff/staff-app.ts';
import { toCampaignItem, toCampaignListItem } from '#giving/campaigns/campaign-item.ts';
import { exportMessageKey } from '#kernel/outbox/outbox.ts';
import type { Person } from '#kernel/people/person-item.ts';
import type { Role } from '#kernel/staff/actor.ts';
import { decidePayment } from '#payments/payment/payment.ts';
import { toPaymentItem } from '#payments/payment/payment-item.ts';
import { recordPayment } from '#payments/payment/record-payment.ts';
import type { Table } from '#platform/table/table.ts';
import { demoCampaigns } from '../../infra/demo/campaigns.ts';
import { parseCsv } from './csv.ts';
import { type Files, startFiles } from './files.ts';
import { paidCheckout } from './paid-checkout.ts';
import { aCheckout, aPerson, now as start, store } from './payments.ts';
import { story } from './story.ts';
import { freshTable } from './table.ts';

export const [warehouse, education] = ['lai-chi-kok-warehouse', 'education'] as const;
/** For how long a writer that says nothing is waited for. */
export const lease = 11 * 60_000;
/** A moment so many minutes after the beginning. */
export const minutes = (count: number) => new Date(start.getTime() + count * 60_000);
/** All gifts of two months. */
export const gifts = { kind: 'gifts', from: '2026-10', to: '2026-11' } as const;

/** Rows of a file by the names in its header. */
type Rows = Record<string, string>[];

/**
 * A desk at which exports are asked for, written and fetched, with two campaigns.
 * @param clock what the desk takes for the present
 */
async function openExportDesk(files: Files, clock: { now: Date }) {
  clock.now = start;
  const table = await freshTable();
  const campaigns = demoCampaigns(clock.now).filter(({ slug }) => slug === warehouse || slug === education);
  for (const Item of [toCampaignListItem([warehouse, education]), ...campaigns.map(toCampaignItem)]) {
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
  }
  const call = async <T = ExportAnswer>(
    route: string,
    body?: unknown,
    { key, role = 'finance' }: { key?: string; role?: Role } = {},
  ) => {
    const [method = '', path = ''] = route.split(' ');
    const actorOf = () => ({ id: 'sub-1', roles: [role] });
    const app = createStaffApp({
      random: Math.random,
      table,
      clock: () => clock.now,
      actorOf,
      files: files.store,
    });
    const response = await app.request(`/api/staff/exports${path}`, {
      method,
      ...(method === 'POST' && {
        headers: { 'content-type': 'application/json', 'idempotency-key': key ?? randomUUID() },
        body: JSON.stringify(body),
      }),
    });
    return { status: response.status, body: (await response.json()) as T };
  };
  const ask = async (body: object, options = {}) => (await call('POST ', body, options)).body;
  const read = async (id: string) => (await call(`GET /${id}`)).body;
  const run = (id: string, changes: Partial<ExportContext> = {}) => {
    const ctx = { table, files: files.store, clock: () => clock.now, lease, ...changes };
    return runExport(exportMessageKey(id), ctx);
  };
  return {
    table,
    call,
    ask,
    read,
    run,
    ...giving(table, clock),
    /** Asks, writes and fetches. */
    made: async (body: object): Promise<{ answer: ExportAnswer; text: string; rows: Rows }> => {
      const { id } = await ask(body);
      expect(await run(id)).toBe('done');
      const answer = await read(id);
      return { answer, ...(await fetched(answer)) };
    },
  };
}

function giving(table: Table, clock: { now: Date }) {
  return {
    /** A gift; HK$500.00 to the warehouse by default. */
    give: async (
      number: number,
      otherwise: Parameters<typeof paidCheckout>[0] = {},
      person: Partial<Person> = {},
    ) => {
      const checkout = aCheckout(number);
      await store(table, checkout, aPerson(checkout, person));
      const paid = paidCheckout({
        checkoutId: checkout.id,
        paymentId: `pi_${number}`,
        at: minutes(-number),
        ...otherwise,
      });
      await recordPayment(paid, { table, now: clock.now, random: Math.random });
    },
    /** The item of a gift to the warehouse, without what else a payment leaves. */
    giftAlone: async (number: number, amount: number) => {
      const { payment: gift } = decidePayment(
        paidCheckout({ paymentId: `pi_${number}`, at: minutes(-number), amount }),
      );
      await table.client.send(new PutCommand({ TableName: table.name, Item: toPaymentItem(gift) }));
    },
  };
}

/** Fetches the file of an export and holds it against what the export says of it. */
async function fetched(answer: ExportAnswer): Promise<{ text: string; rows: Rows }> {
  const bytes = Buffer.from(await (await fetch(answer.url ?? '')).arrayBuffer());
  expect(answer).toMatchObject({ state: 'done', bytes: bytes.length });
  expect(answer.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf');
  const [header = [], ...rows] = parseCsv(bytes.subarray(3).toString());
  expect(answer.rows).toBe(rows.length);
  return {
    text: bytes.toString(),
    rows: rows.map((row) => Object.fromEntries(row.map((cell, index) => [header[index], cell]))),
  };
}

/** A story at an export desk of its own, under a clock that the test moves; the bucket, `files`, serves the whole file. */
export const exportStory = story
  .extend('clock', { scope: 'file' }, () => ({ now: start }))
  .extend('files', { scope: 'file' }, async ({ clock }, { onCleanup }) => {
    const files = await startFiles(() => clock.now);
    onCleanup(() => files.close());
    return files;
  })
  .extend('desk', ({ files, clock }) => openExportDesk(files, clock));

import { describe, expect } from 'vitest';
import { askForExport } from '#accounting/exports/ask-for-export.ts';
import type { ExportAnswer } from '#accounting/exports/export-answer.ts';
import { parseExport } from '#accounting/exports/export-request.ts';
import { permit } from '#kernel/staff/rights.ts';
import { gifts, exportStory as it, minutes } from '../support/export-desk.ts';
import { everything } from '../support/table.ts';

describe('an export that is asked for', () => {
  it('is written with its audit entry and its message together; again under the key it is the same one', async ({
    desk,
  }) => {
    const first = await desk.call('POST ', gifts, { key: 'one' });
    expect(first.status).toBe(201);
    expect(await desk.ask(gifts, { key: 'one' })).toEqual(first.body);
    expect(await desk.call('POST ', { ...gifts, from: '2026-11' }, { key: 'one' })).toMatchObject({
      status: 422,
      body: { code: 'idempotency-key-reused' },
    });
    expect((await everything(desk.table, 'export')).length).toBe(1);
    expect((await everything(desk.table, 'outbox')).map(({ exportId }) => exportId)).toEqual([first.body.id]);
    const [audit] = await everything(desk.table, 'audit-entry');
    expect(audit).toMatchObject({
      actor: 'sub-1',
      action: 'export.make',
      object: { kind: 'export', id: first.body.id },
      after: { kind: 'gifts', from: '2026-10', to: '2026-11', people: false },
    });
  });

  it.for<[string, object, string, string]>([
    ['another kind', { ...gifts, kind: 'people' }, '/kind', '"gifts", "ledger", "month" or "receipts"'],
    ['no month', { kind: 'gifts', to: '2026-11' }, '/from', 'has the form 2026-11'],
    ['a thirteenth month', { ...gifts, to: '2026-13' }, '/to', 'has the form 2026-11'],
    [
      'months in the wrong order',
      { ...gifts, from: '2026-11', to: '2026-10' },
      '/from',
      'not after the last',
    ],
    ['a month to come', { ...gifts, to: '2026-12' }, '/to', '2026-11 or before'],
    ['a month of another millennium', { ...gifts, from: '0001-01' }, '/from', 'has the form 2026-11'],
    ['too many months', { ...gifts, from: '2020-01' }, '/from', 'at most 60 months'],
    ['an unknown campaign', { ...gifts, campaign: 'nowhere' }, '/campaign', 'no such campaign'],
    ['people of the ledger', { ...gifts, kind: 'ledger', people: true }, '/people', 'holds no people'],
    ['an unknown field', { ...gifts, all: true }, '/all', 'no such field'],
  ])(
    'with %s is refused by the field, and leaves nothing',
    async ([_what, body, pointer, detail], { desk }) => {
      const answer = await desk.call<{ code: string; errors: { pointer: string; detail: string }[] }>(
        'POST ',
        body,
      );
      expect(answer).toMatchObject({ status: 422, body: { code: 'invalid' } });
      expect(answer.body.errors[0]).toEqual({ pointer, detail: expect.stringContaining(detail) });
      const left = await everything(desk.table);
      expect(left.filter(({ entity }) => /export|outbox|audit/.test(String(entity)))).toEqual([]);
    },
  );

  it('is for those with the right; with people for those who may read people too', async ({
    desk,
    clock,
  }) => {
    expect(await desk.call('POST ', gifts, { role: 'campaigns' })).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
    const exporting = permit({ id: 'sub-1', roles: ['finance'] }, 'export.make');
    const withPeople = parseExport({ ...gifts, people: true }, clock.now);
    const permits = { exporting, people: undefined };
    await expect(
      askForExport(
        { request: withPeople, idempotencyKey: 'a key', ...permits },
        { table: desk.table, now: clock.now },
      ),
    ).rejects.toThrow('without the permit');
    await desk.ask({ ...gifts, people: true });
    const [audit] = await everything(desk.table, 'audit-entry');
    expect(audit?.after).toMatchObject({ people: true });
  });

  it('and is not there is answered not-found', async ({ desk }) => {
    expect(await desk.call('GET /exp_1')).toMatchObject({ status: 404 });
    expect(await desk.call(`GET /exp_${'0'.repeat(32)}`)).toMatchObject({ status: 404 });
  });

  it('is listed by month, newest first, page by page', async ({ clock, desk }) => {
    for (const minute of [0, 1, 2]) {
      clock.now = minutes(minute);
      await desk.ask(gifts);
    }
    type Page = { data: ExportAnswer[]; nextCursor: string | null };
    const first = (await desk.call<Page>('GET ?limit=2')).body;
    const second = (await desk.call<Page>(`GET ?limit=2&cursor=${first.nextCursor}`)).body;
    const times = [...first.data, ...second.data].map(({ askedAt }) => askedAt);
    expect(times).toEqual([2, 1, 0].map((minute) => minutes(minute).toISOString()));
    expect([first.data.length, second.nextCursor]).toEqual([2, null]);
    expect(await desk.call('GET ?month=2026-1')).toMatchObject({ status: 422, body: { code: 'invalid' } });
    expect(await desk.call('GET ?cursor=x')).toMatchObject({ status: 422, body: { code: 'invalid' } });
  });
});

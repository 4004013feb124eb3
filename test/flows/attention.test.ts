import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect } from 'vitest';
import { createStaffApp } from '#apps/staff/staff-app.ts';
import { type Attention, attentionKinds, toAttentionItem } from '#kernel/attention/attention-item.ts';
import type { Role } from '#kernel/staff/actor.ts';
import { asDescribed } from '../support/described.ts';
import { now } from '../support/payments.ts';
import { story } from '../support/story.ts';
import { everything } from '../support/table.ts';

describe('what waits for a person', () => {
  const it = story.extend('desk', ({ table }) => {
    const list = async (...attentions: readonly Attention[]) => {
      for (const each of attentions) {
        await table.client.send(new PutCommand({ TableName: table.name, Item: toAttentionItem(each) }));
      }
    };
    const staff = (role: Role = 'finance') =>
      asDescribed(
        createStaffApp({
          random: Math.random,
          table,
          clock: () => now,
          actorOf: () => ({ id: 'person-1', roles: [role] }),
        }),
      );
    const read = async (query = '') => {
      const answer = await staff().request(`/api/staff/attention${query}`);
      expect(answer.status).toBe(200);
      return (await answer.json()) as { data: Record<string, unknown>[]; nextCursor: string | null };
    };
    const resolveItem = (kind: string, id: string, body: unknown, role?: Role, key: string = randomUUID()) =>
      staff(role).request(`/api/staff/attention/${kind}/${encodeURIComponent(id)}/settle`, {
        method: 'POST',
        headers: { 'idempotency-key': key, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
    return { list, staff, read, resolveItem, minutesAgo };
  });

  it('is listed by month, newest first, of every kind or of one', async ({
    desk: { list, minutesAgo, read },
  }) => {
    await list(...attentionKinds.map((kind, index) => ({ kind, id: `id_${index}`, at: minutesAgo(index) })), {
      kind: 'mail-stopped',
      id: 'of October',
      at: new Date('2026-10-31T15:59:59Z'),
    });
    expect((await read('?limit=100')).data.map(({ kind }) => kind)).toEqual(attentionKinds);
    expect((await read('?kind=gift-held')).data).toMatchObject([{ kind: 'gift-held' }]);
    expect((await read('?month=2026-10')).data).toMatchObject([{ id: 'of October' }]);
  });

  it('is listed in pages that leave nothing out, also of one moment, whatever was resolved between', async ({
    desk: { minutesAgo, list, resolveItem, read },
  }) => {
    const many = Array.from({ length: 130 }, (_, number): Attention => {
      const kind = number % 2 ? 'mail-stopped' : 'unknown-charge';
      return {
        kind,
        id: `gift-received:pi_${String(number).padStart(3, '0')}`,
        at: minutesAgo(Math.floor(number / 10)),
      };
    });
    await list(...many);
    await resolveItem('unknown-charge', 'gift-received:pi_000', { note: 'Ours.' });
    const seen: unknown[] = [];
    for (let query: string | null = '?kind=unknown-charge&limit=7'; query; ) {
      const page = await read(query);
      seen.push(...page.data.map(({ id }) => id));
      query = page.nextCursor && `?kind=unknown-charge&limit=7&cursor=${page.nextCursor}`;
    }
    expect(seen).toHaveLength(64);
    expect(new Set(seen).size).toBe(64);
  });

  it('is resolved once, with who, when and why; a repetition and another note change nothing', async ({
    table,
    desk: { list, resolveItem, read },
  }) => {
    await list({ kind: 'mail-stopped', id: 'gift-received:pi_1', at: now });
    const first = await resolveItem('mail-stopped', 'gift-received:pi_1', { note: 'Telephoned.' });
    const settled = { by: 'person-1', at: now.toISOString(), note: 'Telephoned.' };
    expect(await first.json()).toMatchObject({ changed: true, settled });
    const again = await resolveItem('mail-stopped', 'gift-received:pi_1', { note: 'Something else.' });
    expect(await again.json()).toMatchObject({ changed: false, settled });
    expect((await read()).data).toEqual([]);
    expect((await read('?settled=true')).data).toMatchObject([{ settled }]);
    const entries = await everything(table, 'audit-entry');
    expect(entries).toMatchObject([
      {
        action: 'attention.settle',
        object: { kind: 'attention', id: 'mail-stopped:gift-received:pi_1' },
        after: { state: 'settled' },
      },
    ]);
    expect(JSON.stringify(entries)).not.toContain('Telephoned');
  });

  it('is resolved by one request once: under its key the answer is the same, and another note is refused', async ({
    table,
    desk: { list, resolveItem },
  }) => {
    const [kind, id, key] = ['mail-stopped', 'gift-received:pi_1', 'one'] as const;
    await list({ kind, id, at: now });
    const first = await (await resolveItem(kind, id, { note: 'Telephoned.' }, undefined, key)).json();
    const again = await (await resolveItem(kind, id, { note: 'Telephoned.' }, undefined, key)).json();
    expect(first).toMatchObject({ changed: true });
    expect(again).toEqual(first);
    const other = await resolveItem(kind, id, { note: 'Something else.' }, undefined, key);
    expect([other.status, await other.json()]).toMatchObject([422, { code: 'idempotency-key-reused' }]);
    expect(await everything(table, 'audit-entry')).toHaveLength(1);
  });

  it('is resolved by one of two who resolve it at the same moment', async ({
    table,
    desk: { list, resolveItem },
  }) => {
    await list({ kind: 'payout-failed', id: 'po_1', at: now });
    const both = await Promise.all([
      Promise.resolve(resolveItem('payout-failed', 'po_1', { note: 'a' })),
      Promise.resolve(resolveItem('payout-failed', 'po_1', { note: 'b' })),
    ]);
    const answers = await Promise.all(both.map((each) => each.json() as Promise<{ changed: boolean }>));
    expect(answers.map(({ changed }) => changed).sort()).toEqual([false, true]);
    expect(await everything(table, 'audit-entry')).toHaveLength(1);
  });

  it('is open again when it happens again', async ({ desk: { list, resolveItem, read } }) => {
    await list({ kind: 'refund-mismatch', id: 'pi_1', at: now });
    await resolveItem('refund-mismatch', 'pi_1', { note: 'Booked by hand.' });
    await list({ kind: 'refund-mismatch', id: 'pi_1', at: now });
    expect((await read()).data).toMatchObject([{ id: 'pi_1', settled: null }]);
  });

  it('is refused in clear words when the request is wrong, and leaves nothing behind', async ({
    table,
    desk: { list, resolveItem, staff, read },
  }) => {
    await list({ kind: 'payout-failed', id: 'po_1', at: now });
    expect((await resolveItem('payout-failed', 'po_2', { note: 'x' })).status).toBe(404);
    expect((await resolveItem('nothing', 'po_1', { note: 'x' })).status).toBe(404);
    expect(await (await resolveItem('payout-failed', 'po_1', {})).json()).toMatchObject({
      errors: [{ pointer: '/note' }],
    });
    expect((await resolveItem('payout-failed', 'po_1', { note: 'x' }, 'campaigns')).status).toBe(403);
    for (const query of ['month=2026-13', 'kind=nothing', 'settled=maybe', 'cursor=x', 'limit=0']) {
      const answer = await staff().request(`/api/staff/attention?${query}`);
      const [name] = query.split('=');
      expect(await answer.json(), query).toMatchObject({
        code: 'invalid',
        errors: [{ pointer: `/${name}` }],
      });
    }
    expect(await everything(table, 'audit-entry')).toEqual([]);
    expect((await read()).data).toHaveLength(1);
  });
});

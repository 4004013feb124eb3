import { describe, expect } from 'vitest';
import { toStaffSeenChange } from '#kernel/staff/staff-seen-item.ts';
import { commit } from '#platform/table/commit.ts';
import { deskOn } from '../support/desk.ts';
import { staffOn } from '../support/staff-on.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';

const now = new Date('2026-11-28T04:00:00Z');

/** A treasurer at the desk, before the first gift. */
const it = campaignStory.extend('treasurer', ({ table }) => {
  const desk = deskOn(table, 'finance', now);
  const api = staffOn(table, now, 'finance');
  return {
    desk,
    list: async () => {
      const answer = await api.request('/api/staff/opening');
      return (await answer.json()) as { data: { tick: string; done: boolean }[]; closed: boolean };
    },
    post: async (path: string, body: object, key = path) =>
      api.request(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(body),
      }),
  };
});

describe('the list before the first gift', () => {
  it('has nothing of Stripe where there is none, and ticks by itself what can be seen', async ({
    treasurer: { list, post },
    table,
  }) => {
    const before = await list();
    expect(before.data.map(({ tick }) => tick)).toEqual([
      ...['mail', 'second-person', 'opening-balances', 'privacy', 'test-gift'],
    ]);
    expect(before.data.some(({ done }) => done)).toBe(false);
    for (const subject of ['sub-1', 'sub-1', 'sub-2'])
      await commit(table, () => ({ seen: toStaffSeenChange(subject) }));
    const opening = { account: 'bank', amount: 100_000, at: now.toISOString() };
    expect((await post('/api/staff/ledger/opening-balances', opening)).status).toBe(201);
    const done = (await list()).data.filter((each) => each.done).map(({ tick }) => tick);
    expect(done).toEqual(['second-person', 'opening-balances']);
  });

  it('takes a person’s note with name and time, and shows it; it is closed only when all is done', async ({
    treasurer: { desk, list, post },
    table,
  }) => {
    const confirmed = await desk.send('/staff/opening/privacy', {
      name: 'Hazel <Wong>',
      note: 'Read by our solicitor',
    });
    expect([confirmed.status, confirmed.location]).toEqual([303, '/staff/opening?done=confirmed']);
    const { html } = await desk.get('/staff/opening');
    expect(html).toContain('Confirmed by Hazel &lt;Wong&gt;, 28 November 2026');
    expect(html).toContain('Read by our solicitor');
    expect((await post('/api/staff/opening-closed', {})).status).toBe(409);
    for (const { tick, done } of (await list()).data) {
      if (!done) expect((await post(`/api/staff/opening/${tick}`, { name: 'Hazel' })).status).toBe(200);
    }
    expect((await post('/api/staff/opening-closed', {}, 'again')).status).toBe(200);
    expect((await list()).closed).toBe(true);
    expect(JSON.stringify(await everything(table, 'audit-entry'))).not.toContain('Hazel');
  });

  it('refuses a note without a name at its field, and one about nothing', async ({
    treasurer: { desk, post },
  }) => {
    const unnamed = await desk.send('/staff/opening/privacy', { name: '' });
    expect(unnamed.status).toBe(422);
    expect(unnamed.html).toContain('<a href="#name">');
    expect((await post('/api/staff/opening/nothing', { name: 'Hazel' })).status).toBe(404);
  });
});

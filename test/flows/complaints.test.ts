import { describe, expect } from 'vitest';
import { createStaffApp } from '#apps/staff/staff-app.ts';
import { answerDueBy } from '#giving/complaints/complaint.ts';
import { fromComplaintItem } from '#giving/complaints/complaint-item.ts';
import type { Role } from '#kernel/staff/actor.ts';
import { withCharity } from '../support/charity.ts';
import { deskOn } from '../support/desk.ts';
import { nobody } from '../support/local-stripe.ts';
import { siteOn } from '../support/site.ts';
import { story } from '../support/story.ts';
import { everything } from '../support/table.ts';

/** A Friday in Hong Kong. */
const now = new Date('2026-11-27T04:00:00Z');
const filled = {
  text: 'אף אחד לא ענה לי\nשלוש פעמים',
  contact: 'juniper@example.org',
  about: 'treasurer',
  formKey: 'a-form',
};

/** The public page, and the desks of two readers and of one who is none; Hazel is meant by what is about the treasurer. */
const it = story.extend('complaints', ({ table }) => {
  const site = siteOn(table, nobody, { clock: () => now });
  const desk = (id: string, role: Role) => deskOn(table, role, now, undefined, id);
  return {
    show: async (path: string) => (await site.request(path)).text(),
    send: async (changes: Record<string, string> = {}, path = '/complaint') =>
      site.request(path, { method: 'POST', body: new URLSearchParams({ ...filled, ...changes }) }),
    stored: async () => (await everything(table, 'complaint')).map(fromComplaintItem),
    rowan: desk('staff_admin', 'admin'),
    hazel: desk('staff_finance', 'finance'),
    linden: desk('staff_campaigns', 'campaigns'),
    list: async (id: string, role: Role) => {
      const api = createStaffApp({
        ...{ random: Math.random, table, clock: () => now },
        actorOf: () => ({ id, roles: [role] }),
      });
      const answer = await api.request('/api/staff/complaints');
      return ((await answer.json()) as { data: { id: string }[] }).data;
    },
  };
});

describe('a complaint', () => {
  it('is sent without an account, in any language, from every page’s foot; once, however often the form is sent', async ({
    complaints: { show, send, stored },
  }) => {
    expect(await show('/privacy')).toContain('href="/complaint"');
    expect(await show('/zh/complaint')).toContain('只有 Rowan 及 Hazel 會閱讀');
    const [first, again] = [await send(), await send()];
    expect([first.status, first.headers.get('location')]).toEqual([303, '/complaint?received=yes']);
    expect(again.status).toBe(303);
    expect(await show('/complaint?received=yes')).toContain('within ten working days');
    expect(await stored()).toMatchObject([
      { text: filled.text, contact: filled.contact, about: 'treasurer' },
    ]);
  });

  it('is read by its readers alone, and never by the person whom it is about', async ({
    complaints: { send, rowan, hazel, linden, list, stored },
  }) => {
    await send();
    const id = (await stored())[0]?.id ?? '';
    expect((await rowan.get(`/staff/complaints/${id}`)).html).toContain('שלוש פעמים');
    expect((await rowan.get('/staff/waiting')).html).toContain(`/staff/complaints/${id}`);
    for (const other of [hazel, linden]) {
      expect((await other.get(`/staff/complaints/${id}`)).status).toBe(404);
      expect((await other.get('/staff/waiting')).html).not.toContain(id);
      expect((await other.send(`/staff/complaints/${id}`, { note: 'Nothing to see.' })).status).toBe(404);
    }
    expect((await list('staff_admin', 'admin')).map((each) => each.id)).toEqual([id]);
    expect(await list('staff_finance', 'finance')).toEqual([]);
    expect(await list('staff_campaigns', 'campaigns')).toEqual([]);
    await send({ about: '', formKey: 'another' });
    expect(await list('staff_finance', 'finance')).toHaveLength(1);
  });

  it('waits until its answer is recorded, once, by a reader; the audit entry holds no word of it', async ({
    complaints: { send, rowan, stored },
    table,
  }) => {
    await send();
    const id = (await stored())[0]?.id ?? '';
    expect((await rowan.get('/staff/waiting')).html).toContain('To be answered by');
    const answered = await rowan.send(`/staff/complaints/${id}`, { note: 'Called, and said sorry.' });
    expect([answered.status, answered.location]).toEqual([303, '/staff/complaints?done=answered']);
    await rowan.send(`/staff/complaints/${id}`, { note: 'Another.', key: 'form-2' });
    expect(await stored()).toMatchObject([
      { answer: { by: 'staff_admin', note: 'Called, and said sorry.' } },
    ]);
    expect((await rowan.get('/staff/waiting')).html).toContain('None waits for an answer.');
    expect(JSON.stringify(await everything(table, 'audit-entry'))).not.toMatch(/sorry|juniper/);
  });

  it.for<[string, Record<string, string>, string]>([
    ['without a word', { text: ' ' }, 'Please write what happened.'],
    ['of too many words', { text: 'x'.repeat(5001) }, 'Please write at most 5000 characters.'],
    ['about somebody else', { about: 'the-mayor' }, 'Please choose one of the list.'],
  ])(
    '%s is refused at its field, with what was typed, and is not kept',
    async ([, changes, says], { complaints }) => {
      const answer = await complaints.send(changes);
      expect(answer.status).toBe(422);
      const html = await answer.text();
      expect(html).toContain(says);
      expect(html).toContain('value="juniper@example.org"');
      expect(await complaints.stored()).toEqual([]);
    },
  );

  it('comes from one network no more often than other public forms', async ({
    complaints: { send, stored },
  }) => {
    let sent = 0;
    while (sent < 50 && (await send({ formKey: `form-${sent}` })).status === 303) sent += 1;
    expect(sent).toBeLessThan(50);
    expect(await stored()).toHaveLength(sent);
    expect((await send({ formKey: 'one-more' })).status).toBe(429);
  });

  it('is not taken where nobody is named to read it: the page then names the address', async ({
    complaints: { show, send, stored },
  }) => {
    await withCharity({ complaints: undefined }, async () => {
      expect(await show('/complaint')).not.toContain('<form');
      expect((await send()).status).toBe(422);
    });
    expect(await stored()).toEqual([]);
  });

  it('is due at the end of the tenth day that is no Saturday or Sunday in Hong Kong', () => {
    expect(answerDueBy(now)).toEqual(new Date('2026-12-11T23:59:00+08:00'));
    // Late on Sunday in London it is Monday in Hong Kong.
    expect(answerDueBy(new Date('2026-11-29T20:00:00Z'))).toEqual(new Date('2026-12-14T23:59:00+08:00'));
  });
});

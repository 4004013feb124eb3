import { describe, expect } from 'vitest';
import { recordEnteredPayments } from '#giving/entered-payments/record-entered-payments.ts';
import { attentionKinds, toAttentionItem } from '#kernel/attention/attention-item.ts';
import { fieldsOf } from '../support/browser-form.ts';
import { deskOn } from '../support/desk.ts';
import { aCheckout, aPerson, now, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { campaignStory } from '../support/story.ts';
import { everything, putAll, watchRequests } from '../support/table.ts';

const it = campaignStory.extend('waiting', async ({ table }) => {
  const checkout = aCheckout(1);
  await store(table, checkout, aPerson(checkout, { name: 'Mei Chan', message: 'Warm wishes' }));
  await webhookOn(table).deliver(sessionEvent(checkout));
  const things = [
    { kind: 'gift-held', id: 'pi_00000001', at: now, reason: 'large' },
    { kind: 'mail-stopped', id: 'gift-received/pi_00000001', at: now, reason: 'too-old' },
    {
      kind: 'dispute-due',
      id: 'dp_1',
      paymentId: 'pi_00000001',
      at: now,
      dueBy: new Date('2026-11-25T15:59:00Z'),
    },
  ] as const;
  await putAll(table, things.map(toAttentionItem));
  return { table };
});

describe('the page of what waits', () => {
  it('says what happened, whose it is, until when, and gives the step as a button or a link', async ({
    waiting: { table },
  }) => {
    const { html } = await deskOn(table, 'finance', now).get('/staff/waiting');
    expect(html.match(/HK\$500\.00 of Mei Chan/g)).toHaveLength(3);
    expect(html).toContain('To be done by 25 November 2026 at 23:59 Hong Kong time');
    expect(html).toContain('href="/staff/payments/pi_00000001/release"');
    expect(html).toContain('action="/staff/mails/gift-received%2Fpi_00000001/send-again"');
    expect(html).toContain('It could not be sent for 23 hours');
    expect(html).not.toContain('/staff/comments');
  });

  it('finds by its checkout the payment of a mail that came back', async ({ waiting: { table } }) => {
    const desk = deskOn(table, 'finance', now);
    const entry = { means: 'cash', amount: '12', fund: 'education', day: '2026-11-21', reference: 'x' };
    await desk.send('/staff/enter-payment', {
      ...{ ...entry, name: 'Ada Wong', email: 'ada@example.org', language: 'en', thank: 'yes' },
      ...{ confirmed: 'yes', key: 'e' },
    });
    await recordEnteredPayments({ table, now: new Date(now.getTime() + 600_000), random: () => 0 });
    const entered = (await everything(table, 'payment')).find(({ source }) => source === 'cash');
    const came = (checkoutId: string) =>
      ({ kind: 'mail-problem', id: `${checkoutId}/gift-received`, checkoutId, reason: 'bounced' }) as const;
    const things = [aCheckout(1).id, String(entered?.checkoutId)].map((id) => ({ ...came(id), at: now }));
    await putAll(table, things.map(toAttentionItem));
    const { html } = await desk.get('/staff/waiting');
    const rows = html.match(/<h3>A mail came back<\/h3>.*?<\/li>/gs) ?? [];
    expect(rows).toHaveLength(2);
    const links = [
      ['HK$500.00 of Mei Chan', 'pi_00000001'],
      ['HK$12.00 of Ada Wong', String(entered?.paymentId)],
    ] as const;
    for (const [about, paymentId] of links) {
      const row = rows.find((each) => each.includes(about));
      expect(row).toContain(`href="/staff/payments/${paymentId}"`);
    }
  });

  it('shows to each role what is theirs, and to nobody else whose it is', async ({ waiting: { table } }) => {
    const campaigns = (await deskOn(table, 'campaigns', now).get('/staff/waiting')).html;
    expect(campaigns).toContain('Nothing waits for you');
    expect(campaigns).not.toContain('Mei Chan');
    expect((await deskOn(table, 'door', now).get('/staff/waiting')).html).toContain('Nothing waits for you');
  });

  it('lets one be resolved with a note, once; without a note it asks for one', async ({
    waiting: { table },
  }) => {
    const desk = deskOn(table, 'finance', now);
    const path = '/staff/attention/mail-stopped/gift-received%2Fpi_00000001/settle';
    const form = await desk.get(path);
    expect(form.html).toContain('A mail was not sent. It waits since 22 November 2026');
    const fields = fieldsOf(form.html.slice(form.html.indexOf('<main')));
    expect(await desk.send(path, { ...fields, note: ' ' })).toMatchObject({
      status: 422,
      html: expect.stringContaining('id="note-error"') as string,
    });
    const note = { ...fields, note: 'Called\r\nher' };
    expect(await desk.send(path, note)).toMatchObject({ location: '/staff/waiting?done=resolved' });
    expect((await desk.send(path, note)).status).toBe(303);
    expect(await everything(table, 'audit-entry')).toHaveLength(1);
    expect((await desk.get('/staff/waiting')).html).not.toContain('gift-received/pi_00000001');
    expect((await desk.get(path)).html).toContain('It is resolved already');
    expect((await desk.get('/staff/attention/nonsense/x/settle')).status).toBe(404);
  });

  it('knows every kind that there is, and asks the table for a bounded number of things', async ({
    waiting: { table },
  }) => {
    const all = attentionKinds.map((kind) => toAttentionItem({ kind, id: `${kind}-1`, at: now }));
    await putAll(table, all.slice(0, 20));
    await putAll(table, all.slice(20));
    const sent = watchRequests(table);
    const { status, html } = await deskOn(table, 'admin', now).get('/staff/waiting');
    expect(status).toBe(200);
    expect(html.match(/<h3>/g)).toHaveLength(attentionKinds.length + 3);
    expect(sent.length).toBeLessThanOrEqual(12 + 2 + 13 + 1 + 3 + 2);
    expect(sent.every(({ operation }) => operation === 'Query' || operation === 'BatchGetItem')).toBe(true);
  });
});

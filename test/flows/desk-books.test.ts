import { describe, expect } from 'vitest';
import { summarizeFunds } from '#accounting/funds/summarize-funds.ts';
import { recordEnteredPayments } from '#giving/entered-payments/record-entered-payments.ts';
import { fieldsOf } from '../support/browser-form.ts';
import { deskOn } from '../support/desk.ts';
import { aCheckout, now, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { campaignStory } from '../support/story.ts';
import { everything, watchRequests } from '../support/table.ts';

const it = campaignStory.extend('books', async ({ table }) => {
  const checkout = aCheckout(1, { fund: 'emergency-cash', amount: 200_000 });
  await store(table, checkout);
  await webhookOn(table).deliver(sessionEvent(checkout));
  const desk = (id: string, role: 'finance' | 'families' | 'admin' = 'finance') =>
    deskOn(table, role, now, undefined, id);
  return { table, desk };
});

const asked = {
  campaign: 'emergency-cash',
  amount: '800',
  category: 'rent',
  recipient: 'F-0042',
  recipientKind: 'family',
  note: '',
};

describe('the books at the desk', () => {
  it('lead a disbursement through its steps; who requested it cannot approve it', async ({
    books: { table, desk },
  }) => {
    const families = desk('sub-1', 'families');
    const question = await families.send('/staff/request-disbursement', { ...asked, key: 'k' });
    expect(question.html).toContain('HK$800.00 for F-0042: Rent, out of “');
    const confirmed = fieldsOf(question.html.slice(question.html.indexOf('<main')));
    expect(await families.send('/staff/request-disbursement', confirmed)).toMatchObject({
      location: '/staff/disbursements?done=requested',
    });
    const [item] = await everything(table, 'disbursement');
    const at = `/staff/disbursements/${String(item?.id)}`;
    expect((await families.get('/staff/disbursements')).html).toContain(`href="${at}"`);
    const admin = desk('sub-1', 'admin');
    expect((await admin.get(at)).html).toContain('another person has to approve it');
    expect((await admin.send(`${at}/approve`, { key: 'own', confirmed: 'yes' })).status).toBe(409);
    const other = desk('sub-2');
    expect((await other.get(at)).html).toContain(`href="${at}/approve"`);
    expect((await other.send(`${at}/approve`, { key: 'a' })).html).toContain('Please confirm');
    expect(await other.send(`${at}/approve`, { key: 'a', confirmed: 'yes' })).toMatchObject({
      location: `${at}?done=approve`,
    });
    expect((await other.get(`${at}/approve`)).html).toContain('not at this step any more');
    const paid = { day: '2026-11-22', from: 'bank', voucherNumber: 'V-17' };
    const without = await other.sendFile(`${at}/hand-over`, paid, undefined);
    expect(without.html).toContain('id="voucher-error"');
    const text = new File(['no picture'], 'voucher.pdf');
    expect((await other.sendFile(`${at}/hand-over`, paid, { voucher: text })).html).toMatch(
      /id="voucher-error">[^<]*PDF, JPEG or PNG/,
    );
    const file = new File(['%PDF-1.7 voucher'], 'voucher.pdf', { type: 'application/pdf' });
    const early = await other.sendFile(`${at}/hand-over`, paid, { voucher: file });
    // The bank holds nothing yet: the form says so, and the request stays approved.
    expect([early.status, early.html.includes('role="alert"')]).toEqual([409, true]);
    expect((await everything(table, 'disbursement'))[0]?.state).toBe('approved');
    expect((await other.get('/staff/waiting')).html).toContain('Approved: waits to be paid out');
    const money = { means: 'fps', amount: '800', fund: 'emergency-cash', day: '2026-11-21', reference: 'x' };
    await other.send('/staff/enter-payment', { ...money, language: 'en', key: 'e', confirmed: 'yes' });
    await recordEnteredPayments({ table, now: new Date(now.getTime() + 600_000), random: () => 0 });
    expect(await other.sendFile(`${at}/hand-over`, paid, { voucher: file })).toMatchObject({
      location: `${at}?done=hand-over`,
    });
    expect((await other.get(at)).html).toContain('Paid on 2026-11-22 out of the bank, voucher V-17');
    expect(await other.send(`${at}/acknowledge`, { key: 'z', confirmed: 'yes' })).toMatchObject({
      status: 303,
    });
    expect((await other.get('/staff/waiting')).html).not.toContain('F-0042');
  });

  it('show what every fund holds, what came in and what went out', async ({ books: { table, desk } }) => {
    await summarizeFunds({}, { table, now });
    const sent = watchRequests(table);
    const { html } = await desk('sub-1').get('/staff/funds');
    expect(html).toMatch(/Emergency[^<]*<\/th>(?:<td[^>]*>[^<]*<\/td>){4}<td[^>]*>HK\$2,000\.00/i);
    expect(html).toMatch(/All funds<\/th><td[^>]*>HK\$2,000\.00/);
    expect(sent.length).toBeLessThanOrEqual(34);
  });

  it('show what one person did page by page, newest first, in two requests each', async ({
    books: { desk, table },
  }) => {
    for (const key of ['a', 'b', 'c']) {
      const sending = { ...asked, recipient: `F-${key}`, key, confirmed: 'yes' };
      await desk('sub-2', 'finance').send('/staff/request-disbursement', sending);
    }
    const admin = desk('sub-1', 'admin');
    const sent = watchRequests(table);
    const shown: string[] = [];
    let path: string | undefined = '/staff/team/sub-2/audit?limit=2';
    while (path !== undefined) {
      const { html } = await admin.get(path);
      shown.push(...[...html.matchAll(/class="note id">disbursement (\w+)/g)].map(([, id = '']) => id));
      path = /<a class="button quiet" href="([^"]+)"/.exec(html)?.[1];
    }
    expect(new Set(shown).size).toBe(3);
    expect(shown).toHaveLength(3);
    expect(sent.map(({ operation }) => operation)).toEqual([
      'Query',
      'BatchGetItem',
      'Query',
      'BatchGetItem',
    ]);
  });

  it('name who did what, by month, by person and by object', async ({ books: { desk } }) => {
    const admin = desk('sub-1', 'admin');
    for (const [id, key] of [
      ['sub-1', 'a'],
      ['sub-2', 'b'],
    ] as const) {
      const sending = { ...asked, recipient: `F-${id.at(-1)}`, key, confirmed: 'yes' };
      expect((await desk(id, 'finance').send('/staff/request-disbursement', sending)).status).toBe(303);
    }
    const { html } = await admin.get('/staff/audit');
    expect(html.match(/requested a disbursement/g)).toHaveLength(2);
    expect(html).toContain('amount: nothing → HK$800.00');
    const person = /href="(\/staff\/team\/sub-2\/audit)"/.exec(html)?.[1] ?? '';
    const byOther = (await admin.get(person)).html;
    expect(byOther.match(/requested a disbursement/g)).toHaveLength(1);
    expect((await admin.get('/staff/team/sub-3/audit')).html).toContain('This person changed nothing.');
    const object = /href="(\/staff\/audit\/passed-on\/[^"]+)"/.exec(byOther)?.[1] ?? '';
    expect((await admin.get(object)).html.match(/requested a disbursement/g)).toHaveLength(1);
    expect((await admin.get('/staff/audit/nonsense/x')).status).toBe(404);
  });
});

import { createHash } from 'node:crypto';
import { describe, expect } from 'vitest';
import { projectPayments } from '#apps/workers/project-payments.ts';
import { recordEnteredPayments } from '#giving/entered-payments/record-entered-payments.ts';
import { emailHash } from '#kernel/people/donor-item.ts';
import { keepDonor } from '#kernel/people/keep-donor.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { KeyedHash } from '#platform/ids.ts';
import type { Table } from '#platform/table/table.ts';
import { openStripe } from '../../infra/local/test/support/stripe-account.ts';
import { fieldsOf } from '../support/browser-form.ts';
import { deskOn, hashKey } from '../support/desk.ts';
import { aCheckout, aPerson, now, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { gift, postCheckout, siteOn, storeCampaigns } from '../support/site.ts';
import { staffOn } from '../support/staff-on.ts';
import { story } from '../support/story.ts';
import { everything, watchRequests } from '../support/table.ts';

const donors = [
  { number: 1, fund: 'lai-chi-kok-warehouse', name: 'Mei Chan', message: 'For the <rice>' },
  { number: 2, fund: 'education', name: 'Ada Wong', message: undefined },
  { number: 3, fund: 'lai-chi-kok-warehouse', name: 'Mei Chan', message: undefined },
];

/** Payments of two donors, booked by the webhook and projected as the stream would. */
async function withPayments(table: Table) {
  await storeCampaigns(table);
  for (const { number, fund, name, message } of donors) {
    const donor = `dnr_${createHash('md5').update(name).digest('hex')}`;
    const checkout = { ...aCheckout(number, { fund, amount: 50_000 + number }), donor };
    const email = `${name.replace(' ', '.').toLowerCase()}@example.org`;
    await keepDonor(emailHash(new KeyedHash(hashKey), email), { table, now }, donor);
    await store(table, checkout, aPerson(checkout, { name, message, email, displayName: `${name} (page)` }));
    const created = new Date(now.getTime() + number * 1000);
    await webhookOn(table).deliver(sessionEvent(checkout, { created }));
  }
  for (const item of await everything(table, 'payment')) {
    const payment = fromPaymentItem(item);
    await projectPayments({ slug: payment.fund, gifts: [payment] }, { table });
  }
}

const it = story
  .extend('paid', async ({ table }) => {
    await withPayments(table);
    return { table };
  })
  .extend('bought', async ({ table }, { onCleanup }) => {
    await storeCampaigns(table);
    const account = await openStripe();
    onCleanup(() => account.close());
    const asked = { ...gift, name: 'Mei Chan' };
    const started = await postCheckout(siteOn(table, account.url), asked, { key: 'a' });
    const { checkoutUrl } = (await started.json()) as { checkoutUrl: string };
    await account.pay(new URL(checkoutUrl).pathname.split('/').at(-1) ?? '');
    for (const event of (await account.stripe.events.list({ limit: 100 })).data) {
      await webhookOn(table).deliver({ ...event });
    }
    const [payment] = await everything(table, 'payment');
    return {
      desk: deskOn(table, 'finance', new Date(), account.url),
      at: `/staff/payments/${payment?.paymentId as string}`,
      /** All of it is refunded at Stripe, and our books do not know it yet. */
      refuse: () => account.stripe.refunds.create({ payment_intent: String(payment?.paymentId) }),
      refunds: async () =>
        (await account.stripe.refunds.list({ limit: 100 })).data.map(({ amount }) => amount),
    };
  });

describe('the payments at the desk', () => {
  it('stand newest first with name, amount, fund and comment, as far as the role may know', async ({
    paid: { table },
  }) => {
    const { html } = await deskOn(table, 'finance', now).get('/staff/payments');
    const rows = html.match(/<li>.*?<\/li>/gs) ?? [];
    expect(rows).toHaveLength(3);
    expect(rows[2]).toMatch(
      /Mei Chan.*HK\$500\.01.*Warehouse.*22 November 2026, 20:00.*For the &lt;rice&gt;/is,
    );
    expect(html.indexOf('HK$500.03')).toBeLessThan(html.indexOf('HK$500.02'));
    const { html: forCampaigns } = await deskOn(table, 'campaigns', now).get('/staff/payments');
    expect(forCampaigns).toContain('Mei Chan (page)');
    expect(forCampaigns.replaceAll('Mei Chan (page)', '')).not.toContain('Mei Chan');
  });

  it('of one fund, page by page', async ({ paid: { table } }) => {
    const desk = deskOn(table, 'finance', now);
    const first = await desk.get('/staff/payments?fund=lai-chi-kok-warehouse&limit=1');
    expect(first.html).toContain('HK$500.03');
    expect(first.html).not.toContain('HK$500.01');
    expect(first.html).not.toContain('Ada Wong');
    const next = /href="([^"]*cursor=[^"]*)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await desk.get(`${next}&limit=1`);
    expect(second.html).toContain('HK$500.01');
    expect(second.html).not.toContain('cursor=');
    expect((await desk.get('/staff/payments?cursor=wrong')).status).toBe(422);
  });

  it('ask the table for the same however many payments there are', async ({ paid: { table } }) => {
    const desk = deskOn(table, 'finance', now);
    const sent = watchRequests(table);
    const requestsOf = async (path: string) => {
      const before = sent.length;
      await desk.get(path);
      return sent.slice(before).map(({ operation }) => operation);
    };
    expect(await requestsOf('/staff/payments')).toHaveLength(5);
    expect(await requestsOf('/staff/payments?fund=education')).toHaveLength(7);
    expect((await requestsOf('/staff/payments/pi_00000001')).length).toBeLessThanOrEqual(16);
    expect(sent.filter(({ operation }) => operation === 'Scan')).toEqual([]);
  });

  it('are found by an address, a reference or a checkout, each by its key, and by nothing less', async ({
    paid: { table },
  }) => {
    const desk = deskOn(table, 'finance', now);
    const sent = watchRequests(table);
    const find = async (q: string) => {
      const before = sent.length;
      const { html } = await desk.get(`/staff/payments?q=${encodeURIComponent(q)}`);
      const ids = [...html.matchAll(/href="\/staff\/payments\/(pi_\d+)"/g)].map(([, id]) => id);
      expect(sent.length - before, q).toBeLessThanOrEqual(8);
      return ids;
    };
    expect(await find(' MEI.chan@Example.org ')).toEqual(['pi_00000003', 'pi_00000001']);
    expect(await find('ada.wong@example.org')).toEqual(['pi_00000002']);
    expect(await find('pi_00000002')).toEqual(['pi_00000002']);
    expect(await find(aCheckout(1).id)).toEqual(['pi_00000001']);
    for (const q of ['chan@example.org', 'pi_0000000', 'Mei Chan', '@', '<b>', 'pi_%', aCheckout(9).id]) {
      expect(await find(q), q).toEqual([]);
    }
    expect(sent.filter(({ operation }) => operation === 'Scan')).toEqual([]);
    const other = await deskOn(table, 'campaigns', now).get('/staff/payments?q=ada.wong%40example.org');
    expect(other.status).toBe(403);
    expect((await desk.get('/staff/payments')).html).toContain('Name, e-mail address or reference');
    expect((await deskOn(table, 'campaigns', now).get('/staff/payments')).html).not.toContain(
      'e-mail address or',
    );
    const json = (await (
      await staffOn(table, now, 'finance').request('/api/staff/payments?q=pi_00000002')
    ).json()) as object;
    expect(json).toMatchObject({ data: [{ paymentId: 'pi_00000002' }], nextCursor: null });
  });

  it('are found by the reference of a promise; one that waits for its money is shown the way to', async ({
    paid: { table },
  }) => {
    const promised = { slug: 'education', otherAmount: '88', way: 'fps', name: 'Ada', formKey: 'a-form' };
    const body = new URLSearchParams({ ...promised, email: 'ada@example.org' });
    const site = siteOn(table, 'http://127.0.0.1:1', { clock: () => now });
    expect((await site.request('/give', { method: 'POST', body })).status).toBe(303);
    const reference = String((await everything(table, 'promise'))[0]?.reference);
    const find = async (role: 'finance' | 'campaigns') => {
      const typed = `${reference.slice(0, 4)} ${reference.slice(4)}`;
      const path = `/staff/payments?q=${encodeURIComponent(typed)}`;
      return (await deskOn(table, role, now).get(path)).html;
    };
    const way = `href="/staff/promises/${reference}/match"`;
    expect(await find('finance')).toContain(way);
    expect(await find('campaigns')).not.toContain('/staff/promises/');
    const came = { amount: '88', day: '2026-11-22', account: 'bank', confirmed: 'yes' };
    await deskOn(table, 'finance', now).send(`/staff/promises/${reference}/match`, came);
    await recordEnteredPayments({ table, now: new Date(now.getTime() + 600_000), random: () => 0 });
    const found = await find('finance');
    expect(found).toContain(`href="/staff/payments/promise_${reference}"`);
    expect(found).not.toContain(way);
  });

  it('show one with its donor, mails and the donor’s other payments; the role for campaigns learns no address', async ({
    paid: { table },
  }) => {
    const { html } = await deskOn(table, 'finance', now).get('/staff/payments/pi_00000001');
    expect(html).toContain('mei.chan@example.org');
    expect(html).toMatch(/Other payments of this donor.*HK\$500\.03/s);
    expect(html).not.toContain('HK$500.02');
    expect(html).toMatch(/Thanks<\/strong>: waits to be sent/);
    expect(html.indexOf('pi_00000001')).toBeGreaterThan(0);
    const seen = (await deskOn(table, 'campaigns', now).get('/staff/payments/pi_00000001')).html;
    expect(seen).not.toContain('mei.chan@');
    expect(seen).not.toContain('/refund"');
    expect((await deskOn(table, 'finance', now).get('/staff/payments/pi_none')).status).toBe(404);
    expect((await deskOn(table, 'finance', now).get('/staff/payments/pi%20x%2F')).status).toBe(404);
  });

  it('hide a name by its button, once, and say so on the page that the button stood on', async ({
    paid: { table },
  }) => {
    const desk = deskOn(table, 'admin', now);
    const { html } = await desk.get('/staff/payments/pi_00000001');
    const form = /<form method="post" action="(\/staff\/names\/[^"]+)">(.*?)<\/form>/s.exec(html);
    const path = form?.[1] ?? '';
    const sent = await desk.send(path, fieldsOf(form?.[2] ?? ''));
    expect(sent).toMatchObject({ status: 303, location: '/staff/payments/pi_00000001?done=name' });
    expect((await desk.get(sent.location ?? '')).html).toContain('was hidden by the staff');
    expect((await desk.send(path, fieldsOf(form?.[2] ?? ''))).status).toBe(303);
    expect(await everything(table, 'audit-entry')).toHaveLength(1);
    const elsewhere = { ...fieldsOf(form?.[2] ?? ''), key: 'k2', from: '//evil.example', decision: 'show' };
    expect((await desk.send(path, elsewhere)).location).toBe('/staff/names?done=name');
    const foreign = { ...elsewhere, csrf: 'guessed', decision: 'hide' };
    expect((await desk.send(path, foreign)).status).toBe(403);
    expect(await everything(table, 'audit-entry')).toHaveLength(2);
  });
});

describe('a refund at the desk', () => {
  it('keeps what was typed and says at its field what is wrong; an empty sum is no default', async ({
    bought: { desk, at, refunds },
  }) => {
    const reason = 'requested-by-giver';
    for (const [amount, sentence] of [
      ['', 'Type an amount'],
      ['five', 'Type the amount in digits'],
      ['0', 'above zero'],
      ['500.01', 'At most HK$500.00 can be refunded.'],
    ] as const) {
      const { status, html } = await desk.send(`${at}/refund`, { amount, reason });
      expect([status >= 409, status], amount).toEqual([true, amount === '500.01' ? 409 : 422]);
      expect(html, amount).toMatch(new RegExp(`id="amount-error">[^<]*${sentence.replaceAll('$', '\\$')}`));
      expect(fieldsOf(html), amount).toMatchObject({ amount });
      expect(html, amount).toContain('<option value="requested-by-giver" selected');
    }
    expect((await desk.send(`${at}/refund`, { amount: '5' })).html).toContain('id="reason-error"');
    expect(await refunds()).toEqual([]);
  });

  it('repeats the sum and the name before it happens, and happens once', async ({
    bought: { desk, at, refunds },
  }) => {
    const { html } = await desk.get(`${at}/refund`);
    const asked = { ...fieldsOf(html), amount: 'HK$200', reason: 'requested-by-giver' };
    const question = await desk.send(`${at}/refund`, asked);
    expect(question.status).toBe(200);
    expect(question.html).toContain('Refund HK$200.00 to Mei Chan');
    expect(await refunds()).toEqual([]);
    const confirmed = fieldsOf(question.html.slice(question.html.indexOf('<main')));
    const done = await desk.send(`${at}/refund`, confirmed);
    expect(done).toMatchObject({ status: 303, location: `${at}?done=refund` });
    expect((await desk.send(`${at}/refund`, confirmed)).status).toBe(303);
    expect(await refunds()).toEqual([20_000]);
    const page = (await desk.get(`${at}?done=refund`)).html;
    expect(page).toContain('The refund was handed to Stripe');
    expect(page).toContain('HK$200.00 refunded');
    const other = await desk.send(`${at}/refund`, { ...confirmed, amount: '10' });
    expect([other.status, other.html.includes('was sent before, with other values')]).toEqual([422, true]);
    expect(fieldsOf(other.html.slice(other.html.indexOf('<main'))).key).not.toBe(confirmed.key);
    expect(await refunds()).toEqual([20_000]);
  });

  it('that Stripe refuses is a new sending the next time, under a key of its own', async ({
    bought: { desk, at, refunds, refuse },
  }) => {
    const { html } = await desk.get(`${at}/refund`);
    const main = (page: string) => fieldsOf(page.slice(page.indexOf('<main')));
    const first = main(html);
    const asked = { ...first, amount: '100', reason: 'duplicate', confirmed: 'yes' };
    await refuse();
    const refused = await desk.send(`${at}/refund`, asked);
    expect(refused.status).toBe(409);
    const next = main(refused.html);
    expect(next.key).not.toBe(first.key);
    expect(await refunds()).toEqual([50_000]);
  });
});

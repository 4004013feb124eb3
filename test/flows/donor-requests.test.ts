import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect } from 'vitest';
import { auditTable } from '#accounting/integrity/audit-table.ts';
import { keepDonorIndex } from '#giving/donors/keep-donor-index.ts';
import { rebuildLatestGifts } from '#giving/latest-gifts/rebuild-latest-gifts.ts';
import type { Role } from '#kernel/staff/actor.ts';
import { KeyedHash } from '#platform/ids.ts';
import { keys } from '#platform/table/keys.ts';
import type { Item, Table } from '#platform/table/table.ts';
import { deskOn, hashKey } from '../support/desk.ts';
import { nobody } from '../support/local-stripe.ts';
import { openMailDays } from '../support/mail-days.ts';
import { payAsDonors } from '../support/paid-donors.ts';
import { aCheckout, now } from '../support/payments.ts';
import { siteOn } from '../support/site.ts';
import { staffOn } from '../support/staff-on.ts';
import { campaignStory } from '../support/story.ts';
import { everything, putAll } from '../support/table.ts';
import { underRole } from '../support/template-roles.ts';

const slug = 'lai-chi-kok-warehouse';
const at = '/staff/payments/pi_00000001';
const later = new Date(now.getTime() + 3_600_000);
const mei = { number: 1, name: 'Mei Chan', displayName: 'Mei', email: 'mei@example.org' };

const open = (table: Table, role: Role | readonly Role[] = 'finance') => deskOn(table, role, later);

/** Brings the payments into the index of donors, as the sweep does. */
const index = (table: Table) =>
  keepDonorIndex(
    { since: new Date('2026-11-01T00:00:00Z') },
    { table: underRole('Sweep', table), now: later, hash: async () => new KeyedHash(hashKey) },
  );

/** What anybody reads of the newest gifts. */
async function publicGifts(table: Table) {
  await rebuildLatestGifts(slug, { table, now: later });
  const site = siteOn(table, nobody, { clock: () => later });
  const listed = await site.request(`/api/campaigns/${slug}/gifts`);
  const page = await (await site.request(`/campaigns/${slug}`)).text();
  const { data } = (await listed.json()) as { data: { name: string | null; amount: number | null }[] };
  return { gifts: data.map(({ name, amount }) => [name, amount]), page };
}

const it = campaignStory
  .extend('paid', { auto: true }, async ({ table }) => {
    await payAsDonors(table, [mei]);
  })
  .extend('days', async ({ table }, { onCleanup }) => {
    const days = await openMailDays(table);
    onCleanup(() => days.close());
    return days;
  });

describe('a volunteer, asked by a donor', () => {
  it('hides the amount and shows it again: lists and page follow, totals stay, and it is written down', async ({
    table,
  }) => {
    const desk = open(table, 'campaigns');
    expect((await desk.get(at)).html).toContain('Hide the amount');
    const form = `/staff/amounts/${aCheckout(1).id}`;
    const hidden = await desk.send(form, { decision: 'hide', from: at });
    expect(hidden.location).toBe(`${at}?done=name`);
    expect((await publicGifts(table)).gifts).toEqual([['Mei', null]]);
    expect((await publicGifts(table)).page).not.toContain('HK$500.00 ');
    const { html } = await desk.get(at);
    expect(html).toContain('the amount is hidden');
    // The first form, sent again later, does not undo the second.
    await desk.send(form, { decision: 'show', key: 'form-2' });
    await desk.send(form, { decision: 'hide', from: at });
    expect((await publicGifts(table)).gifts).toEqual([['Mei', 50_000]]);
    const entries = await everything(table, 'audit-entry');
    expect(entries).toMatchObject([{ object: { kind: 'amount' } }, { action: 'words.moderate' }]);
    expect(entries.map(({ after }) => (after as { state: string }).state).sort()).toEqual([
      'hidden',
      'shown',
    ]);
  });

  it('corrects the address, so that it finds the donor and the old one nobody; nothing writes it down', async ({
    table,
  }) => {
    await payAsDonors(table, [
      { ...mei, number: 2 },
      { ...mei, number: 3, email: 'mei@other.example' },
    ]);
    const desk = open(table);
    const [form, right] = [`${at}/address`, 'Mei.Chan@example.com'];
    expect((await desk.send(form, { email: 'mei@' })).html).toContain('id="email-error"');
    const asked = await desk.send(form, { email: right });
    expect(asked.html).toMatch(/payment of Mei Chan then go to Mei.Chan@example.com.*another payment/s);
    const sent = { email: right, confirmed: 'yes' };
    for (let time = 0; time < 2; time += 1) {
      expect((await desk.send(form, sent)).location).toBe(`${at}?done=address`);
    }
    const people = await everything(table, 'person');
    expect(people.map(({ email }) => email).sort()).toEqual([right, right, 'mei@other.example']);
    const find = async (q: string) => {
      const { html } = await desk.get(`/staff/payments?q=${encodeURIComponent(q)}`);
      return [...html.matchAll(/payments\/(pi_\d+)"/g)].map(([, id]) => id);
    };
    expect(await find('mei.chan@example.com')).toEqual(['pi_00000002', 'pi_00000001']);
    expect(await find('mei@example.org')).toEqual([]);
    const entries = await everything(table, 'audit-entry');
    expect(entries).toMatchObject([{ after: { state: 'address-corrected', payments: 2 } }]);
    expect(JSON.stringify([entries, await everything(table, 'once')])).not.toMatch(/mei\.?c?h?a?n?@/i);
    // A projection that is repeated does not bring the old address back.
    await payAsDonors(table, []);
    expect(await find('mei@example.org')).toEqual([]);
    expect((await everything(table, 'email')).filter(({ ttl }) => ttl === undefined)).toHaveLength(2);
  });

  it('sends the thanks again though they arrived: once a press, to the address of now', async ({
    table,
    days,
  }) => {
    await days.send('gift-received/pi_00000001');
    const desk = deskOn(table, 'finance', days.clock());
    expect((await desk.get(at)).html).toContain('Send the thanks again');
    await desk.send(`${at}/address`, { email: 'right@example.org', confirmed: 'yes', key: 'a' });
    for (let time = 0; time < 2; time += 1) await desk.send(`${at}/thanks`, { key: 'b' });
    const hurried = await desk.send(`${at}/thanks`, { key: 'c' });
    expect(hurried.html).toContain('The thanks are on their way');
    await days.pass(20);
    const to = async () => (await days.inbox()).flatMap(({ To }) => To.map(({ Address }) => Address));
    expect(await to()).toEqual(['right@example.org', 'mei@example.org']);
    const { html } = await desk.get(at);
    expect(html).toMatch(/Thanks<\/strong>: sent.*right@example.org/s);
    await desk.send(`${at}/thanks`, { key: 'd' });
    await days.pass(20);
    expect(await to()).toHaveLength(3);
    const { named } = await auditTable({ table, now: days.clock(), say: () => {} });
    expect(named.filter(({ check }) => check === '5 messages')).toEqual([]);
  });

  it('erases the donor everywhere, but for sums, dates and the name of a receipt, after saying so', async ({
    table,
  }) => {
    const refunded = { ...mei, number: 2, receiptName: 'Mei Chan Yuk-ling', message: 'Zebra words' };
    await payAsDonors(table, [
      refunded,
      { ...mei, number: 3, name: 'Ada', displayName: 'Ada', email: 'ada@example.org' },
    ]);
    await index(table);
    await putAll(table, [{ ...keys.personMail(aCheckout(2).id, 'gift-received'), entity: 'mail', v: 1 }]);
    const desk = open(table);
    const form = `${at}/erasure`;
    const { html } = await desk.get(form);
    expect(html).toMatch(/HK\$500.00 for .*22 November 2026/);
    expect(html).toContain('Mei Chan Yuk-ling, HK$500.00 on 22 November 2026: until 22 November 2033');
    expect((await desk.send(form)).html).toContain('Erase Mei Chan</button>');
    const raised = async () => (await everything(table, 'totals')).map((item) => item.raised);
    const before = await raised();
    for (let time = 0; time < 2; time += 1) {
      expect((await desk.send(form, { confirmed: 'yes' })).location).toBe(`${at}?done=erased`);
    }
    const kept = (await everything(table))
      .map((item) => JSON.stringify(item))
      .filter((item) => /mei|zebra/i.test(item));
    expect(kept.map((item) => (JSON.parse(item) as Item).entity).sort()).toEqual([
      'latest-gifts',
      'receipt-data',
    ]);
    expect(await raised()).toEqual(before);
    const { gifts, page } = await publicGifts(table);
    expect(gifts).toEqual([
      ['Ada', 50_000],
      [null, null],
      [null, null],
    ]);
    expect(page).not.toContain('Zebra');
    const ofAda = (await everything(table, 'named-payment')).map(({ paymentId }) => paymentId);
    expect(new Set(ofAda)).toEqual(new Set(['pi_00000003']));
    expect((await everything(table, 'email')).map(({ donor }) => donor)).toHaveLength(1);
    expect((await desk.get('/staff/payments/pi_00000002')).html).toMatch(/were erased.*Mei Chan Yuk-ling/s);
    expect((await desk.get(form)).html).toContain('were erased');
    // What is written again later does not bring them back.
    await index(table);
    await payAsDonors(table, []);
    expect(await everything(table, 'person')).toHaveLength(1);
    expect(await everything(table, 'donor-payment')).toHaveLength(1);
  });

  it.for([
    ['a refund on its way', 'a refund is on its way'],
    ['an open dispute', 'disputes a payment'],
    ['an open promise', 'a promise of the donor'],
    ['money that is not booked yet', 'money of the donor'],
  ] as const)('erases nothing while there is %s', async ([what, sentence], { table }) => {
    const { pk, sk } = keys.payment('pi_00000001');
    const set = (name: string, value: unknown) =>
      table.client.send(
        new UpdateCommand({
          ...{ TableName: table.name, Key: { pk, sk }, UpdateExpression: `SET ${name} = :value` },
          ExpressionAttributeValues: { ':value': value },
        }),
      );
    if (what === 'a refund on its way') await set('refundReserved', 100);
    if (what === 'an open dispute') await set('disputeOpen', true);
    const desk = open(table);
    if (what === 'an open promise') {
      const body = new URLSearchParams({
        slug,
        otherAmount: '88',
        way: 'fps',
        name: 'Mei',
        email: mei.email,
      });
      body.set('formKey', 'a-form');
      const site = siteOn(table, nobody, { clock: () => later });
      expect((await site.request('/give', { method: 'POST', body })).status).toBe(303);
    }
    if (what === 'money that is not booked yet') {
      const entry = { fund: slug, means: 'fps', amount: '10', day: '2026-11-22', reference: 'FPS 1' };
      const sent = { ...entry, name: 'Mei', email: mei.email, language: 'en', confirmed: 'yes' };
      expect((await desk.send('/staff/enter-payment', sent)).status).toBe(303);
    }
    const people = await everything(table, 'person');
    expect((await desk.get(`${at}/erasure`)).html).toContain(sentence);
    expect((await desk.send(`${at}/erasure`, { confirmed: 'yes', key: 'e' })).status).toBe(409);
    expect(await everything(table, 'person')).toEqual(people);
  });

  it('hands the donor a file of all that is kept, of every payment', async ({ table, days }) => {
    await days.send('gift-received/pi_00000001');
    await payAsDonors(table, [{ ...mei, number: 2, message: 'For the rice' }]);
    const { app } = open(table);
    const file = await app.request(`${at}/donor`);
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="donor-pi_00000001.json"');
    expect(await file.json()).toMatchObject({
      data: [
        {
          payment: { reference: 'pi_00000001', amount: 50_000 },
          person: { name: 'Mei Chan', email: 'mei@example.org' },
          mails: [{ name: 'gift-received', to: 'mei@example.org' }],
        },
        { comment: { text: 'For the rice', state: 'waiting' } },
      ],
    });
    const json = await staffOn(table, later, 'finance').request('/api/staff/gifts/pi_00000001/donor');
    expect(await json.text()).not.toContain(aCheckout(1).id);
    expect((await open(table, 'campaigns').app.request(`${at}/donor`)).status).toBe(403);
  });

  it('writes down what was asked for, sees it wait until day 40, and refuses it with a reason that is kept', async ({
    table,
  }) => {
    const desk = open(table);
    const said = { kind: 'access', day: '2026-11-20', payment: 'pi_00000001', hasSeenIdentity: 'yes' };
    const unknown = await desk.send('/staff/enter-request', { ...said, payment: 'pi_none', key: 'x' });
    expect(unknown.html).toContain('id="payment-error"');
    expect(
      (await desk.send('/staff/enter-request', { ...said, day: '2026-12-01', key: 'y' })).html,
    ).toContain('The day lies in the future');
    for (let time = 0; time < 2; time += 1) {
      expect((await desk.send('/staff/enter-request', said)).location).toBe('/staff/requests?done=entered');
    }
    const [request, ...others] = await everything(table, 'person-request');
    expect(others).toEqual([]);
    const form = `/staff/requests/${String(request?.id)}/end`;
    const { html } = await desk.get('/staff/waiting');
    expect(html).toMatch(/asked about what is kept.*HK\$500.00 of Mei Chan.*30 December 2026 at 23:59/s);
    expect(html).toContain(`href="${form}"`);
    const unreasoned = await desk.send(form, { how: 'refused', key: 'a' });
    expect(unreasoned.html).toContain('id="reason-error"');
    const refusal = { how: 'refused', reason: 'Nobody could say who asks.', key: 'b' };
    for (let time = 0; time < 2; time += 1) {
      expect((await desk.send(form, refusal)).location).toBe('/staff/requests?done=ended');
    }
    expect((await desk.get('/staff/waiting')).html).toContain('Nothing waits for you');
    expect((await desk.get('/staff/requests')).html).toMatch(
      /Refused on 22 November 2026.*Nobody could say/s,
    );
    expect((await desk.send(form, { how: 'done', key: 'c' })).status).toBe(409);
    const entries = await everything(table, 'audit-entry');
    expect(entries.map(({ after }) => (after as { state: string }).state).sort()).toEqual([
      'open',
      'refused',
    ]);
    expect(JSON.stringify(entries)).not.toContain('Nobody');
  });
});

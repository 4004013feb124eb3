import { describe, expect } from 'vitest';
import { auditTable } from '#accounting/integrity/audit-table.ts';
import { rebuildLatestGifts } from '#giving/latest-gifts/rebuild-latest-gifts.ts';
import type { Role } from '#kernel/staff/actor.ts';
import type { Table } from '#platform/table/table.ts';
import { deskOn } from '../support/desk.ts';
import { nobody } from '../support/local-stripe.ts';
import { openMailDays } from '../support/mail-days.ts';
import { payAsDonors } from '../support/paid-donors.ts';
import { aCheckout, now } from '../support/payments.ts';
import { siteOn } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';

const slug = 'lai-chi-kok-warehouse';
const at = '/staff/payments/pi_00000001';
const later = new Date(now.getTime() + 3_600_000);
const mei = { number: 1, name: 'Mei Chan', displayName: 'Mei', email: 'mei@example.org' };

const open = (table: Table, role: Role | readonly Role[] = 'finance') => deskOn(table, role, later);

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
  .extend('paid', { auto: true }, async ({ table, log: _ }) => {
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
});

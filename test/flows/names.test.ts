import { randomUUID } from 'node:crypto';
import { describe, expect } from 'vitest';
import { createStaffApp } from '#apps/staff/staff-app.ts';
import { projectPayments } from '#apps/workers/project-payments.ts';
import { rebuildLatestGifts } from '#giving/latest-gifts/rebuild-latest-gifts.ts';
import type { Person } from '#kernel/people/person-item.ts';
import type { Role } from '#kernel/staff/actor.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { asDescribed } from '../support/described.ts';
import { nobody } from '../support/local-stripe.ts';
import { aCheckout, aPerson, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { siteOn } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';

const slug = 'lai-chi-kok-warehouse';
const spam = 'CHEAP-PILLS https://spam.example/x';

describe('a name beside a gift', () => {
  const it = campaignStory.extend('desk', ({ table }) => {
    async function give(number: number, person: Partial<Person>): Promise<string> {
      const checkout = aCheckout(number);
      await store(table, checkout, aPerson(checkout, person));
      await webhookOn(table).deliver(
        sessionEvent(checkout, { created: new Date(Date.now() - number * 1000) }),
      );
      await projectPayments(
        { slug, gifts: (await everything(table, 'payment')).map(fromPaymentItem) },
        { table },
      );
      return checkout.id;
    }
    const staff = (role: Role) => {
      const actorOf = () => ({ id: 'sub-1', roles: [role] });
      return asDescribed(createStaffApp({ random: Math.random, table, clock: () => new Date(), actorOf }));
    };
    const decide = (path: string, decision: string, role: Role = 'campaigns') =>
      staff(role).request(`/api/staff/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
        body: JSON.stringify({ decision }),
      });
    const read = async (path: string) =>
      (await (await staff('campaigns').request(`/api/staff/${path}`)).json()) as { data: object[] };
    /** Everything that shows a name, as anybody reads it. */
    async function shown() {
      const site = siteOn(table, nobody);
      const { data } = (await (await site.request(`/api/campaigns/${slug}/gifts`)).json()) as {
        data: { name: string | null }[];
      };
      const pages = await Promise.all(
        [`/campaigns/${slug}`, `/zh/campaigns/${slug}`, `/campaigns/${slug}/supporters`].map(async (path) =>
          (await site.request(path)).text(),
        ),
      );
      const { raised, supporters } = (await (await site.request(`/api/campaigns/${slug}`)).json()) as {
        raised: number;
        supporters: number;
      };
      return { names: data.map(({ name }) => name), pages, totals: { raised, supporters } };
    }
    return { give, decide, read, shown };
  });

  it('that holds a link stands nowhere until a person has approved it: the gift is anonymous', async ({
    table,
    desk: { give, shown, read, decide },
  }) => {
    const id = await give(1, { displayName: spam });
    const before = await shown();
    expect(before.names).toEqual([null]);
    for (const page of before.pages) expect(page).not.toMatch(/PILLS|spam\.example/);
    expect(before.pages[0]).toContain('Anonymous');
    expect(before.pages[1]).toContain('無名氏');
    expect((await read('words')).data).toMatchObject([
      { checkoutId: id, waits: ['name'], name: spam, message: null },
    ]);

    expect(await (await decide(`names/${id}`, 'show')).json()).toEqual({
      checkoutId: id,
      decision: 'show',
      changed: true,
    });
    await rebuildLatestGifts(slug, { table, now: new Date() });
    expect((await shown()).names).toEqual([spam]);
    expect((await read('words')).data).toEqual([]);
  });

  it('is hidden by the staff in every list, and shown again; totals stay, and the audit says who did it without the name', async ({
    table,
    desk: { give, shown, read, decide },
  }) => {
    const id = await give(1, { displayName: 'Rude Remark', name: 'Juniper Example' });
    const before = await shown();
    expect(before.names).toEqual(['Rude Remark']);
    expect((await read(`campaigns/${slug}/names`)).data).toMatchObject([
      { checkoutId: id, paymentId: expect.stringMatching(/^pi_/), name: 'Rude Remark', state: 'shown' },
    ]);

    expect((await decide(`names/${id}`, 'hide', 'finance')).status).toBe(403);
    expect((await decide(`names/${id}`, 'hide')).status).toBe(200);
    await rebuildLatestGifts(slug, { table, now: new Date() });
    const hidden = await shown();
    expect(hidden.names).toEqual([null]);
    for (const page of hidden.pages) expect(page).not.toContain('Rude Remark');
    expect(hidden.totals).toEqual(before.totals);
    expect(JSON.stringify(await everything(table, 'latest-gifts'))).not.toContain('Rude Remark');
    expect((await read(`campaigns/${slug}/names`)).data).toMatchObject([{ state: 'hidden' }]);

    expect(await (await decide(`names/${id}`, 'hide')).json()).toMatchObject({ changed: false });
    expect(await (await decide(`names/${id}`, 'show')).json()).toMatchObject({ changed: true });
    await rebuildLatestGifts(slug, { table, now: new Date() });
    expect(await shown()).toMatchObject({ names: ['Rude Remark'], totals: before.totals });
    const audit = await everything(table, 'audit-entry');
    expect(audit).toHaveLength(2);
    for (const entry of audit) {
      expect(entry).toMatchObject({ object: { kind: 'name', id }, actor: 'sub-1', action: 'words.moderate' });
    }
    expect(JSON.stringify(audit)).not.toContain('Rude Remark');
  });

  it('and a comment are decided on apart: what still waits stays in the list', async ({
    table,
    desk: { give, read, decide },
  }) => {
    const id = await give(1, { displayName: spam, message: 'Keep warm' });
    expect((await read('words')).data).toMatchObject([{ waits: ['message', 'name'], message: 'Keep warm' }]);
    await decide(`words/${id}`, 'approve');
    expect((await read('words')).data).toMatchObject([{ checkoutId: id, waits: ['name'] }]);
    await decide(`names/${id}`, 'hide');
    expect((await read('words')).data).toEqual([]);
    const site = siteOn(table, nobody);
    await rebuildLatestGifts(slug, { table, now: new Date() });
    expect(await (await site.request(`/api/campaigns/${slug}/gifts`)).json()).toMatchObject({
      data: [{ name: null, message: 'Keep warm' }],
    });
  });

  it('that its donor hides does not wait to be moderated, and stays hidden whatever the staff decides', async ({
    table,
    desk: { give, read, decide, shown },
  }) => {
    const id = await give(1, { displayName: spam, hideName: true });
    expect((await read('words')).data).toEqual([]);
    expect((await decide(`names/${id}`, 'show')).status).toBe(200);
    await rebuildLatestGifts(slug, { table, now: new Date() });
    expect((await shown()).names).toEqual([null]);
    expect((await read(`campaigns/${slug}/names`)).data).toMatchObject([{ state: 'hidden-by-donor' }]);
  });

  it.for([
    ['an unknown checkout', `chk_${'f'.repeat(32)}`, 404],
    ['what is no checkout', 'person%231', 404],
    ['a gift without one', aCheckout(1).id, 409],
    ['a gift that is not paid', aCheckout(2).id, 409],
  ])('cannot be decided on for %s', async ([_, id, status], { table, desk: { give, decide } }) => {
    await give(1, { displayName: undefined });
    const unpaid = aCheckout(2);
    await store(table, unpaid, aPerson(unpaid));
    expect((await decide(`names/${id}`, 'hide')).status).toBe(status);
    expect(await everything(table, 'audit-entry')).toEqual([]);
  });
});

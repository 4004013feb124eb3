import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect } from 'vitest';
import { projectPayments } from '#apps/workers/project-payments.ts';
import { toCampaignItem } from '#giving/campaigns/campaign-item.ts';
import type { PublicGift } from '#giving/latest-gifts/latest-gifts-item.ts';
import { rebuildLatestGifts } from '#giving/latest-gifts/rebuild-latest-gifts.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { demoCampaigns } from '../../infra/demo/campaigns.ts';
import { aCheckout, aPerson, now, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { aRefund, refundEvent, slug } from '../support/refunds.ts';
import { siteOn } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';

const count = 25;
const payment = (number: number) => `pi_${String(number).padStart(8, '0')}`;

/** A campaign with 25 gifts of donors who show their names, and what is public of it. */
const it = campaignStory.extend('pages', async ({ log: _, table }) => {
  const campaign = demoCampaigns(now).find((each) => each.slug === slug);
  if (!campaign) throw new Error('The demonstration has no such campaign.');
  const opened = { ...campaign, opensAt: new Date('2026-10-01T00:00:00Z') };
  await table.client.send(new PutCommand({ TableName: table.name, Item: toCampaignItem(opened) }));
  for (let number = 1; number <= count; number += 1) {
    const checkout = aCheckout(number);
    await store(table, checkout, aPerson(checkout, { displayName: `Donor ${number}` }));
    const created = new Date(now.getTime() - number * 60_000);
    await webhookOn(table).deliver(sessionEvent(checkout, { created }));
  }
  await projectPayments(
    { slug, gifts: (await everything(table, 'payment')).map(fromPaymentItem) },
    { table },
  );

  const site = siteOn(table, '', { clock: () => new Date(now.getTime() + 86_400_000) });

  const refund = async (number: number, amount: number) => {
    const change = { payment_intent: payment(number), amount, id: `re_${number}_${amount}` };
    const answer = await webhookOn(table).deliver(refundEvent('refund.created', aRefund(0, change)));
    expect(answer.status).toBe(200);
    // As the projector does when a gift of the stream has changed.
    await rebuildLatestGifts(slug, { table, now });
  };
  const fail = async (number: number, amount: number) => {
    const change = {
      payment_intent: payment(number),
      amount,
      id: `re_${number}_${amount}`,
      status: 'failed',
    };
    await webhookOn(table).deliver(refundEvent('refund.failed', aRefund(0, change), { at: now }));
    await rebuildLatestGifts(slug, { table, now });
  };
  const latest = async () => {
    const page = await (await site.request(`/campaigns/${slug}`)).text();
    return [...page.matchAll(/Donor \d+/g)].map(([name]) => name);
  };
  const listed = async (limit: number) => {
    const gifts: PublicGift[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const answer = await site.request(
        `/api/campaigns/${slug}/gifts?limit=${limit}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      const page = (await answer.json()) as { data: PublicGift[]; nextCursor: string | null };
      gifts.push(...page.data);
      cursor = page.nextCursor;
    }
    return gifts;
  };

  const totals = async () => (await site.request(`/api/campaigns/${slug}`)).json();
  return { refund, fail, latest, listed, totals };
});

describe('the public pages after refunds', () => {
  it('show a gift no more once it is refunded in full, and the next older one in its place', async ({
    pages: { refund, fail, latest },
  }) => {
    expect(await latest()).toContain('Donor 3');
    await refund(3, 50_000);
    await refund(1, 20_000);
    await refund(1, 30_000);
    const shown = await latest();
    expect(shown).not.toContain('Donor 3');
    expect(shown).not.toContain('Donor 1');
    expect(new Set(shown).size).toBe(20);
    expect(shown).toContain('Donor 22');
    await fail(3, 50_000);
    expect(await latest()).toContain('Donor 3');
  });

  it('show the net amount of a gift that was refunded in part', async ({
    pages: { refund, listed, totals },
  }) => {
    await refund(2, 20_000);
    const gift = (await listed(100)).find(({ name }) => name === 'Donor 2');
    expect(gift).toMatchObject({ amount: 30_000 });
    expect(await totals()).toMatchObject({ raised: count * 50_000 - 20_000, supporters: count });
  });

  it.for([1, 3, 100])(
    'list each other gift once, in pages of %i, past any number that were refunded',
    async (limit, { pages: { refund, listed, totals } }) => {
      for (const number of [1, 2, 3, 4, 5, 6, 7, 8, 15, 25]) await refund(number, 50_000);
      const names = (await listed(limit)).map(({ name }) => name);
      const left = [9, 10, 11, 12, 13, 14, 16, 17, 18, 19, 20, 21, 22, 23, 24];
      expect(names).toEqual(left.map((number) => `Donor ${number}`));
      expect(await totals()).toMatchObject({ raised: left.length * 50_000, supporters: left.length });
    },
  );
});

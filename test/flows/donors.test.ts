import { describe, expect } from 'vitest';
import { projectPayments } from '#apps/workers/project-payments.ts';
import { keepSupporters } from '#giving/supporters/keep-supporters.ts';
import { recountSupporters } from '#giving/supporters/recount-supporters.ts';
import { addUp } from '#kernel/totals/totals.ts';
import { fromTotalsItem } from '#kernel/totals/totals-item.ts';
import { fromCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { recordPayment } from '#payments/payment/record-payment.ts';
import { recordRefund } from '#payments/refunds/record-refund.ts';
import { stripeStandIn } from '../support/gift-way.ts';
import { paidCheckout } from '../support/paid-checkout.ts';
import { sessionEvent, webhookOn } from '../support/payments.ts';
import { gift, postCheckout, siteOn } from '../support/site.ts';
import { staffOn } from '../support/staff-on.ts';
import { campaignStory } from '../support/story.ts';
import { everything, watchRequests } from '../support/table.ts';

const slug = 'lai-chi-kok-warehouse';
const now = new Date();
const stripe = () => Promise.resolve(stripeStandIn(Math.floor(Math.random() * 1e9)));

const it = campaignStory.extend('desk', ({ table }) => {
  const random = Math.random;
  const payments = async () => (await everything(table, 'payment')).map(fromPaymentItem);
  let number = 0;
  return {
    payments,
    /** Gives through the site, and Stripe says that it is paid. */
    give: async (email: string, more: object = {}) => {
      number += 1;
      const site = siteOn(table, '', { stripe });
      const answer = await postCheckout(site, { ...gift, ...more, email }, { key: `key-${number}` });
      expect(answer.status).toBe(201);
      const { checkoutId } = (await answer.json()) as { checkoutId: string };
      const item = (await everything(table, 'checkout')).find(({ id }) => id === checkoutId);
      if (!item) throw new Error('There is no checkout.');
      const session = { payment_intent: `pi_${number}` };
      const event = { id: `evt_${number}` };
      await webhookOn(table, { clock: () => new Date() }).deliver(
        sessionEvent(fromCheckoutItem(item), { session, event, created: new Date() }),
      );
      return { checkoutId, paymentId: `pi_${number}` };
    },
    project: async () => projectPayments({ slug, gifts: await payments() }, { table }),
    supporters: async () =>
      addUp((await everything(table, 'totals')).map(fromTotalsItem), undefined).supporters,
    refund: async (paymentId: string, amount: number) => {
      const fact = { refundId: `re_${paymentId}`, paymentId, amount, currency: 'hkd', at: now } as const;
      const none = { requestId: undefined, failedAt: undefined };
      await recordRefund({ ...fact, ...none, status: 'succeeded' }, { table, now, random });
      // As the projector does with a payment that changed.
      await keepSupporters(await payments(), undefined, { table });
    },
    record: (otherwise: Parameters<typeof paidCheckout>[0]) =>
      recordPayment(paidCheckout({ at: now, ...otherwise }), { table, now, random, thank: false }),
  };
});

describe('supporters', () => {
  it('are donors: one who gives twice is one, however the address is written', async ({ table, desk }) => {
    await desk.give('juniper@example.org', { again: true });
    await desk.give(' Juniper@Example.org ', { again: true, amount: 60_000 });
    await desk.give('heather@example.org', { again: true });
    const donors = (await desk.payments()).map(({ donor }) => donor);
    expect(new Set(donors).size).toBe(2);
    for (let times = 0; times < 3; times += 1) {
      await desk.project();
      expect(await desk.supporters()).toBe(2);
    }
    expect(JSON.stringify(await everything(table, 'email'))).not.toMatch(/juniper|example/i);
    // A payment has appeared, so the address stays.
    expect((await everything(table, 'email')).map(({ ttl }) => ttl)).toEqual([undefined, undefined]);
  });

  it('count until the last of their gifts is fully reversed', async ({ desk }) => {
    const first = await desk.give('juniper@example.org', { again: true });
    const second = await desk.give('juniper@example.org', { again: true, amount: 60_000 });
    await desk.project();
    await desk.refund(first.paymentId, gift.amount);
    expect(await desk.supporters()).toBe(1);
    await desk.refund(second.paymentId, 60_000);
    expect(await desk.supporters()).toBe(0);
  });

  it('are the same when payments are projected at once, and in another order', async ({ table, desk }) => {
    for (const number of [1, 2, 3, 4, 5, 6]) {
      await desk.record({
        source: 'bank',
        paymentId: `bank_${number}`,
        donor: `dnr_${String(number % 2).repeat(32)}`,
      });
    }
    const payments = (await desk.payments()).reverse();
    await Promise.all(payments.map((payment) => keepSupporters([payment], undefined, { table })));
    expect(await desk.supporters()).toBe(2);
  });

  it('without an address are one a payment; a cash box has none, and neither has what was only bought', async ({
    desk,
  }) => {
    await desk.record({ source: 'bank', paymentId: 'bank_1' });
    await desk.record({ source: 'bank', paymentId: 'bank_2' });
    await desk.record({ source: 'cash', paymentId: 'cash_1' });
    await desk.record({ source: 'bank', paymentId: 'bank_3', parts: { gift: 0, sales: 500, cover: 0 } });
    await desk.project();
    expect(await desk.supporters()).toBe(2);
  });

  it('that the projector missed are counted at night', async ({ table, desk }) => {
    await desk.give('juniper@example.org', { again: true });
    await desk.give('juniper@example.org', { again: true, amount: 60_000 });
    expect(await desk.supporters()).toBe(2);
    const night = { table, now: new Date() };
    expect(await recountSupporters(night)).toBe(2);
    expect(await desk.supporters()).toBe(1);
    expect(await recountSupporters(night)).toBe(0);
  });
});

describe('the list of payments', () => {
  it('holds those of all funds, newest first, in three requests a page', async ({ table, desk }) => {
    for (const [number, fund] of [slug, 'education', 'soup-kitchen', 'education', slug].entries()) {
      const at = new Date(Date.UTC(2026, 10, 20, number));
      await desk.record({ source: 'bank', paymentId: `bank_${number}`, fund, at });
    }
    const payments = await desk.payments();
    for (const fund of new Set(payments.map((payment) => payment.fund))) {
      await projectPayments({ slug: fund, gifts: payments.filter((each) => each.fund === fund) }, { table });
    }
    const staff = staffOn(table, new Date(), 'finance');
    const seen: string[] = [];
    const sent = watchRequests(table);
    let query: string | null = '?month=2026-11&limit=2';
    while (query) {
      const before = sent.length;
      const answer = await staff.request(`/api/staff/payments${query}`);
      expect(sent.length - before).toBeLessThanOrEqual(3);
      const page = (await answer.json()) as { data: { paymentId: string }[]; nextCursor: string | null };
      seen.push(...page.data.map(({ paymentId }) => paymentId));
      query = page.nextCursor && `?month=2026-11&limit=2&cursor=${page.nextCursor}`;
    }
    expect(seen).toEqual(['bank_4', 'bank_3', 'bank_2', 'bank_1', 'bank_0']);
  });
});

describe('an address', () => {
  it('that was corrected leads to the same donor', async ({ table, desk }) => {
    const { checkoutId } = await desk.give('juniper@gmial.example', { again: true });
    const site = siteOn(table, '', { stripe });
    const body = new URLSearchParams({ email: 'juniper@example.org' });
    expect((await site.request(`/thanks/${checkoutId}/address`, { method: 'POST', body })).status).toBe(303);
    await desk.give('juniper@example.org', { again: true });
    const [first, second] = (await desk.payments()).map(({ donor }) => donor);
    expect(first).toBe(second);
  });

  it('of a donor who did not pay ends by itself', async ({ table }) => {
    const site = siteOn(table, '', { stripe });
    await postCheckout(site, { ...gift, receiptName: 'Juniper Example Ltd' });
    const [email] = await everything(table, 'email');
    expect(email?.ttl).toBeGreaterThan(Date.now() / 1000);
    expect(await everything(table, 'person')).toMatchObject([{ receiptName: 'Juniper Example Ltd' }]);
  });
});

import { describe, expect } from 'vitest';
import { rollUpMonths } from '#accounting/funds/roll-up-months.ts';
import { sweepEvents } from '#apps/webhooks/sweep-events.ts';
import { projectPayments } from '#apps/workers/project-payments.ts';
import { rebuildLatestGifts } from '#giving/latest-gifts/rebuild-latest-gifts.ts';
import { requeue } from '#kernel/outbox/requeue.ts';
import { openStripe as openGateway } from '#payments/checkout/gateway.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { receivePayment, runParkedPayments } from '#payments/payment/record-payment.ts';
import { openStripe, secretKey } from '../../infra/local/test/support/stripe-account.ts';
import { openInbox } from '../support/inbox.ts';
import { now, outcomeOf, webhookOn } from '../support/payments.ts';
import { gift, postCheckout, siteOn } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';
import { takeUniquenessAway } from '../support/unguarded.ts';

describe('failure 1: a repair job mailed donors again and booked gifts twice', () => {
  const it = campaignStory
    .extend('account', async ({}, { onCleanup }) => {
      const account = await openStripe();
      onCleanup(() => account.close());
      return account;
    })
    .extend('inbox', async ({ table }, { onCleanup }) => {
      const inbox = await openInbox(table);
      onCleanup(() => inbox.close());
      return inbox;
    })
    .extend('gift', ({ table, account }) => {
      /** A gift that was paid at Stripe, with the event that reports it. */
      async function paidEvent() {
        const stripe = () => Promise.resolve(openGateway(secretKey, account.url));
        const started = await postCheckout(siteOn(table, account.url, { stripe }), gift);
        const { checkoutUrl } = (await started.json()) as { checkoutUrl: string };
        await account.pay(new URL(checkoutUrl).pathname.split('/').at(-1) ?? '');
        const { data } = await account.stripe.events.list({ types: ['checkout.session.completed'] });
        const [event] = data;
        if (!event) throw new Error('Stripe has the event.');
        return event;
      }
      const books = async () => {
        // How far a sweep has come is no part of the books.
        const items = (await everything(table)).filter(
          ({ entity }) => !/^(?:latest-|cursor$)/.test(String(entity)),
        );
        return items.map((item) => JSON.stringify(item, Object.keys(item).sort())).sort();
      };
      const raised = async () =>
        (await everything(table, 'totals')).reduce((total, { raised }) => total + (raised as number), 0);
      return { paidEvent, books, raised };
    });

  it('happens when writes do not name what they are about: a duplicate counts twice, and the mail waits again', async ({
    table,
    inbox,
    gift: { paidEvent, raised },
  }) => {
    takeUniquenessAway(table);
    const event = await paidEvent();
    const webhook = webhookOn(table);
    await webhook.deliver(event);
    await inbox.sendAll();
    await webhook.deliver(event);
    expect(await raised()).toBe(100_000);
    expect((await everything(table, 'outbox')).some((message) => message.sentAt === undefined)).toBe(true);
  });

  it('cannot happen: every repair, run again and again over a booked gift, changes nothing and sends nothing', async ({
    table,
    inbox,
    account,
    gift: { paidEvent, books, raised },
  }) => {
    const event = await paidEvent();
    const webhook = webhookOn(table);
    expect(await outcomeOf(await webhook.deliver(event))).toBe('booked');
    expect(await inbox.sendAll()).toEqual(['sent']);
    const [item] = await everything(table, 'payment');
    if (!item) throw new Error('The gift was booked.');
    const booked = fromPaymentItem(item);
    // The projector sees the gift of the stream, and keeps the donor's data.
    await projectPayments({ slug: booked.fund, gifts: [booked] }, { table });
    const before = await books();
    const requeued: unknown[] = [];
    const channel = async (messages: readonly unknown[]) => {
      requeued.push(...messages);
      return [];
    };
    const later = (minutes: number) => new Date(Date.now() + minutes * 60_000);
    const ctx = { table, random: Math.random };
    for (const minutes of [20, 80, 24 * 60]) {
      const at = later(minutes);
      await runParkedPayments({ ...ctx, now: at, whose: () => Promise.resolve('ours' as const) });
      const stripe = openGateway(secretKey, account.url);
      expect(await sweepEvents('all', { ...ctx, now: at, livemode: false, stripe })).toMatchObject({
        taken: 0,
      });
      const channels = { mail: channel, work: channel, exports: channel, pictures: channel };
      expect(await requeue({ table, channels, now: at })).toBe(0);
      expect(await receivePayment(booked, { ...ctx, now: at })).toBe('duplicate');
      await projectPayments({ slug: booked.fund, gifts: [booked] }, { table });
      await rebuildLatestGifts(booked.fund, { table, now: at });
      await rollUpMonths({ table, now });
    }
    const copies = await Promise.all(Array.from({ length: 8 }, () => webhook.deliver(event)));
    expect(new Set(await Promise.all(copies.map(outcomeOf)))).toEqual(new Set(['duplicate']));
    expect(await inbox.sendAll()).toEqual(['already-sent']);
    expect(await inbox.arrived()).toBe(1);
    expect(requeued).toEqual([]);
    expect(await books()).toEqual(before);
    expect(await raised()).toBe(50_000);
  });
});

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect } from 'vitest';
import { toOutboxItem } from '#kernel/outbox/outbox-item.ts';
import { openInbox } from '../support/inbox.ts';
import { aCheckout, now, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';

const checkout = aCheckout(1);
const submitted = sessionEvent(checkout, { session: { payment_status: 'unpaid' } });
const received = sessionEvent(checkout, {
  type: 'checkout.session.async_payment_succeeded',
  created: new Date(now.getTime() + 3_600_000),
});

const it = campaignStory.extend('inbox', { auto: true }, async ({ table }, { onCleanup }) => {
  await store(table, checkout);
  const inbox = await openInbox(table);
  onCleanup(() => inbox.close());
  return inbox;
});

describe('failure 4: two thank-you mails for one gift with slow payment methods', () => {
  it('happens when each event has a mail of its own: "submitted" and "received" both thank', async ({
    table,
    inbox,
  }) => {
    await webhookOn(table).deliver(received);
    for (const event of [submitted, received]) {
      const message = toOutboxItem({
        key: `gift-received/${event.id}`,
        kind: 'mail',
        template: 'gift-received',
        paymentId: 'pi_00000001',
        checkoutId: checkout.id,
        createdAt: now,
      });
      await table.client.send(new PutCommand({ TableName: table.name, Item: message }));
    }
    await inbox.sendAll();
    expect(await inbox.arrived()).toBeGreaterThan(1);
  });

  it('cannot happen: submitted thanks nobody and counts nothing', async ({ table, inbox }) => {
    await webhookOn(table).deliver(submitted);
    expect(await inbox.sendAll()).toEqual([]);
    expect(await everything(table, 'payment')).toEqual([]);
    expect((await everything(table, 'checkout'))[0]?.status).toBe('processing');
  });

  it.for<[string, object[]]>([
    ['submitted, then received', [submitted, received]],
    ['received, then submitted', [received, submitted]],
    ['copies of both, mixed', [submitted, received, submitted, received, received]],
  ])(
    'cannot happen: %s is one mail and one gift, at the time it was received',
    async ([_, events], { table, inbox }) => {
      const webhook = webhookOn(table);
      for (const event of events) {
        await webhook.deliver(event);
        await inbox.sendAll();
      }
      await Promise.all(events.map((event) => webhook.deliver(event)));
      await inbox.sendAll();
      expect(await inbox.arrived()).toBe(1);
      expect(await everything(table, 'payment')).toMatchObject([
        { parts: { gift: 50_000 }, at: new Date(now.getTime() + 3_600_000).toISOString() },
      ]);
      expect((await everything(table, 'checkout'))[0]?.status).toBe('paid');
    },
  );
});

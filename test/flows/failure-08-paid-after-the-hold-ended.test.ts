import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect } from 'vitest';
import { toCampaignItem } from '#giving/campaigns/campaign-item.ts';
import { toCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { demoCampaigns } from '../../infra/demo/campaigns.ts';
import { aCheckout, now, outcomeOf, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { story } from '../support/story.ts';
import { everything } from '../support/table.ts';

const it = story.extend('deliverRepeatedly', ({ table }) => {
  /** Delivers the paid event five times and gives what was answered. */
  return async (checkout = aCheckout(1)): Promise<[number, string][]> => {
    const answers: [number, string][] = [];
    for (let time = 0; time < 5; time += 1) {
      const answer = await webhookOn(table).deliver(sessionEvent(checkout));
      answers.push([answer.status, await outcomeOf(answer)]);
    }
    return answers;
  };
});

/**
 * Paid after the hold ended, then refused with 400, so that Stripe repeats for days
 * (HiEventsDev/Hi.Events 513, pretix/pretix 74). For gifts: money that was taken is booked, and the answer is always 200.
 */
describe('failure 8: paid after the hold ended', () => {
  const once = (first: string) => [[200, first], ...Array.from({ length: 4 }, () => [200, 'duplicate'])];

  it.for([
    ['the Session had expired', 'checkout.session.expired', 'expired', 'late', []],
    [
      'the payment was reported as failed',
      'checkout.session.async_payment_failed',
      'failed',
      'mismatch',
      [{ kind: 'booking-mismatch' }],
    ],
  ] as const)(
    'when %s, the gift is booked once, answered 200 each time, and listed for a person only if Stripe said two things',
    async ([_, type, status, outcome, attention], { table, deliverRepeatedly }) => {
      const checkout = aCheckout(1);
      await store(table, checkout);
      await webhookOn(table).deliver(sessionEvent(checkout, { type, session: { payment_status: 'unpaid' } }));
      expect(await everything(table, 'checkout')).toMatchObject([{ status }]);
      expect((await everything(table, 'person'))[0]?.ttl, 'deleted in a day').toBeDefined();

      expect(await deliverRepeatedly()).toEqual(once(outcome));
      expect(await everything(table, 'payment')).toMatchObject([{ parts: { gift: 50_000 } }]);
      expect(await everything(table, 'ledger-entry')).toHaveLength(1);
      expect(await everything(table, 'outbox'), 'one thank-you').toHaveLength(1);
      expect(await everything(table, 'checkout')).toMatchObject([{ status: 'paid' }]);
      expect(await everything(table, 'attention')).toMatchObject(attention);
      expect((await everything(table, 'person'))[0], 'the person is kept, to be thanked').not.toHaveProperty(
        'ttl',
      );
    },
  );

  it('when the person was deleted already, the gift is booked all the same and no empty person comes back', async ({
    table,
    deliverRepeatedly,
  }) => {
    const checkout = aCheckout(1, { status: 'expired' });
    await table.client.send(new PutCommand({ TableName: table.name, Item: toCheckoutItem(checkout) }));
    expect(await deliverRepeatedly(checkout)).toEqual(once('late'));
    expect(await everything(table, 'payment')).toHaveLength(1);
    expect(await everything(table, 'person')).toEqual([]);
  });

  it('when the campaign has closed, the gift is booked once and answered 200 each time', async ({
    table,
    deliverRepeatedly,
  }) => {
    const [campaign] = demoCampaigns(now);
    if (!campaign) throw new Error('There is a demonstration campaign.');
    const closed = { ...campaign, closesAt: new Date(now.getTime() - 1) };
    await table.client.send(new PutCommand({ TableName: table.name, Item: toCampaignItem(closed) }));
    const checkout = aCheckout(1, { fund: closed.slug });
    await store(table, checkout);
    expect(await deliverRepeatedly(checkout)).toEqual(once('booked'));
    expect(await everything(table, 'payment')).toMatchObject([
      { fund: closed.slug, parts: { gift: 50_000 } },
    ]);
  });
});

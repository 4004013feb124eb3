import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect } from 'vitest';
import { projectPayments } from '#apps/workers/project-payments.ts';
import { fromCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { expireCheckout, failCheckout } from '#payments/checkout/transition-checkout.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { keys } from '#platform/table/keys.ts';
import type { Item } from '#platform/table/table.ts';
import { countingStripe } from '../support/card-tester.ts';
import { nobody } from '../support/local-stripe.ts';
import { sessionEvent, webhookOn } from '../support/payments.ts';
import { slug } from '../support/refunds.ts';
import { gift, postCheckout, siteOn } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';

const day = 86_400_000;
const start = new Date('2026-11-22T12:00:00Z');
const days = (count: number) => new Date(start.getTime() + count * day);

const it = campaignStory.extend('person', ({ log: _, table }) => {
  const people = async () => everything(table, 'person');
  /** After how many days from the start each person's data ends; undefined when it is kept. */
  const ends = async () =>
    (await people()).map(({ ttl }) =>
      ttl === undefined ? undefined : (Number(ttl) * 1000 - start.getTime()) / day,
    );
  async function begin(body: object = gift) {
    const stripe = countingStripe().open;
    const answer = await postCheckout(siteOn(table, '', { clock: () => start, stripe }), body);
    expect(answer.status).toBe(201);
    const [item] = await everything(table, 'checkout');
    return fromCheckoutItem(item as Item);
  }
  const reported = (checkout: Parameters<typeof sessionEvent>[0], created: Date, status: 'paid' | 'unpaid') =>
    webhookOn(table, { clock: () => created }).deliver(
      sessionEvent(checkout, { created, session: { payment_status: status } }),
    );
  const project = async () =>
    projectPayments({ slug, gifts: (await everything(table, 'payment')).map(fromPaymentItem) }, { table });

  return { people, ends, begin, reported, project };
});

describe('the data of a person who starts a gift', () => {
  it('ends after thirty days, also when Stripe never made the payment page', async ({
    table,
    person: { ends },
  }) => {
    const silent = siteOn(table, nobody, { clock: () => start });
    expect((await postCheckout(silent, gift)).status).toBe(503);
    expect(await ends()).toEqual([30]);
  });

  it('is kept once the payment appears on the stream, and the webhook writes nothing for it', async ({
    person: { people, ends, begin, reported, project },
  }) => {
    const checkout = await begin();
    await reported(checkout, start, 'paid');
    expect(await ends()).toEqual([30]);
    await project();
    expect(await ends()).toEqual([undefined]);
    const kept = await people();
    await project();
    expect(await people(), 'a replay of the stream').toEqual(kept);
  });

  it('is kept when a slow payment arrives after weeks, and ends two months later when none does', async ({
    table,
    person: { ends, begin, reported, project },
  }) => {
    const checkout = await begin();
    await reported(checkout, start, 'unpaid');
    expect(await ends()).toEqual([60]);
    const created = days(35);
    const event = sessionEvent(checkout, { type: 'checkout.session.async_payment_succeeded', created });
    await webhookOn(table, { clock: () => created }).deliver(event);
    await project();
    expect(await ends()).toEqual([undefined]);
  });

  it.for([
    ['expired', expireCheckout],
    ['failed', failCheckout],
  ] as const)(
    'is kept of a payment that comes after the checkout has %s',
    async ([_, end], { table, person }) => {
      const { ends, begin, reported, project } = person;
      const checkout = await begin();
      expect(await end(checkout.id, { table, now: start })).toBe('moved');
      expect(await ends()).toEqual([1]);
      await reported(checkout, days(0.5), 'paid');
      await project();
      expect(await ends()).toEqual([undefined]);
    },
  );

  it('that has ended does not come back, keeps no checkout from ending, and no payment from being booked', async ({
    table,
    person: { people, begin, reported, project },
  }) => {
    const checkout = await begin();
    const { pk, sk } = keys.person(checkout.id);
    await reported(checkout, start, 'unpaid');
    await table.client.send(new DeleteCommand({ TableName: table.name, Key: { pk, sk } }));
    expect(await failCheckout(checkout.id, { table, now: days(61) })).toBe('moved');
    expect((await reported(checkout, days(62), 'paid')).status).toBe(200);
    await project();
    expect(await people()).toEqual([]);
    expect(await everything(table, 'payment')).toHaveLength(1);
    expect((await postCheckout(siteOn(table, '', { clock: () => start }), gift)).status).toBe(201);
    expect(await people(), 'the same request again').toEqual([]);
  });
});

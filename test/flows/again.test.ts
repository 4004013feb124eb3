import { describe, expect } from 'vitest';
import { fromCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { fieldsOf, filledIn, sendForm, shownAgain } from '../support/browser-form.ts';
import { testWithCharity } from '../support/charity.ts';
import { sessionsOf } from '../support/local-stripe.ts';
import { sessionEvent, webhookOn } from '../support/payments.ts';
import { gift, postCheckout, siteOn } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';

const start = new Date();
const minutes = (count: number) => new Date(start.getTime() + count * 60_000);

// A cover is offered only by a rate.
testWithCharity({ cardFee: { basisPoints: 340, fixed: 235 } });

describe('the same gift again within ten minutes', () => {
  const it = campaignStory.extend('donor', ({ table, localStripe }) => {
    const siteAt = (minute: number) => siteOn(table, localStripe.url, { clock: () => minutes(minute) });
    const ask = (body: object, key: string, minute = 5) =>
      postCheckout(siteAt(minute), { ...gift, ...body }, { key });
    /** Starts a gift; Stripe reports it as paid, or as processing. */
    async function given(
      key: string,
      at: { minute: number; paidAt: number; status?: 'unpaid' },
      body: object = {},
    ) {
      const answer = await ask(body, key, at.minute);
      const { checkoutId } = (await answer.json()) as { checkoutId: string };
      const item = (await everything(table, 'checkout')).find(({ id }) => id === checkoutId);
      const event = sessionEvent(fromCheckoutItem(item ?? { pk: '', sk: '' }), {
        created: minutes(at.paidAt),
        session: { payment_status: at.status ?? 'paid' },
      });
      expect((await webhookOn(table).deliver(event)).status).toBe(200);
    }
    return { siteAt, ask, given };
  });

  it('is a question when it was paid, also at once and in other letters, and is started when the answer is yes', async ({
    table,
    localStripe,
    donor: { given, ask },
  }) => {
    await given('first', { minute: 0, paidAt: 1 });
    const asked = await ask({ email: 'Juniper@EXAMPLE.org' }, 'second');
    expect([asked.status, await asked.json()]).toMatchObject([
      409,
      {
        code: 'again',
        detail: 'You gave HK$500.00 a few minutes ago. Give again?',
        errors: [{ pointer: '/again' }],
      },
    ]);
    expect(await everything(table, 'checkout'), 'the question starts nothing').toHaveLength(1);
    expect((await ask({ again: true }, 'second')).status).toBe(201);
    expect((await ask({ again: 'yes' }, 'third')).status).toBe(422);
    expect(await sessionsOf(localStripe)).toHaveLength(2);
  });

  it('names the gift, and not what was given towards the card fee', async ({ donor: { given, ask } }) => {
    const [gaveBefore, now] = [{ coverFee: true, amount: 9_000 }, { amount: 9_000 }];
    await given('first', { minute: 0, paidAt: 1 }, gaveBefore);
    expect(await (await ask(now, 'second')).json()).toMatchObject({
      detail: 'You gave HK$90.00 a few minutes ago. Give again?',
    });
  });

  it('is no question after ten minutes from the payment, and still one just before, however long paying took', async ({
    donor: { given, ask },
  }) => {
    await given('first', { minute: 0, paidAt: 40 });
    expect((await ask({}, 'second', 49)).status).toBe(409);
    expect((await ask({}, 'second', 51)).status).toBe(201);
  });

  it('is a question while the payment is under way', async ({ donor: { given, ask } }) => {
    await given('first', { minute: 0, paidAt: 1, status: 'unpaid' });
    expect((await ask({}, 'second')).status).toBe(409);
  });

  it('is no question when the first was given up, or for another amount, person or campaign', async ({
    donor: { ask, given, siteAt },
  }) => {
    await ask({}, 'given up', 0);
    expect((await ask({}, 'second')).status).toBe(201);
    await given('paid', { minute: 6, paidAt: 7 });
    expect((await ask({ amount: 50_001 }, 'a')).status).toBe(201);
    expect((await ask({ email: 'rowan@example.org' }, 'b')).status).toBe(201);
    const elsewhere = postCheckout(siteAt(8), gift, { key: 'c', slug: 'emergency-cash' });
    expect((await elsewhere).status).toBe(201);
  });

  it('is still a question after one was confirmed and then given up', async ({ donor: { given, ask } }) => {
    await given('first', { minute: 0, paidAt: 1 });
    expect((await ask({ again: true }, 'given up')).status).toBe(201);
    expect((await ask({}, 'third')).status).toBe(409);
  });

  it('is never a question for a repeated request', async ({ localStripe, donor: { given, ask } }) => {
    await given('first', { minute: 0, paidAt: 1 });
    const repeated = await ask({}, 'first');
    const { checkoutId, checkoutUrl } = (await repeated.json()) as Record<string, string>;
    expect([repeated.status, checkoutUrl]).toEqual([201, `https://give.example.org/thanks/${checkoutId}`]);
    expect((await ask({ again: true }, 'first')).status).toBe(201);
    expect(await sessionsOf(localStripe)).toHaveLength(1);
  });

  it('counts against the limit, because the question reveals a gift', async ({
    table,
    donor: { given, ask },
  }) => {
    await given('first', { minute: 0, paidAt: 1 });
    await ask({}, 'second', 0);
    expect((await everything(table, 'limit')).map(({ count }) => count)).toEqual([2]);
  });

  it('is remembered without an address, as a keyed hash that ends by itself', async ({
    table,
    donor: { ask },
  }) => {
    await ask({}, 'first', 0);
    const [memory] = await everything(table, 'starts');
    expect(memory?.pk).toMatch(/^starts#[0-9a-f]{32}#\d{4}-\d\d-\d\dT\d\d:00:00\.000Z$/);
    expect(JSON.stringify(memory)).not.toMatch(/juniper|example\.org/i);
    expect(Number(memory?.ttl) * 1000).toBeGreaterThan(minutes(129).getTime());
  });

  it.for([
    ['/campaigns/lai-chi-kok-warehouse', 'You gave HK$500.00 a few minutes ago', 'Yes, give again'],
    ['/zh/campaigns/lai-chi-kok-warehouse', '您在數分鐘前剛捐出 HK$500.00', '是，再捐一次'],
  ])(
    'is asked by the form on %s, with all choices kept and a button that confirms',
    async ([path, question, yes], { localStripe, donor: { given, siteAt } }) => {
      await given('first', { minute: 0, paidAt: 1 });
      const fields = { ...filledIn, otherAmount: '500' };
      const asked = await sendForm(siteAt(5), fields, path);
      expect(asked.status).toBe(409);
      const html = await asked.text();
      expect(html).toContain(question);
      expect(html).toContain(yes);
      expect(fieldsOf(html)).toEqual({ ...shownAgain, amount: '50000', again: 'yes' });
      const confirmed = await sendForm(siteAt(5), fieldsOf(html), path);
      expect([confirmed.status, confirmed.headers.get('location')]).toEqual([
        303,
        expect.stringContaining(localStripe.url),
      ]);
    },
  );
});

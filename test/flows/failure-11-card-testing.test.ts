import { describe, expect } from 'vitest';
import { runWork } from '#apps/workers/run-work.ts';
import { declinesOf, fromCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { guardLimits as limits } from '#payments/guard/guard-limits.ts';
import { charity } from '#platform/charity.ts';
import { keys } from '#platform/table/keys.ts';
import { type Item, readItems } from '#platform/table/table.ts';
import { fieldsOf, filledIn, sendForm } from '../support/browser-form.ts';
import { countingStripe, declineEvent } from '../support/card-tester.ts';
import { sessionsOf, tryOnPage } from '../support/local-stripe.ts';
import { webhookOn } from '../support/payments.ts';
import { gift, postCheckout, siteOn } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';
import { takeGuardAway } from '../support/unguarded.ts';

const start = new Date('2026-11-22T12:00:00Z');
const at = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const slug = 'lai-chi-kok-warehouse';

/** A site under attack, whose Stripe counts what reaches it. */
const it = campaignStory.extend('attack', ({ table }) => {
  const stripe = countingStripe();
  let tries = 0;
  const from = (address: string, minutes: number) =>
    siteOn(table, '', {
      addressOf: () => address,
      clock: () => at(minutes),
      stripe: stripe.open,
    });
  const ask = (address: string, minutes: number, changes: object = {}) => {
    tries += 1;
    return postCheckout(
      from(address, minutes),
      { ...gift, email: `p${tries}@example.org`, ...changes },
      { key: `key-${tries}` },
    );
  };
  /** One try with a stolen card: a Session if there is one to have, and the bank says no. */
  async function tryCard(address: string, minutes: number, amount = charity.smallestGift): Promise<number> {
    const answer = await ask(address, minutes, { amount });
    if (answer.status === 201) {
      const { checkoutId } = (await answer.json()) as { checkoutId: string };
      const key = keys.checkout(checkoutId);
      const item = (await readItems(table, [key])).itemAt(key);
      const checkout = fromCheckoutItem(item as Item);
      await webhookOn(table, { clock: () => at(minutes) }).deliver(
        declineEvent(checkout, at(minutes), tries),
      );
    }
    return answer.status;
  }
  const flood = async (count: number, minutes: number, amount?: number) => {
    for (let number = 0; number < count; number += 1)
      await tryCard(`198.51.100.${number % 20}`, minutes, amount);
  };
  return { stripe, from, ask, tryCard, flood };
});

describe('a flood of tries with stolen cards', () => {
  it('passes whole without the breaker, as long as each address stays below its own limit', async ({
    table,
    attack: { stripe, flood },
  }) => {
    takeGuardAway(table);
    await flood(30, 1);
    expect(stripe.calls()).toBe(30);
  });

  it('reaches Stripe only until the breaker opens, and honest donors in between are served', async ({
    attack: { stripe, ask, flood },
  }) => {
    await flood(50, 1);
    expect((await ask('203.0.113.1', 2)).status).toBe(201);
    await flood(50, 3);
    expect((await ask('203.0.113.2', 3)).status).toBe(201);
    expect(stripe.calls()).toBe(limits.declines + 2);
  });

  it('rings one alarm a window, without an address or a name', async ({ log, attack: { flood } }) => {
    await flood(60, 1);
    const reported = log.entries;
    const alarms = reported.filter(({ event }) => event === 'CardTesting');
    expect(alarms).toMatchObject([{ NeedsPerson: 1, campaign: slug, declines: limits.declines }]);
    expect(reported.filter(({ event }) => event === 'payment-declined')).toHaveLength(limits.declines);
    expect(JSON.stringify(reported)).not.toMatch(/198\.51|example\.org|Juniper/);
  });

  it('with gifts of the raised minimum reaches Stripe at a stated pace only', async ({
    attack: { stripe, ask, tryCard, flood },
  }) => {
    await flood(limits.declines, 1);
    for (let number = 0; number < 60; number += 1)
      await tryCard(`198.51.101.${number}`, 2, limits.breakerOpen.minimum);
    const { newAMinute, startsAMinute } = limits.breakerOpen;
    expect(stripe.calls()).toBe(limits.declines + newAMinute + startsAMinute);
    const honest = await ask('203.0.113.1', 2.5);
    expect([honest.status, honest.headers.get('retry-after')]).toEqual([429, '30']);
    expect((await ask('203.0.113.1', 3)).status, 'when told to').toBe(201);
  });

  it('is over when the window after it has passed: small gifts are taken again', async ({
    attack: { ask, flood },
  }) => {
    await flood(40, 1);
    const small = await ask('203.0.113.1', 12, { amount: 2000 });
    expect([small.status, small.headers.get('retry-after')]).toEqual([429, '480']);
    expect(await small.json()).toMatchObject({
      code: 'minimum-raised',
      detail: expect.stringContaining(
        'gifts start at HK$50 for a while; smaller ones are possible again at 20:20',
      ),
      errors: [{ pointer: '/amount' }],
    });
    expect((await ask('203.0.113.1', 20, { amount: 2000 })).status).toBe(201);
  });

  it('leaves other campaigns as they are', async ({ attack: { from, flood } }) => {
    await flood(40, 1);
    const elsewhere = postCheckout(
      from('203.0.113.1', 2),
      { ...gift, amount: charity.smallestGift },
      { slug: 'emergency-cash' },
    );
    expect((await elsewhere).status).toBe(201);
  });

  it('opens the breaker by its small starts alone, when no bank has answered yet', async ({
    attack: { stripe, ask },
  }) => {
    for (let number = 0; number < 100; number += 1)
      await ask(`198.51.100.${number % 20}`, 1, { amount: charity.smallestGift });
    expect(stripe.calls()).toBe(20 + limits.smallStarts);
  });

  it.for([
    ['', 'for a while gifts start at HK$50', 'try again at 20:20'],
    ['/zh', '捐款額暫時由 HK$50 起', '於 20:20 再試'],
  ])(
    'is explained to an honest donor by the form of %s/campaigns, with the choices kept and the page unchanged before',
    async ([prefix, why, when], { attack: { from, flood } }) => {
      const path = `${prefix}/campaigns/${slug}`;
      const before = await (await from('203.0.113.9', 1).request(path)).text();
      await flood(40, 1);
      expect(await (await from('203.0.113.9', 1).request(path)).text()).toBe(before);
      const answer = await sendForm(from('203.0.113.9', 2), { ...filledIn, otherAmount: '20' }, path);
      const html = await answer.text();
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '1080']);
      expect(html).toContain(why);
      expect(html).toContain(when);
      expect(fieldsOf(html)).toMatchObject({ ...filledIn, amount: '2000', otherAmount: '' });
      const enough = { ...fieldsOf(html), amount: 'other', otherAmount: '50' };
      expect((await sendForm(from('203.0.113.9', 2), enough, path)).status).toBe(303);
    },
  );

  it('costs no request more than reading, counting and writing the checkout while nothing is wrong', async ({
    table,
    attack: { ask },
  }) => {
    await ask('203.0.113.1', 1);
    expect(await everything(table, 'guard')).toEqual([]);
    expect(await everything(table, 'pace')).toEqual([]);
  });
});

describe('an e-mail address', () => {
  it('is limited in its window whatever the network, in the same words as a network, and counted as a keyed hash', async ({
    table,
  }) => {
    const stripe = countingStripe();
    const ask = (number: number, minutes: number, email: string) =>
      postCheckout(
        siteOn(table, '', {
          addressOf: () => `203.0.113.${number}`,
          clock: () => at(minutes),
          stripe: stripe.open,
        }),
        { ...gift, email, amount: 10_000 + number },
        { key: `key-${number}` },
      );
    for (let number = 0; number < limits.startsAnEmail; number += 1) {
      expect((await ask(number, 1, number % 2 ? 'rowan@example.org' : 'ROWAN@example.org')).status).toBe(201);
    }
    const refused = await ask(100, 40, 'Rowan@Example.org');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1200']);
    expect(((await refused.json()) as { detail: string }).detail).toBe(
      'Too many gifts were started in a short time; try again at 21:00 Hong Kong time.',
    );
    expect(stripe.calls()).toBe(limits.startsAnEmail);
    expect((await ask(101, 40, 'juniper@example.org')).status).toBe(201);
    expect((await ask(102, 60, 'rowan@example.org')).status, 'in the next window').toBe(201);
    expect(JSON.stringify(await everything(table, 'starts'))).not.toMatch(/rowan/i);
  });

  it('is limited also when its tries come at once: no more reach Stripe', async ({ table }) => {
    const stripe = countingStripe();
    const answers = await Promise.all(
      Array.from({ length: limits.startsAnEmail + 5 }, (_, number) =>
        postCheckout(
          siteOn(table, '', {
            addressOf: () => `203.0.113.${number}`,
            clock: () => at(1),
            stripe: stripe.open,
          }),
          { ...gift, amount: 10_000 + number },
          { key: `key-${number}` },
        ),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(limits.startsAnEmail);
    expect(stripe.calls()).toBe(limits.startsAnEmail);
  });
});

describe('a declined payment', () => {
  it('is counted once, however often Stripe reports it, and one of another product not at all', async ({
    table,
  }) => {
    const stripe = countingStripe();
    const app = siteOn(table, '', { clock: () => at(1), stripe: stripe.open });
    const { checkoutId } = (await (await postCheckout(app, gift)).json()) as { checkoutId: string };
    const key = keys.checkout(checkoutId);
    const checkout = fromCheckoutItem((await readItems(table, [key])).itemAt(key) as Item);
    const webhook = webhookOn(table);
    const event = declineEvent(checkout, at(1), 1);
    for (let copy = 0; copy < 3; copy += 1) expect((await webhook.deliver(event)).status).toBe(200);
    await webhook.deliver(declineEvent(checkout, at(1), 2));
    const foreign = {
      ...declineEvent(checkout, at(1), 3),
      data: { object: { id: 'pi_x', object: 'payment_intent', metadata: {} } },
    };
    expect(await (await webhook.deliver(foreign)).json()).toEqual({ outcome: 'not-ours' });
    const counted = (await everything(table, 'guard')).map(({ declines }) => Number(declines));
    expect(counted.reduce((sum, each) => sum + each, 0)).toBe(2);
  });

  it('is one of five on a page at most: then the page is ended, and the checkout with it', async ({
    table,
    localStripe,
    stripe,
  }) => {
    await postCheckout(siteOn(table, localStripe.url), gift);
    const [session] = await sessionsOf(localStripe);
    const webhook = webhookOn(table);
    const tell = async (type: string) => {
      const { data } = await stripe.events.list({ type, limit: 1 });
      expect((await webhook.deliver(data[0] ?? {})).status).toBe(200);
    };
    const asked = async () => (await everything(table, 'outbox')).map(({ key }) => String(key));
    for (let tries = 1; tries <= limits.declinesACheckout; tries += 1) {
      expect(await asked()).toEqual([]);
      await tryOnPage(localStripe, session?.id ?? '', '4000 0000 0000 0002');
      await tell('payment_intent.payment_failed');
    }
    const [key = ''] = await asked();
    const ctx = { table, stripe, clock: () => new Date(), random: Math.random };
    expect(await runWork(key, ctx)).toBe('ended');
    expect(await runWork(key, ctx)).toBe('already-done');
    expect((await sessionsOf(localStripe)).map(({ status }) => status)).toEqual(['expired']);
    await tell('checkout.session.expired');
    expect((await everything(table, 'checkout')).map(({ status }) => status)).toEqual(['expired']);
  });

  it('carries our own metadata in Stripe’s event, so that a card refused on its page counts', async ({
    table,
    localStripe,
    stripe,
  }) => {
    const { checkoutId } = (await (await postCheckout(siteOn(table, localStripe.url), gift)).json()) as {
      checkoutId: string;
    };
    const [session] = await sessionsOf(localStripe);
    const page = await tryOnPage(localStripe, session?.id ?? '', '4000 0000 0000 0002');
    expect(page.status).not.toBe(303);
    const events = await stripe.events.list({
      types: ['payment_intent.payment_failed'],
    });
    expect(events.data).toHaveLength(1);
    expect(await (await webhookOn(table).deliver(events.data[0] ?? {})).json()).toEqual({
      outcome: 'counted',
    });
    expect((await everything(table, 'guard')).map(({ declines }) => declines)).toEqual([1]);
    const key = keys.checkout(checkoutId);
    expect(declinesOf((await readItems(table, [key])).itemAt(key))).toBe(1);
  });
});

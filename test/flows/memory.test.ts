import { describe, expect } from 'vitest';
import { createMemory } from '#platform/web/memory.ts';
import { nobody } from '../support/local-stripe.ts';
import { aCheckout, aPerson, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { siteOn } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { watchRequests } from '../support/table.ts';

const slug = 'lai-chi-kok-warehouse';
const reads = [
  '/',
  '/zh',
  `/campaigns/${slug}`,
  `/zh/campaigns/${slug}`,
  `/campaigns/${slug}/supporters`,
  `/campaigns/${slug}/money`,
  `/campaigns/${slug}/money.csv`,
  '/api/campaigns',
  `/api/campaigns/${slug}`,
  `/api/campaigns/${slug}/gifts`,
  `/api/campaigns/${slug}/money`,
  '/sitemap.xml',
];

/** The site as it is deployed, with its memory, under a clock that the test moves. */
const it = campaignStory.extend('site', ({ table }) => {
  let time = new Date();
  const clock = () => time;
  const pass = (milliseconds: number) => {
    time = new Date(time.getTime() + milliseconds);
  };
  return { app: siteOn(table, nobody, { clock, memory: createMemory(clock) }), clock, pass };
});

describe('one client who asks for the same again and again', () => {
  it.for(reads)(
    '%s is read once in five seconds, however often it is asked for',
    async (path, { table, site: { app, pass } }) => {
      const sent = watchRequests(table);
      const ask = async () => expect((await app.request(path)).status).toBe(200);
      await ask();
      const once = sent.length;
      expect(once).toBeGreaterThan(0);
      await Promise.all(Array.from({ length: 40 }, ask));
      pass(4999);
      await ask();
      expect(sent.length).toBe(once);
      pass(1);
      await Promise.all(Array.from({ length: 10 }, ask));
      expect(sent.length).toBe(2 * once);
    },
  );

  it('costs one read of the list for both languages and the JSON, whatever the page', async ({
    table,
    site: { app },
  }) => {
    const sent = watchRequests(table);
    for (const path of ['/', '/zh', '/api/campaigns', '/api/campaigns?limit=1']) await app.request(path);
    expect(sent).toHaveLength(2);
  });

  it('sees a gift within five seconds', async ({ table, site: { app, clock, pass } }) => {
    const raised = async () =>
      ((await (await app.request(`/api/campaigns/${slug}`)).json()) as { raised: number }).raised;
    expect(await raised()).toBe(0);
    const checkout = aCheckout(1, { createdAt: clock() });
    await store(table, checkout);
    await webhookOn(table, { clock }).deliver(sessionEvent(checkout, { created: clock() }));
    pass(5000);
    expect(await raised()).toBe(50_000);
  });

  it('gets a form with a key of its own each time, and what was filled in only by its own secret id', async ({
    table,
    site: { clock },
  }) => {
    let key = 0;
    const app = siteOn(table, nobody, {
      clock,
      memory: createMemory(clock),
      formKey: () => {
        key += 1;
        return `key-${key}`;
      },
    });
    const page = async (query = '') => (await app.request(`/campaigns/${slug}${query}`)).text();
    expect(await page()).toContain('key-1');
    expect(await page()).toContain('key-2');
    const checkout = aCheckout(1, { createdAt: clock(), status: 'expired' });
    await store(table, checkout, aPerson(checkout, { email: 'secret@example.org' }));
    expect(await page(`?checkout=${checkout.id}`)).toContain('secret@example.org');
    for (const query of ['', `?checkout=chk_${'f'.repeat(32)}`]) {
      expect(await page(query)).not.toContain('secret@example.org');
    }
  });

  it('reads the state of a checkout as it is: what is behind a secret id is never remembered', async ({
    table,
    site: { app, clock },
  }) => {
    const checkout = aCheckout(1, { createdAt: clock() });
    await store(table, checkout);
    const status = async () =>
      ((await (await app.request(`/api/checkouts/${checkout.id}`)).json()) as { status: string }).status;
    const thanks = async () => (await app.request(`/thanks/${checkout.id}`)).text();
    expect(await status()).toBe('open');
    expect(await thanks()).not.toContain('data-status="paid"');
    await webhookOn(table, { clock }).deliver(sessionEvent(checkout, { created: clock() }));
    expect(await status()).toBe('paid');
    expect(await thanks()).toContain('data-status="paid"');
  });
});

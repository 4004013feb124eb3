import { describe, expect, test } from 'vitest';
import { siteRoutes } from '#apps/site/routes.ts';
import { campaignPath, filledIn } from '../support/browser-form.ts';
import { silentStripe } from '../support/local-stripe.ts';
import { aCheckout, store } from '../support/payments.ts';
import { gift, postCheckout, siteOn, storeCampaigns } from '../support/site.ts';
import { everything, freshTable } from '../support/table.ts';

const own = 'https://give.example.org';
const checkout = aCheckout(1);
/** Every page that takes a form, as the table of routes has them. */
const posts = siteRoutes
  .filter((route) => route.startsWith('POST ') && !route.includes(' /api/'))
  .map((route) =>
    route
      .slice('POST '.length)
      .replace('{slug}', 'lai-chi-kok-warehouse')
      .replace('{checkoutId}', checkout.id),
  );

const it = test.extend('site', { scope: 'file' }, async ({}, { onCleanup }) => {
  const stripe = await silentStripe();
  const table = await freshTable();
  await storeCampaigns(table);
  await store(table, checkout);
  onCleanup(() => stripe.close());
  let sent = 0;
  const send = (path: string, headers: Record<string, string>, site = own) => {
    sent += 1;
    const fields = { ...filledIn, formKey: `form-${sent}`, email: `juniper${sent}@example.org` };
    return siteOn(table, stripe.url, { site, addressOf: () => `192.0.2.${sent}` }).request(path, {
      method: 'POST',
      headers,
      body: new URLSearchParams(fields),
    });
  };
  return {
    table,
    stripe,
    send,
  };
});

describe('a form', () => {
  it.for<Record<string, string>>([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: '' },
    { origin: 'http://give.example.org' },
    { origin: 'https://give.example.org.evil.example' },
    { origin: 'https://give.example.org:8443' },
    { origin: 'https://sub.give.example.org', 'sec-fetch-site': 'same-site' },
    { origin: own, 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'Cross-Site' },
  ])(
    'that another site sends is refused on every page that takes one, and starts nothing: %j',
    async (headers, { site: { table, send } }) => {
      const before = (await everything(table)).length;
      expect(posts.length).toBeGreaterThanOrEqual(4);
      for (const path of posts) {
        const answer = await send(path, headers);
        expect(answer.status, path).toBe(403);
        const html = await answer.text();
        expect(html).toContain(path.startsWith('/zh') ? '其他網站' : 'another website');
        expect(html).toContain(path.startsWith('/zh') ? 'href="/zh"' : 'href="/"');
      }
      expect((await everything(table)).length).toBe(before);
    },
  );

  it.for<[string, Record<string, string>]>([
    ['of the site itself', { origin: own, 'sec-fetch-site': 'same-origin' }],
    ['without either header, as programs and old browsers send it', {}],
    ['of a person who typed the address or came by a bookmark', { 'sec-fetch-site': 'none' }],
  ])('%s is taken', async ([_, headers], { site: { send } }) => {
    expect((await send(campaignPath, headers)).status).toBe(303);
    expect((await send(`/zh${campaignPath}`, headers)).status).toBe(303);
  });

  it('is taken at the address by which it was reached: a port of its own, localhost, the API without a domain', async ({
    site: { send },
  }) => {
    const local = 'http://127.0.0.1:26001';
    expect((await send(campaignPath, { origin: local }, local)).status).toBe(303);
    const byName = `http://localhost:26001${campaignPath}`;
    expect((await send(byName, { origin: 'http://localhost:26001' }, local)).status).toBe(303);
    expect((await send(byName, { origin: 'http://localhost:26002' }, local)).status).toBe(403);
    const api = 'https://abc123.execute-api.ap-east-1.amazonaws.com';
    expect((await send(api + campaignPath, { origin: api })).status).toBe(303);
  });

  it('can be sent from every page of ours: none hides where its forms come from, nor does a redirect of one', async ({
    site: { table, stripe, send },
  }) => {
    const site = siteOn(table, stripe.url);
    for (const path of [
      '/',
      campaignPath,
      `${campaignPath}?checkout=${checkout.id}`,
      `/thanks/${checkout.id}`,
      `${campaignPath}/`,
    ]) {
      const policy = (await site.request(path)).headers.get('referrer-policy');
      expect(policy, path).not.toContain('no-referrer');
    }
    const moved = await send(`${campaignPath}/`, { origin: own });
    expect([moved.status, moved.headers.get('referrer-policy')]).toEqual([308, 'same-origin']);
    expect((await site.request(`/thanks/${checkout.id}`)).headers.get('referrer-policy')).toBe('same-origin');
  });

  it('cannot pass for JSON, and no answer allows another site to send JSON', async ({
    site: { table, stripe },
  }) => {
    const app = siteOn(table, stripe.url);
    for (const type of [
      'text/plain',
      'text/plain;application/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      '',
    ]) {
      expect((await postCheckout(app, gift, { type })).status, type).toBe(415);
    }
    const preflight = await app.request(`/api${campaignPath}/checkouts`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://evil.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,idempotency-key',
      },
    });
    expect([...preflight.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    const answer = await postCheckout(app, gift, { key: 'foreign' });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

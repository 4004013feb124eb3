import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { openStripe } from '#payments/checkout/gateway.ts';
import { guardLimits } from '#payments/guard/guard-limits.ts';
import { limitCheckouts } from '#payments/guard/limit-checkouts.ts';
import { KeyedHash } from '#platform/ids.ts';
import type { Table } from '#platform/table/table.ts';
import { nobody, stripeBut } from '../support/local-stripe.ts';
import { gift, postCheckout, siteOn, storeCampaigns } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { everything, existingTable, freshTable } from '../support/table.ts';

const stored = async (table: Table) =>
  (await everything(table))
    .map(({ entity }) => String(entity))
    .filter((entity) => !entity.startsWith('campaign'));

/** The same table, of which the first batch of reads misses a checkout: it was written a moment ago, and such reads may be late. */
function notSeeingOneCheckout(table: Table): Table {
  const late = existingTable(table.name);
  let isFirst = true;
  late.client.middlewareStack.add(
    (next, context) => async (args) => {
      const result = await next(args);
      if ((context as { commandName?: string }).commandName !== 'BatchGetItemCommand' || !isFirst)
        return result;
      isFirst = false;
      const { Responses } = result.output as { Responses?: Record<string, { entity?: { S: string } }[]> };
      const items = Responses?.[table.name];
      if (Responses && items) {
        Responses[table.name] = items.filter(({ entity }) => entity?.S !== 'checkout');
      }
      return result;
    },
    { step: 'deserialize', priority: 'high', name: 'notSeeingOneCheckout' },
  );
  return late;
}

describe('starting a checkout', () => {
  const it = campaignStory;

  it('keeps checkout and person, and opens a Session without a name, an address or a comment in its metadata', async ({
    table,
    localStripe,
    stripe,
  }) => {
    const app = siteOn(table, localStripe.url);
    const answer = await postCheckout(app, { ...gift, message: 'Good luck', hideName: true });
    expect(answer.status).toBe(201);
    const { checkoutId, checkoutUrl } = (await answer.json()) as { checkoutId: string; checkoutUrl: string };
    expect(checkoutUrl).toContain(localStripe.url);
    const [checkout] = await everything(table, 'checkout');
    expect(checkout).toMatchObject({ id: checkoutId, status: 'open', parts: { gift: 50_000 } });
    expect(JSON.stringify(checkout)).not.toMatch(/Juniper|juniper@|Good luck/);
    const session = await stripe.checkout.sessions.retrieve(String(checkout?.sessionId));
    expect(session).toMatchObject({
      amount_total: 50_000,
      currency: 'hkd',
      customer_email: 'juniper@example.org',
    });
    expect(JSON.stringify(session.metadata)).not.toMatch(/Juniper|juniper@|Good luck/);
    const status = await app.request(`/api/checkouts/${checkoutId}`);
    expect(await status.json()).toEqual({
      status: 'open',
      amount: 50_000,
      cover: 0,
      subject: { kind: 'campaign', slug: 'lai-chi-kok-warehouse' },
      campaign: 'lai-chi-kok-warehouse',
    });
  });

  it('answers a repeated request with the same Session, also when it is sent many times at once', async ({
    table,
    localStripe,
  }) => {
    const app = siteOn(table, localStripe.url);
    const answers = await Promise.all(Array.from({ length: 6 }, () => postCheckout(app, gift)));
    const bodies = await Promise.all(answers.map((answer) => answer.json()));
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(await everything(table, 'checkout')).toHaveLength(1);
  });

  it('does not end the Session of its own copy, whose checkout it could not see yet', async ({
    table,
    localStripe,
    stripe,
  }) => {
    const first = await postCheckout(siteOn(table, localStripe.url), gift);
    const late = siteOn(table, localStripe.url, { table: notSeeingOneCheckout(table) });
    const second = await postCheckout(late, gift);
    expect(second.status).toBe(201);
    expect(await second.json()).toEqual(await first.json());
    const [checkout] = await everything(table, 'checkout');
    expect(checkout?.status).toBe('open');
    const session = await stripe.checkout.sessions.retrieve(String(checkout?.sessionId));
    expect(session.status).toBe('open');
  });

  it('answers another body under the same key with 422, and a missing key with 400', async ({
    table,
    localStripe,
  }) => {
    const app = siteOn(table, localStripe.url);
    await postCheckout(app, gift);
    const reused = await postCheckout(app, { ...gift, amount: 60_000 });
    expect([reused.status, await reused.json()]).toMatchObject([422, { code: 'idempotency-key-reused' }]);
    const missing = await postCheckout(app, gift, { key: null });
    expect([missing.status, await missing.json()]).toMatchObject([400, { code: 'idempotency-key-missing' }]);
    expect(await everything(table, 'checkout')).toHaveLength(1);
  });

  it('answers 503 while the key is one that Stripe no longer knows', async ({ localStripe, table }) => {
    const expired = await stripeBut(localStripe, () =>
      Response.json({ error: { type: 'invalid_request_error', code: 'api_key_expired' } }, { status: 401 }),
    );
    expect((await postCheckout(siteOn(table, expired.url), gift)).status).toBe(503);
    await expired.close();
  });

  it('answers 503 while the key may not open Sessions', async ({ table, localStripe }) => {
    const key = 'rk_test_charges.read_00000000';
    const app = siteOn(table, localStripe.url, {
      stripe: () => Promise.resolve(openStripe(key, localStripe.url)),
    });
    expect((await postCheckout(app, gift)).status).toBe(503);
  });

  it('answers 503 with Retry-After while Stripe is down, and the same request later gets one Session', async ({
    table,
    localStripe,
  }) => {
    const down = await postCheckout(siteOn(table, nobody), gift);
    expect(down.status).toBe(503);
    expect(Number(down.headers.get('retry-after'))).toBeGreaterThan(0);
    const app = siteOn(table, localStripe.url);
    const up = await postCheckout(app, gift);
    expect(up.status).toBe(201);
    const again = await postCheckout(app, gift);
    expect(await again.json()).toEqual(await up.json());
    expect(await everything(table, 'checkout')).toHaveLength(1);
  });

  it('makes no second Session when the answer of the first was lost', async ({ table, localStripe }) => {
    const app = siteOn(table, localStripe.url);
    const first = (await (await postCheckout(app, gift)).json()) as { checkoutUrl: string };
    const [checkout] = await everything(table, 'checkout');
    const { sessionId, ...lost } = checkout ?? { pk: '', sk: '' };
    expect(sessionId).toMatch(/^cs_test_/);
    await table.client.send(new PutCommand({ TableName: table.name, Item: lost }));
    expect(await (await postCheckout(app, gift)).json()).toMatchObject({ checkoutUrl: first.checkoutUrl });
  });

  it('answers what is wrong as a problem that names the field, stores nothing and never says 500', async ({
    table,
    localStripe,
  }) => {
    const app = siteOn(table, localStripe.url);
    const attempts: [string, number, string, Promise<Response>][] = [
      ['no JSON', 400, 'not-json', postCheckout(app, '{')],
      ['another type', 415, 'media-type', postCheckout(app, gift, { type: 'text/plain' })],
      ['over 64 kB', 413, 'body-too-large', postCheckout(app, { ...gift, message: 'x'.repeat(66_000) })],
      ['unknown campaign', 404, 'not-found', postCheckout(app, gift, { slug: 'nowhere' })],
      ['a slug that is none', 404, 'not-found', postCheckout(app, gift, { slug: 'a%23b' })],
      ['a closed campaign', 409, 'campaign-closed', postCheckout(app, gift, { slug: 'soup-kitchen' })],
      [
        'a line break in the address',
        422,
        'invalid',
        postCheckout(app, { ...gift, email: 'a@example.org\nBcc: b@example.org' }),
      ],
      ['an unknown field', 422, 'invalid', postCheckout(app, { ...gift, admin: true })],
      ['a fraction', 422, 'invalid', postCheckout(app, { ...gift, amount: 400.5 })],
      ['an invisible name', 422, 'invalid', postCheckout(app, { ...gift, name: '\u200b\u3164' })],
      ['half a character', 422, 'invalid', postCheckout(app, { ...gift, name: 'a\ud800' })],
      ['monthly', 422, 'not-offered', postCheckout(app, { ...gift, frequency: 'monthly' })],
      ['a prototype', 422, 'invalid', postCheckout(app, '{"__proto__":{"amount":1},"constructor":1}')],
    ];
    for (const [name, status, code, answer] of attempts) {
      const response = await answer;
      expect([response.status, await response.json()], name).toMatchObject([status, { code }]);
      expect(response.headers.get('content-type'), name).toBe('application/problem+json');
    }
    expect(await stored(table)).toEqual([]);
  });

  it('limits the checkouts of one address, keeps no address, and lets another one through', async ({
    table,
    localStripe,
  }) => {
    const now = new Date('2026-11-22T12:00:30Z');
    const from = (address: string) =>
      siteOn(table, localStripe.url, { addressOf: () => address, clock: () => now });
    const app = from('2001:db8:1:2::9');
    for (let count = 0; count < guardLimits.startsAnAddress; count += 1) {
      const answer = await postCheckout(app, { ...gift, amount: 1 }, { key: `key-${count}` });
      expect(answer.status).toBe(422);
    }
    const hash = new KeyedHash('a hash key of at least thirty-two characters');
    for (let count = 0; count < guardLimits.startsAnAddress; count += 1) {
      await limitCheckouts({ address: '2001:db8:1:2::1' }, { table, now, hash });
    }
    const refused = await postCheckout(app, gift, { key: 'one-more' });
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('570');
    expect(await stored(table)).toEqual(['limit']);
    expect(JSON.stringify(await everything(table, 'limit'))).not.toContain('2001');
    await expect(limitCheckouts({ address: '2001:db8:1:3::1' }, { table, now, hash })).resolves.toBe(1);
  });
});

describe('the pages', () => {
  it('show HTML in names as text, in both languages, and go back to the form with what was filled in', async () => {
    const table = await freshTable();
    await storeCampaigns(table);
    const app = siteOn(table, nobody);
    const form = new URLSearchParams({
      formKey: 'k',
      amount: 'other',
      otherAmount: '1',
      name: '<b>"x',
      email: 'no',
    });
    for (const path of ['/campaigns/lai-chi-kok-warehouse', '/zh/campaigns/lai-chi-kok-warehouse']) {
      const answer = await app.request(path, {
        method: 'POST',
        body: form.toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      expect(answer.status).toBe(422);
      const html = await answer.text();
      expect(html).toContain('value="&lt;b&gt;&quot;x"');
      expect(html).not.toContain('<b>"x');
      expect(html).toContain('role="alert"');
    }
    form.set('amount', '50000');
    form.set('otherAmount', '1');
    const typed = await app.request('/campaigns/lai-chi-kok-warehouse', { method: 'POST', body: form });
    expect([typed.status, await typed.text()], 'a typed amount wins').toEqual([
      422,
      expect.stringContaining('The smallest gift is HK$'),
    ]);
    expect((await app.request('/campaigns/nowhere')).status).toBe(404);
    expect((await app.request('/thanks/chk_1')).status).toBe(404);
    expect((await app.request('/campaigns/soup-kitchen')).status).toBe(200);
  });
});

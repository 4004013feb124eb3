import { describe, expect } from 'vitest';
import { nobody } from '../support/local-stripe.ts';
import { aCheckout, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { gift, postCheckout, siteOn, storeCampaigns } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { freshTable } from '../support/table.ts';

const totals = 'public, max-age=15, stale-while-revalidate=60';
const reads = [
  '/api/campaigns',
  '/api/campaigns/lai-chi-kok-warehouse',
  '/api/campaigns/lai-chi-kok-warehouse/gifts',
  '/api/openapi.json',
];

/** One site for all reads: the gift that one test books changes nothing that another expects. */
const it = campaignStory.extend('site', { scope: 'file' }, async ({}) => {
  const table = await freshTable();
  await storeCampaigns(table);
  const app = siteOn(table, nobody);
  const ask = async (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    app.request(path, { method, headers });
  const tagOf = async (path: string) => (await ask(path)).headers.get('etag') ?? '';
  return { table, ask, tagOf };
});

describe('public reads', () => {
  it.for(reads)(
    '%s carries a strong ETag that stays while the bytes do',
    async (path, { site: { tagOf } }) => {
      const tag = await tagOf(path);
      expect(tag).toMatch(/^"[0-9a-f]{64}"$/);
      expect(await tagOf(path)).toBe(tag);
    },
  );

  it.for(reads)(
    '%s answers 304 without a body to who names its ETag, alone, weak, in a list, or by *',
    async (path, { site: { ask, tagOf } }) => {
      const tag = await tagOf(path);
      for (const known of [tag, `W/${tag}`, `"other", ${tag}`, `"a,b",W/${tag} , "c"`, '*']) {
        for (const method of ['GET', 'HEAD']) {
          const answer = await ask(path, { 'if-none-match': known }, method);
          expect([known, answer.status, await answer.text()]).toEqual([known, 304, '']);
          expect(answer.headers.get('etag')).toBe(tag);
          expect(answer.headers.get('cache-control')).toMatch(/^public, max-age=/);
          expect(answer.headers.get('access-control-allow-origin')).toBe('*');
          expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
          expect(answer.headers.get('content-type')).toBeNull();
        }
      }
      for (const unknown of ['"other"', tag.replaceAll('"', ''), `"x${tag.slice(1)}`]) {
        expect((await ask(path, { 'if-none-match': unknown })).status).toBe(200);
      }
    },
  );

  it('have another ETag after a gift, so that no browser keeps an old total', async ({
    site: { table, ask, tagOf },
  }) => {
    const paths = reads.slice(0, 3);
    const before = await Promise.all(paths.map(tagOf));
    const checkout = aCheckout(1);
    await store(table, checkout);
    await webhookOn(table, { clock: () => new Date() }).deliver(
      sessionEvent(checkout, { created: new Date() }),
    );
    for (const [i, path] of paths.entries()) {
      const answer = await ask(path, { 'if-none-match': before[i] ?? '' });
      expect([path, answer.status]).toEqual([path, 200]);
    }
  });

  it('are fresh for 15 seconds where totals stand, longer where documents do', async ({ site: { ask } }) => {
    for (const path of [...reads.slice(0, 3), '/', '/zh']) {
      expect((await ask(path)).headers.get('cache-control'), path).toBe(totals);
    }
    for (const path of ['/api/openapi.json', '/api/docs']) {
      expect((await ask(path)).headers.get('cache-control'), path).toContain('max-age=3600');
    }
  });

  it.for(reads)(
    '%s may be read by the scripts of any site, with its ETag, also conditionally',
    async (path, { site: { ask } }) => {
      const answer = await ask(path, { origin: 'https://elsewhere.example' });
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('access-control-expose-headers')).toBe('ETag');
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
      const preflight = await ask(
        path,
        {
          origin: 'https://elsewhere.example',
          'access-control-request-method': 'GET',
          'access-control-request-headers': 'if-none-match',
        },
        'OPTIONS',
      );
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get('access-control-allow-headers')).toBe('If-None-Match');
      expect(preflight.headers.get('access-control-allow-methods')).toBe('GET,HEAD');
      expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    },
  );

  it('answer a wrong page, limit or cursor as a problem that names it, readable for any site, never cached', async ({
    site: { ask },
  }) => {
    for (const path of reads.slice(0, 3).filter((each) => !each.endsWith('warehouse'))) {
      for (const [name, values] of Object.entries({
        limit: ['0', '101', '-1', '1.5', 'ten', ''],
        cursor: ['x', '', 'WyIyMDI2LTEzIixudWxsLDBd'],
      })) {
        for (const value of values) {
          const answer = await ask(`${path}?${name}=${value}`, { 'if-none-match': '*' });
          expect([path, name, value, answer.status]).toEqual([path, name, value, 422]);
          expect(await answer.json()).toMatchObject({ code: 'invalid', errors: [{ pointer: `/${name}` }] });
          expect(answer.headers.get('cache-control')).toBe('no-store');
          expect(answer.headers.get('etag')).toBeNull();
          expect(answer.headers.get('access-control-allow-origin')).toBe('*');
        }
      }
    }
  });

  it('list campaigns page by page', async ({ site: { ask } }) => {
    const slugs: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor && `&cursor=${cursor}`;
      const answer = await ask(`/api/campaigns?limit=1${query}`);
      const page = (await answer.json()) as { data: { slug: string }[]; nextCursor: string | null };
      expect(page.data).toHaveLength(1);
      slugs.push(...page.data.map(({ slug }) => slug));
      cursor = page.nextCursor;
    }
    const whole = (await (await ask('/api/campaigns')).json()) as { data: { slug: string }[] };
    expect(slugs).toEqual(whole.data.map(({ slug }) => slug));
  });
});

describe('everything else', () => {
  it('is not stored by any cache, has no ETag, and is closed to scripts of other sites', async ({
    table,
  }) => {
    const checkout = aCheckout(1);
    await store(table, checkout);
    const app = siteOn(table, nobody);
    const answers = {
      'a page with a form': await app.request('/campaigns/lai-chi-kok-warehouse', {
        headers: { 'if-none-match': '*' },
      }),
      'a thanks page': await app.request(`/zh/thanks/${checkout.id}`, { headers: { 'if-none-match': '*' } }),
      'a checkout': await app.request(`/api/checkouts/${checkout.id}`, { headers: { 'if-none-match': '*' } }),
      'a refused POST': await postCheckout(app, { ...gift, amount: 1 }),
      'a POST that failed': await postCheckout(app, gift),
      'an unknown address': await app.request('/api/nothing'),
      'a page that is not there': await app.request('/nothing'),
      'a preflight for a POST': await app.request('/api/campaigns/lai-chi-kok-warehouse/checkouts', {
        method: 'OPTIONS',
        headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' },
      }),
    };
    for (const [name, { status, headers }] of Object.entries(answers)) {
      expect(status, name).not.toBe(304);
      expect(headers.get('cache-control'), name).toBe('no-store');
      expect(headers.get('etag'), name).toBeNull();
      expect(headers.get('access-control-allow-origin'), name).toBeNull();
    }
  });
});

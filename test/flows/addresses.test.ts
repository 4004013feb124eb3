import { describe, expect } from 'vitest';
import { siteRoutes } from '#apps/site/routes.ts';
import { nobody } from '../support/local-stripe.ts';
import { aCheckout, store } from '../support/payments.ts';
import { siteOn, storeCampaigns } from '../support/site.ts';
import { story } from '../support/story.ts';
import { freshTable, watchRequests } from '../support/table.ts';

const site = 'https://give.example.org';
const checkout = aCheckout(1);
const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
const program = { accept: 'application/json' };

const it = story.extend('site', { scope: 'file' }, async ({}) => {
  const table = await freshTable();
  await storeCampaigns(table);
  await store(table, checkout);
  const app = siteOn(table, nobody);

  const ask = async (path: string, headers: Record<string, string> = browser, method = 'GET') =>
    app.request(path, { method, headers });

  return { ask, table };
});

describe('an address that is written another way', () => {
  it.for([
    ['/zh/', '/zh'],
    ['/ZH', '/zh'],
    ['/campaigns', '/'],
    ['/campaigns/', '/'],
    ['/Campaigns', '/'],
    ['/zh/campaigns', '/zh'],
    ['/zh/campaigns/?a=b', '/zh?a=b'],
    ['/campaigns/soup-kitchen/', '/campaigns/soup-kitchen'],
    ['/campaigns/Soup-Kitchen', '/campaigns/soup-kitchen'],
    ['/campaigns/SOUP%2DKITCHEN', '/campaigns/soup-kitchen'],
    [
      '/zh/campaigns/SOUP-KITCHEN//?amount=500&frequency=once',
      '/zh/campaigns/soup-kitchen?amount=500&frequency=once',
    ],
    ['//campaigns//soup-kitchen', '/campaigns/soup-kitchen'],
    ['/campaigns/soup-kitchen/Money/', '/campaigns/soup-kitchen/money'],
    ['/campaigns/soup-kitchen/money.csv/', '/campaigns/soup-kitchen/money.csv'],
    ['/zh/privacy/', '/zh/privacy'],
    [`/Thanks/${checkout.id}/?look=3`, `/thanks/${checkout.id}?look=3`],
    ['/robots.txt/', '/robots.txt'],
  ] as const)('%s leads to %s, with its query, for good', async ([from, to], { site: { ask } }) => {
    for (const method of ['GET', 'HEAD', 'POST']) {
      const answer = await ask(from, browser, method);
      expect([method, answer.status, answer.headers.get('location')]).toEqual([method, 308, to]);
    }
    expect((await ask(to)).status).toBe(200);
  });

  it.for([
    '//elsewhere.example',
    '//elsewhere.example/',
    '///elsewhere.example/',
    '/%5Celsewhere.example/',
    '/\\elsewhere.example/',
    '/%2F%2Felsewhere.example/',
    '/%09/elsewhere.example/',
    '//campaigns@elsewhere.example/soup-kitchen/',
    '/campaigns/%2F%2Felsewhere.example/',
    '/campaigns/..%2F..%2Felsewhere/',
    '/campaigns/soup-kitchen%0d%0aset-cookie:a=b/',
    '/zh//elsewhere.example/',
    'https://elsewhere.example//elsewhere.example/',
  ])('%s never leads to another site', async (path, { site: { ask } }) => {
    const answer = await ask(path);
    const location = answer.headers.get('location');
    if (location === null) return expect(answer.status).toBe(404);
    expect(location).toMatch(/^\/(?!\/|\\)[\w/-]*$/);
    expect(new URL(location, site).origin).toBe(site);
  });

  it('is not looked for among addresses that are right, nor on the API', async ({ site: { ask } }) => {
    for (const route of siteRoutes) {
      const path = (route.split(' ')[1] ?? '')
        .replace('{slug}', 'soup-kitchen')
        .replace('{checkoutId}', checkout.id);
      expect((await ask(path)).status, path).not.toBe(308);
    }
    expect((await ask('/api/campaigns/Soup-Kitchen', program)).status).toBe(404);
  });
});

describe('an address where there is nothing', () => {
  const mistyped = [
    '/nothing',
    '/zh/nothing/at/all',
    '/campaigns/none',
    '/zh/campaigns/none',
    '/campaigns/soup-kitchen/x',
    '/index.html',
    '/wp-login.php',
    '/.env',
    '/%',
    '/%E0%A4%A',
    '/thanks/chk_x',
    '/zh/thanks/x',
    '/staff',
    '/api',
    '/api/nothing',
    '/assets/none.svg',
  ];
  it.for(mistyped)(
    '%s answers a person with the friendly page in its language',
    async (path, { site: { ask } }) => {
      const answer = await ask(path);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-type')).toContain('text/html');
      const text = await answer.text();
      expect(text).toContain(path.startsWith('/zh') ? '找不到這個網頁' : 'This page does not exist');
      expect(text).toContain('noindex');
      expect((await ask(path, browser, 'HEAD')).status).toBe(404);
    },
  );

  it.for(mistyped)('%s answers a program with a problem', async (path, { site: { ask } }) => {
    const answer = await ask(path, program);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ code: 'not-found', status: 404 });
  });

  it('of the API answers with a problem also to who does not say what it takes, and known calls to everybody', async ({
    site: { ask },
  }) => {
    for (const path of ['/api/nothing', '/api/staff/me', '/api/staff/nothing']) {
      expect((await ask(path, {})).headers.get('content-type'), path).toBe('application/problem+json');
    }
    expect((await ask('/api/campaigns/none')).headers.get('content-type')).toBe('application/problem+json');
  });
});

describe('a method that an address does not take', () => {
  it.for([
    ['DELETE', '/', 'GET, HEAD, OPTIONS'],
    ['PUT', '/zh/campaigns/soup-kitchen', 'GET, POST, HEAD, OPTIONS'],
    ['POST', '/api/campaigns', 'GET, HEAD, OPTIONS'],
    ['GET', '/api/campaigns/soup-kitchen/checkouts', 'POST, OPTIONS'],
    ['HEAD', '/api/campaigns/soup-kitchen/checkouts', 'POST, OPTIONS'],
    ['POST', '/robots.txt', 'GET, HEAD, OPTIONS'],
    ['PATCH', `/thanks/${checkout.id}`, 'GET, HEAD, OPTIONS'],
  ] as const)(
    '%s %s is answered 405 with those that it does',
    async ([method, path, allow], { site: { ask } }) => {
      for (const headers of [browser, program]) {
        const answer = await ask(path, headers, method);
        expect(answer.status).toBe(405);
        expect(answer.headers.get('allow')).toBe(allow);
      }
      if (method !== 'HEAD')
        expect(await (await ask(path, program, method)).json()).toMatchObject({ code: 'method-not-allowed' });
      const options = await ask(path, {}, 'OPTIONS');
      expect([options.status, await options.text()]).toEqual([204, '']);
    },
  );

  it('differs from HEAD, which answers as GET does, without a body', async ({ site: { ask } }) => {
    for (const route of siteRoutes.filter((each) => each.startsWith('GET '))) {
      const path = (route.split(' ')[1] ?? '')
        .replace('{slug}', 'soup-kitchen')
        .replace('{checkoutId}', checkout.id)
        .replace('{file}', 'icon.svg');
      const [get, head] = [await ask(path), await ask(path, browser, 'HEAD')];
      expect([path, head.status, await head.text()]).toEqual([path, get.status, '']);
      for (const name of ['content-type', 'cache-control', 'etag', 'vary', 'content-security-policy']) {
        expect([path, name, head.headers.get(name)]).toEqual([path, name, get.headers.get(name)]);
      }
    }
  });
});

describe('what browsers and search engines ask every site for', () => {
  it('is there: an icon that is a picture', async ({ site: { ask } }) => {
    const answer = await ask('/favicon.ico');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect([...new Uint8Array(await answer.arrayBuffer()).subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
  });

  it('is there: what robots leave alone, which is no public page', async ({ site: { ask } }) => {
    const answer = await ask('/robots.txt');
    expect(answer.headers.get('content-type')).toContain('text/plain');
    const text = await answer.text();
    expect(text).toContain(`Sitemap: ${site}/sitemap.xml`);
    const hidden = [...text.matchAll(/^Disallow: (.+)$/gm)].map(([, path = '']) => path);
    for (const path of ['/thanks/', '/zh/thanks/', '/manage', '/tickets/', '/family/', '/staff']) {
      expect(
        hidden.some((each) => each.startsWith(path)),
        path,
      ).toBe(true);
    }
    const open = [...(await (await ask('/sitemap.xml')).text()).matchAll(/<loc>https:\/\/[^/]+([^<]*)/g)];
    for (const [, path = ''] of [...open, ['', '/families/banyan']]) {
      expect(
        hidden.filter((each) => path.startsWith(each)),
        path,
      ).toEqual([]);
    }
  });

  it('is there: every public page in both languages, from two reads, and each answers', async ({
    site: { table, ask },
  }) => {
    const sent = watchRequests(table);
    const answer = await ask('/sitemap.xml');
    expect(answer.headers.get('content-type')).toContain('application/xml');
    expect(sent.map(({ operation }) => operation)).toEqual(['BatchGetItem', 'BatchGetItem']);
    const text = await answer.text();
    const locations = [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, each = '']) => each);
    expect(new Set(locations).size).toBe(locations.length);
    expect(locations).toContain(`${site}/zh/campaigns/soup-kitchen/money`);
    expect(text).toContain(`<xhtml:link rel="alternate" hreflang="zh-Hant-HK" href="${site}/zh/privacy"/>`);
    for (const location of locations) {
      const html = await (await ask(location.replace(site, '') || '/')).text();
      expect(html, location).toContain(`<link rel="canonical" href="${location}"`);
      expect(html, location).not.toContain('noindex');
    }
  });
});

describe('a 304', () => {
  const tagged = siteRoutes
    .filter((route) =>
      /^GET \/(?!.*(?:about|needs|visit|partners|help|thanks|preview|give|complaint|assets|checkouts|supporters|docs))/.test(
        route,
      ),
    )
    .map((route) => (route.split(' ')[1] ?? '').replace('{slug}', 'lai-chi-kok-warehouse'))
    .filter((path) => !/^(?:\/zh)?\/campaigns\/[^/]+$/.test(path));

  it.for(tagged)(
    'of %s carries what the whole answer would have carried (RFC 9110, 15.4.5)',
    async (path, { site: { ask } }) => {
      for (const encoding of ['gzip, br', 'identity']) {
        const headers = { 'accept-encoding': encoding };
        const whole = await ask(path, headers);
        const tag = whole.headers.get('etag') ?? '';
        expect(tag).toMatch(/^(?:W\/)?"[0-9a-f]{64}"$/);
        const answer = await ask(path, { ...headers, 'if-none-match': tag });
        expect([answer.status, await answer.text()]).toEqual([304, '']);
        for (const name of ['etag', 'vary', 'cache-control', 'content-location', 'expires']) {
          expect([name, answer.headers.get(name)]).toEqual([name, whole.headers.get(name)]);
        }
        const isText = !/^image\/png/.test(whole.headers.get('content-type') ?? '');
        if (isText) expect(answer.headers.get('vary')).toMatch(/accept-encoding/i);
      }
    },
  );
});

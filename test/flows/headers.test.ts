import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { siteRoutes } from '#apps/site/routes.ts';
import { nobody } from '../support/local-stripe.ts';
import { aCheckout, store } from '../support/payments.ts';
import { siteOn, storeCampaigns } from '../support/site.ts';
import { freshTable } from '../support/table.ts';

const checkout = aCheckout(1);
const values: Readonly<Record<string, string>> = {
  slug: 'lai-chi-kok-warehouse',
  checkoutId: checkout.id,
  file: 'icon.svg',
};

/** Every route with what stands in its path: things that are there, and things that are not. */
const requests = [
  ...siteRoutes,
  ...siteRoutes.filter((route) => route.startsWith('GET ')).map((route) => route.replace('GET', 'HEAD')),
  ...siteRoutes.map((route) => route.replace(/^\w+/, 'OPTIONS')),
].flatMap((route) => {
  const [method = '', path = ''] = route.split(' ');
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? 'unknown');
  return [
    [method, filled],
    [method, path.replaceAll(/\{\w+\}/g, 'not-there')],
  ] as [string, string][];
});
const beyond: [string, string][] = [
  ['GET', '/nothing'],
  ['GET', '/zh/nothing/at/all'],
  ['GET', '/api/nothing'],
  ['GET', '/assets/../secret'],
  ['DELETE', '/'],
  ['PUT', '/api/campaigns'],
  ['PATCH', '/campaigns/lai-chi-kok-warehouse'],
  ['GET', '/zh/Campaigns/Soup-Kitchen/'],
  ['GET', '//elsewhere.example/'],
];

/** Asks a site with one checkout, which no request here changes. */
const it = test.extend('ask', { scope: 'file' }, async ({}) => {
  const table = await freshTable();
  await storeCampaigns(table);
  await store(table, checkout);
  return async (method: string, path: string, site = 'https://give.example.org') =>
    siteOn(table, nobody, { site }).request(path, { method });
});

describe('every answer of the site', () => {
  it.for([...requests, ...beyond])('%s %s has the security headers', async ([method, path], { ask }) => {
    const { headers } = await ask(method, path);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}$/);
    expect(headers.get('permissions-policy')).toContain('camera=()');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toMatch(/^(same|cross)-origin$/);
    expect(headers.get('referrer-policy')).toMatch(/^(same-origin|strict-origin-when-cross-origin)$/);
    expect(headers.get('cache-control')).not.toBeNull();
    expect(headers.get('set-cookie')).toBeNull();
  });

  it.for(requests.filter(([method]) => method !== 'HEAD' && method !== 'OPTIONS'))(
    '%s %s, where it is a page, has no script, no inline style, and loads nothing foreign',
    async ([method, path], { ask }) => {
      const answer = await ask(method, path);
      if (!answer.headers.get('content-type')?.startsWith('text/html')) return;
      const html = await answer.text();
      expect(html).not.toMatch(/<script|<iframe|<object|<embed|<base|javascript:|@import|url\(/i);
      const tags = html.match(/<[a-z][^>]*>/gi) ?? [];
      expect(tags.filter((tag) => /\s(?:style|on\w+)\s*=/i.test(tag))).toEqual([]);
      const loads = tags.filter((tag) => /^<(?:img|link|source|video|audio|input)\b/i.test(tag));
      const addresses = loads.flatMap((tag) => tag.match(/(?<=\s(?:src|srcset|href)=")[^"]*/gi) ?? []);
      const foreign = addresses.filter(
        (address) => !/^\/(?!\/)|^https:\/\/give\.example\.org\//.test(address),
      );
      expect(foreign).toEqual([]);
      const policy = answer.headers.get('content-security-policy') ?? '';
      for (const [, style = ''] of html.matchAll(/<style>([\s\S]*?)<\/style>/g)) {
        expect(policy).toContain(createHash('sha256').update(style).digest('base64'));
      }
    },
  );

  it('finds what it looks for: the pages are among the answers, with their style and icon', async ({
    ask,
  }) => {
    for (const path of [
      '/',
      '/zh/campaigns/lai-chi-kok-warehouse',
      `/thanks/${checkout.id}`,
      '/api/docs',
      '/x',
    ]) {
      const html = await (await ask('GET', path)).text();
      expect(html, path).toContain('<style>');
      expect(html, path).toContain('href="/assets/icon.svg');
    }
  });

  it('reveals to no other site an address that holds a secret', async ({ ask }) => {
    for (const path of [
      `/thanks/${checkout.id}`,
      `/zh/thanks/${checkout.id}`,
      `/api/checkouts/${checkout.id}`,
    ]) {
      expect((await ask('GET', path)).headers.get('referrer-policy'), path).toBe('same-origin');
    }
  });

  it('lets forms lead here and to Stripe only, on the laptop also to the local Stripe, and asks for HTTPS where it is', async ({
    ask,
  }) => {
    const path = '/campaigns/lai-chi-kok-warehouse';
    const live = await ask('GET', path);
    expect(live.headers.get('content-security-policy')).toContain(
      "form-action 'self' https://checkout.stripe.com;",
    );
    const local = await ask('GET', path, 'http://127.0.0.1:8787');
    expect(local.headers.get('content-security-policy')).toContain('http://127.0.0.1:*');
    expect(local.headers.get('strict-transport-security')).toBeNull();
  });

  it('may be used by other sites where it is public data or a picture, and nowhere else', async ({ ask }) => {
    const policyOf = async (path: string) =>
      (await ask('GET', path)).headers.get('cross-origin-resource-policy');
    for (const path of ['/api/campaigns', '/api/openapi.json', '/assets/icon.svg']) {
      expect(await policyOf(path), path).toBe('cross-origin');
    }
    for (const path of ['/', `/thanks/${checkout.id}`, `/api/checkouts/${checkout.id}`]) {
      expect(await policyOf(path), path).toBe('same-origin');
    }
  });
});

import { describe, expect, it } from 'vitest';
import { siteRoutes } from '#apps/site/routes.ts';
import { nobody } from '../support/local-stripe.ts';
import { aCheckout, aPerson, now, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { siteOn, storeCampaigns } from '../support/site.ts';
import { freshTable } from '../support/table.ts';

interface Page {
  readonly data: readonly { readonly name: string | null; readonly amount: number | null }[];
  readonly nextCursor: string | null;
}

describe('the site', () => {
  it('answers exactly the routes that the HTTP API has', async () => {
    const app = siteOn(await freshTable(), nobody);
    const answered = app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
    // Preflights come through the HTTP API's fallback, as HEAD does.
    const routes = answered.filter((route) => !route.startsWith('OPTIONS '));
    expect([...new Set(routes)].sort()).toEqual([...siteRoutes].sort());
  });

  it('lists gifts page by page, each once, newest first, with what is hidden as null and no payment named', async () => {
    const table = await freshTable();
    await storeCampaigns(table);
    for (let number = 1; number <= 12; number += 1) {
      const checkout = aCheckout(number, { amount: 1_000 * number });
      const hidden = { hideName: number === 5, hideAmount: number === 6 };
      await store(table, checkout, aPerson(checkout, { displayName: `Donor ${number}`, ...hidden }));
      // Three gifts a second, so that pages end within one moment, over three years with a gap longer than one search.
      const years = number <= 6 ? 0 : 3;
      const created = new Date(now.getTime() - years * 365 * 86_400_000 - Math.floor(number / 3) * 1000);
      await webhookOn(table, { clock: () => created }).deliver(sessionEvent(checkout, { created }));
    }
    const app = siteOn(table, nobody, { clock: () => now });
    const seen: Page['data'][number][] = [];
    let cursor: string | null = '';
    for (let pages = 0; cursor !== null; pages += 1) {
      expect(pages).toBeLessThan(40);
      const query: string = cursor ? `&cursor=${cursor}` : '';
      const answer = await app.request(`/api/campaigns/lai-chi-kok-warehouse/gifts?limit=2${query}`);
      const text = await answer.text();
      expect(text).not.toMatch(/pi_|chk_|example\.org/);
      const page = JSON.parse(text) as Page;
      expect(Buffer.from(page.nextCursor ?? '', 'base64url').toString()).not.toContain('pi_');
      seen.push(...page.data);
      cursor = page.nextCursor;
    }
    expect(seen.map(({ amount }) => amount).filter((amount) => amount !== null)).toHaveLength(11);
    expect(new Set(seen.map((gift) => JSON.stringify(gift))).size).toBe(12);
    expect(seen.filter(({ name }) => name === null)).toHaveLength(1);
  });

  it('sends pages with a policy that lets nothing foreign in, and says in test mode that no money is taken', async () => {
    const table = await freshTable();
    await storeCampaigns(table);
    const answer = await siteOn(table, nobody).request('/zh/campaigns/lai-chi-kok-warehouse');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    const html = await answer.text();
    expect(html.match(/<body>.*?<header>.*?<\/header>/s)?.[0]).toContain('示範網站');
    expect(html).not.toContain('<script');
    const live = await siteOn(table, nobody, { demonstration: false }).request('/');
    expect(await live.text()).not.toContain('Demonstration');
  });
});

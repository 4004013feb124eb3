import { describe, expect } from 'vitest';
import { gift, postCheckout, siteOn } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';

/** The site of a stage that takes no cards. */
const it = campaignStory.extend('site', ({ table }) => {
  const site = siteOn(table, '', { stripe: undefined });
  return { site, show: async (path: string) => (await site.request(path)).text() };
});

describe('a site whose charity has no Stripe', () => {
  it('names the other ways on a campaign’s page, and shows no form for cards', async ({ site: { show } }) => {
    const html = await show('/campaigns/education');
    expect(html).toContain('href="/give?campaign=education"');
    expect(html).toContain('FPS');
    expect(html).not.toContain('<form');
    expect(await show('/give?campaign=education')).toContain('<form method="post" action="/give"');
  });

  it('speaks of Stripe on no page, in neither language', async ({ site: { show } }) => {
    const paths = [
      '/',
      '/campaigns/education',
      '/campaigns/education/money',
      '/give',
      '/privacy',
      '/nowhere',
    ];
    for (const path of paths.flatMap((each) => [each, each === '/' ? '/zh' : `/zh${each}`])) {
      const html = await show(path);
      expect(html, path).not.toMatch(/stripe|信用卡號碼|card number/i);
    }
  });

  it('takes a promise', async ({ site: { site } }) => {
    const filled = { slug: 'education', otherAmount: '500', way: 'fps', formKey: 'a-form' };
    const body = new URLSearchParams({ ...filled, name: 'Juniper', email: 'juniper@example.org' });
    expect((await site.request('/give', { method: 'POST', body })).status).toBe(303);
  });

  it('answers who would pay by card with a problem, and keeps nothing of it', async ({
    site: { site },
    table,
  }) => {
    const answer = await postCheckout(site, gift);
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      code: 'not-offered',
      detail: expect.stringContaining('/give'),
    });
    const body = new URLSearchParams({ amount: '50000', name: 'Juniper', email: 'juniper@example.org' });
    const form = await site.request('/campaigns/education', { method: 'POST', body });
    expect(form.status).toBe(422);
    expect(await form.text()).toContain('href="/give?campaign=education"');
    expect(await everything(table, 'person')).toEqual([]);
    expect(await everything(table, 'checkout')).toEqual([]);
  });
});

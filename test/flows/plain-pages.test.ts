import { describe, expect } from 'vitest';
import { readFooterLinks } from '#giving/plain-pages/read-texts.ts';
import { fieldsOf } from '../support/browser-form.ts';
import { deskOn } from '../support/desk.ts';
import { nobody } from '../support/local-stripe.ts';
import { siteOn } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';

const now = new Date('2026-11-22T04:00:00Z');
const edit = '/staff/pages/about/edit';
const said = {
  'title/en': 'Who we are',
  'title/zh-HK': '我們是誰',
  'text/en': '# Since 2011\n\nWe are **refugees**. <b>x</b>',
  'text/zh-HK': '我們是**「難民」**。',
  status: 'published',
};

/** A person who writes pages, and the site that shows them. */
const it = campaignStory.extend('pages', ({ table }) => {
  const desk = deskOn(table, 'campaigns', now);
  const site = siteOn(table, nobody, { footerLinks: () => readFooterLinks({ table }) });
  return {
    desk,
    html: async (path: string) => (await site.request(path)).text(),
    status: async (path: string) => (await site.request(path)).status,
    filled: async (path: string) => {
      const { csrf: _, key: __, ...fields } = fieldsOf((await desk.get(path)).html);
      return fields;
    },
  };
});

describe('a plain page', () => {
  it('is seen by nobody while it is a draft; published, it stands at its address, in every footer and in the sitemap', async ({
    table,
    pages,
  }) => {
    await pages.desk.send(edit, { ...(await pages.filled(edit)), ...said, status: 'draft' });
    expect(await pages.status('/about')).toBe(404);
    expect(await pages.html('/')).not.toContain('href="/about"');
    const saved = await pages.desk.send(edit, { ...(await pages.filled(edit)), ...said, key: 'form-2' });
    expect([saved.status, saved.location]).toEqual([303, '/staff/pages?done=published']);
    const english = await pages.html('/about');
    expect(english).toContain('<h1>Who we are</h1>');
    expect(english).toContain('<h2>Since 2011</h2>');
    expect(english).toContain('<strong>refugees</strong>. &lt;b&gt;');
    expect(await pages.html('/zh/about')).toContain('<strong>「難民」</strong>');
    for (const path of ['/', '/privacy', '/campaigns/education']) {
      expect(await pages.html(path), path).toContain('<a href="/about">Who we are</a>');
    }
    expect(await pages.html('/zh')).toContain('<a href="/zh/about">我們是誰</a>');
    expect(await pages.html('/sitemap.xml')).toContain('<loc>https://give.example.org/zh/about</loc>');
    expect(await everything(table, 'audit-entry')).toHaveLength(2);
    expect(JSON.stringify(await everything(table, 'audit-entry'))).not.toContain('refugees');
  });

  it('of which one language follows later shows the other one with a note', async ({ pages }) => {
    const english = { 'title/en': 'Visit us', 'text/en': 'Come by.', status: 'published' };
    await pages.desk.send('/staff/pages/visit/edit', { ...english, revision: '' });
    expect(await pages.html('/zh/visit')).toContain('中文版稍後推出');
    expect(await pages.html('/zh/visit')).toContain('<h1 lang="en-HK">Visit us</h1>');
    const half = { ...english, revision: '1', 'title/zh-HK': '到訪' };
    const refused = await pages.desk.send('/staff/pages/visit/edit', half);
    expect([refused.status, refused.html.includes('href="#text/zh-HK"')]).toEqual([422, true]);
  });

  it('that another person saved meanwhile shows both texts; a preview writes nothing', async ({
    table,
    pages,
  }) => {
    const mine = { ...(await pages.filled(edit)), ...said };
    const preview = await pages.desk.send(`${edit}/preview/zh`, mine);
    expect(preview.html).toContain('<h1>我們是誰</h1>');
    expect(await everything(table, 'plain-page')).toEqual([]);
    await pages.desk.send(edit, { ...mine, 'title/en': 'Theirs' });
    const refused = await pages.desk.send(edit, { ...mine, key: 'form-2' });
    expect(refused.status).toBe(412);
    expect(refused.html).toContain('<p>Theirs</p>');
    expect(refused.html).toContain('value="Who we are"');
  });

  it('begins with two lists where it says what is needed', async ({ pages }) => {
    expect((await pages.filled('/staff/pages/needs/edit'))['text/en']).toContain('# What we have enough of');
  });

  it('of privacy stands above the notice, which stays', async ({ pages }) => {
    const before = await pages.html('/privacy');
    const text = { ...said, 'title/en': 'In short', 'text/en': 'We keep little.', revision: '' };
    await pages.desk.send('/staff/pages/privacy/edit', text);
    const after = await pages.html('/privacy');
    expect(after).toMatch(/<h2>In short<\/h2>.*We keep little.*Who collects your data/s);
    expect(before).toContain('Who collects your data');
    expect(after).not.toContain('href="/privacy">In short');
  });
});

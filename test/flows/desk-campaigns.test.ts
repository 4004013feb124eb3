import { describe, expect } from 'vitest';
import { fromCampaignItem } from '#giving/campaigns/campaign-item.ts';
import { fieldsOf } from '../support/browser-form.ts';
import { deskOn } from '../support/desk.ts';
import { nobody } from '../support/local-stripe.ts';
import { aCheckout, aPerson, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { gift, postCheckout, siteOn } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';

const now = new Date('2026-11-22T04:00:00Z');
const warehouse = '/staff/campaigns/lai-chi-kok-warehouse/edit';
const education = '/staff/campaigns/education/edit';

/** The desk of a person with the role `campaigns`, who fills in forms as a browser does. */
const it = campaignStory.extend('writer', ({ table }) => {
  const desk = deskOn(table, 'campaigns', now);
  const filled = async (path: string) => {
    const { status, html } = await desk.get(path);
    expect(status).toBe(200);
    const { csrf: _, key: __, ...fields } = fieldsOf(html);
    return fields;
  };
  return {
    ...desk,
    filled,
    act: (slug: string, status: string) =>
      desk.send(`/staff/campaigns/${slug}/status`, { status, confirmed: 'yes', key: `${slug}-${status}` }),
    stored: async (slug: string) =>
      (await everything(table, 'campaign')).map(fromCampaignItem).find((each) => each.slug === slug),
    page: async (slug: string, prefix = '') =>
      (await siteOn(table, 'http://127.0.0.1:1').request(`${prefix}/campaigns/${slug}`)).text(),
  };
});

/** Nothing that the public can ask for knows of a campaign. */
async function expectUnseen(site: ReturnType<typeof siteOn>, slug = 'winter-blankets') {
  const own = ['', '/supporters', '/money', '/qr.svg'].map((part) => `/campaigns/${slug}${part}`);
  const api = ['', '/gifts', '/money'].map((part) => `/api/campaigns/${slug}${part}`);
  for (const path of [...own, `/zh/campaigns/${slug}`, ...api]) {
    expect((await site.request(path)).status, path).toBe(404);
  }
  for (const path of ['/', '/zh', '/api/campaigns', '/sitemap.xml', '/give']) {
    expect(await (await site.request(path)).text(), path).not.toContain(slug);
  }
  expect((await postCheckout(site, gift, { slug })).status).toBe(404);
}

describe('a campaign at the desk', () => {
  it.for([warehouse, education])(
    'that is saved as it is shown stays as it is: %s',
    async (path, { writer }) => {
      const slug = path.split('/')[3] ?? '';
      const before = await writer.stored(slug);
      const saved = await writer.send(path, await writer.filled(path));
      expect([saved.status, saved.location]).toEqual([303, '/staff/campaigns?done=saved']);
      expect(await writer.stored(slug)).toEqual(before);
    },
  );

  it('is changed in both languages, with its goal, days and amounts, and stands on the site at once', async ({
    table,
    writer,
  }) => {
    const fields = await writer.filled(education);
    const changed = {
      ...fields,
      'title/en': 'A desk for <every> child',
      'title/zh-HK': '每個孩子一張書桌',
      'target/goal': 'HK$123,456.50',
      closesAt: '2026-12-31',
      'levels/0/amount': '50',
      'levels/0/text/en': 'pencils',
      'levels/0/text/zh-HK': '鉛筆',
      ...Object.fromEntries(
        Object.keys(fields).flatMap((name) => (/^levels\/[1-9]/.test(name) ? [[name, '']] : [])),
      ),
    };
    expect((await writer.send(education, changed)).status).toBe(303);
    expect(await writer.stored('education')).toMatchObject({
      title: { en: 'A desk for <every> child', 'zh-HK': '每個孩子一張書桌' },
      target: { kind: 'fund', goal: 12_345_650 },
      closesAt: new Date('2027-01-01T00:00:00+08:00'),
      levels: [{ amount: 5000, text: { en: 'pencils', 'zh-HK': '鉛筆' } }],
    });
    expect(await writer.page('education')).toContain('A desk for &lt;every&gt; child');
    expect(await writer.page('education', '/zh')).toContain('每個孩子一張書桌');
    expect(await everything(table, 'audit-entry')).toMatchObject([
      { action: 'campaign.write', object: { id: 'education' } },
    ]);
  });

  it('has a story in Markdown, in which HTML and other links stay harmless text', async ({ writer }) => {
    const story =
      '**「難民」**家庭\n\n<script>alert(1)</script> [a](javascript:alert(1)) [b](https://b.example)';
    const fields = { ...(await writer.filled(education)), 'story/zh-HK': story };
    expect((await writer.send(education, fields)).status).toBe(303);
    const page = await writer.page('education', '/zh');
    expect(page).toContain('<strong>「難民」</strong>家庭');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; [a](javascript:alert(1))');
    expect(page).toContain('<a href="https://b.example">b</a>');
    expect((await writer.filled(education))['story/zh-HK']).toBe(story);
    const long = await writer.send(education, { ...fields, 'story/zh-HK': '難'.repeat(9000) });
    expect(long.status).toBe(422);
    expect(long.html).toContain('The story in Chinese has at most 8000 characters.');
    const longer = await writer.send(education, { ...fields, 'story/zh-HK': 'x'.repeat(100_000) });
    expect(longer.html).toContain('The body has at most 64 kB.');
    expect((await writer.filled(education))['story/zh-HK']).toBe(story);
  });

  it('takes one of our drawings instead of its picture', async ({ writer }) => {
    const fields = { ...(await writer.filled(education)), drawing: 'warehouse' };
    expect((await writer.send(education, fields)).status).toBe(303);
    expect(await writer.page('education')).toContain('/assets/warehouse.svg');
    expect((await writer.send(education, await writer.filled(education))).status).toBe(303);
    expect((await writer.stored('education'))?.picture).toMatchObject({ file: 'warehouse.svg' });
  });

  it('of a monthly budget gets another one from this month on, and keeps those of before', async ({
    writer,
  }) => {
    const before = await writer.stored('lai-chi-kok-warehouse');
    const fields = await writer.filled(warehouse);
    expect((await writer.send(warehouse, { ...fields, budget: '12,000' })).status).toBe(303);
    const after = await writer.stored('lai-chi-kok-warehouse');
    if (before?.target.kind !== 'monthly-budget' || after?.target.kind !== 'monthly-budget') {
      throw new Error('The warehouse has a monthly budget.');
    }
    expect(after.target.budgets).toEqual([
      ...before.target.budgets.filter(({ from }) => from < '2026-11'),
      { from: '2026-11', amount: 1_200_000 },
    ]);
  });

  it('that another person saved meanwhile shows both texts, and is written over only by who has seen them', async ({
    writer,
  }) => {
    const mine = { ...(await writer.filled(education)), 'title/en': 'Mine' };
    const theirs = { ...(await writer.filled(education)), 'title/en': 'Theirs' };
    expect((await writer.send(education, theirs)).status).toBe(303);
    const refused = await writer.send(education, mine);
    expect(refused.status).toBe(412);
    expect(refused.html).toContain('Another person saved it after you began');
    expect(refused.html).toContain('<p>Theirs</p>');
    expect(refused.html).toContain('value="Mine"');
    expect((await writer.stored('education'))?.title.en).toBe('Theirs');
    const { csrf: _, key: __, ...again } = fieldsOf(refused.html);
    expect((await writer.send(education, again)).status).toBe(303);
    expect((await writer.stored('education'))?.title.en).toBe('Mine');
  });

  it.for<[string, Record<string, string>, string]>([
    ['without a Chinese title', { 'title/zh-HK': '' }, '#title/zh-HK'],
    ['with a goal that is no sum', { 'target/goal': 'a lot' }, '#target/goal'],
    ['with a goal of nothing', { 'target/goal': '0' }, '#target/goal'],
    ['that ends before it begins', { opensAt: '2026-11-01', closesAt: '2026-10-01' }, '#closesAt'],
    ['with an amount that does nothing', { 'levels/0/text/en': '' }, '#levels/0/text/en'],
  ])('%s is refused at its field, and nothing is written', async ([_, wrong, at], { writer }) => {
    const before = await writer.stored('education');
    const answer = await writer.send(education, { ...(await writer.filled(education)), ...wrong });
    expect(answer.status).toBe(422);
    expect(answer.html).toContain(`href="${at}"`);
    expect(await writer.stored('education')).toEqual(before);
  });
});

describe('a campaign on the site', () => {
  it('that is hidden is gone from every page and list, takes no checkout, and what was paid late is booked', async ({
    table,
    writer,
  }) => {
    const checkout = aCheckout(1, { fund: 'education', subject: { kind: 'campaign', slug: 'education' } });
    await store(table, checkout, aPerson(checkout));
    expect((await writer.act('education', 'hidden')).status).toBe(303);
    await expectUnseen(siteOn(table, nobody, { clock: () => now }), 'education');
    await webhookOn(table).deliver(sessionEvent(checkout));
    expect(await everything(table, 'payment')).toMatchObject([{ fund: 'education' }]);
  });

  it('that is closed keeps its page, which says so, and takes no gift; it can be opened again', async ({
    table,
    writer,
  }) => {
    const asked = await writer.send('/staff/campaigns/education/status', { status: 'closed' });
    expect(asked.html).toContain('takes no more gifts');
    expect((await writer.stored('education'))?.status).toBe('published');
    await writer.act('education', 'closed');
    expect(await writer.page('education')).toContain('has ended');
    const refused = await postCheckout(siteOn(table, nobody), gift, { slug: 'education' });
    expect(await refused.json()).toMatchObject({ code: 'campaign-closed' });
    expect((await writer.act('education', 'published')).status).toBe(303);
    expect((await writer.act('education', 'draft')).status).toBe(422);
  });

  it('moves up and down the home page, and stays at its ends', async ({ writer, table }) => {
    const order = async () => {
      const { data } = (await (await siteOn(table, nobody).request('/api/campaigns')).json()) as {
        data: { slug: string }[];
      };
      return data.map((each) => each.slug);
    };
    const [first = '', second = '', ...rest] = await order();
    const move = (of: string, direction: string) =>
      writer.send(`/staff/campaigns/${of}/move`, { direction, key: `${of}-${direction}` });
    await move(second, 'up');
    expect(await order()).toEqual([second, first, ...rest]);
    await move(second, 'up');
    expect((await move(second, 'down')).location).toBe('/staff/campaigns?done=moved');
    expect(await order()).toEqual([first, second, ...rest]);
  });
});

describe('a new campaign', () => {
  const slug = 'winter-blankets';
  const said = {
    slug: 'winter-blankets',
    'title/en': 'Blankets',
    'title/zh-HK': '毛氈',
    'summary/en': 'A warm winter.',
    'summary/zh-HK': '溫暖過冬。',
    'story/en': 'It is cold.',
    'story/zh-HK': '天氣寒冷。',
    'target/kind': 'fund',
    amount: '5,000',
    opensAt: '2026-11-22',
  };

  it('is a draft that only the staff see, until it is published', async ({ table, writer }) => {
    expect((await writer.send('/staff/new-campaign', said)).status).toBe(303);
    expect(await writer.stored(slug)).toMatchObject({
      status: 'draft',
      target: { kind: 'fund', goal: 500_000 },
    });
    const site = siteOn(table, nobody, { clock: () => now });
    await expectUnseen(site);
    expect((await writer.act(slug, 'published')).location).toBe('/staff/campaigns?done=published');
    expect(await writer.page(slug)).toContain('Blankets');
    expect(await (await site.request('/api/campaigns')).text()).toContain(slug);
  });

  it('of which one language follows later shows the other one there, with a note', async ({ writer }) => {
    const inEnglish = Object.entries(said).filter(([name]) => !name.endsWith('/zh-HK'));
    const late = {
      ...Object.fromEntries(inEnglish),
      'levels/0/amount': '50',
      'levels/0/text/en': 'a blanket',
    };
    expect((await writer.send('/staff/new-campaign', late)).status).toBe(303);
    await writer.act(slug, 'published');
    const chinese = await writer.page(slug, '/zh');
    expect(chinese).toContain('中文版稍後推出');
    expect(chinese).toContain('<h1 lang="en-HK">Blankets</h1>');
    expect(await writer.page(slug)).not.toContain('follows soon');
    const edit = `/staff/campaigns/${slug}/edit`;
    const fields = await writer.filled(edit);
    expect([fields['title/zh-HK'], fields['levels/0/text/zh-HK']]).toEqual(['', '']);
    const begun = await writer.send(edit, { ...fields, 'title/zh-HK': '毛氈' });
    expect(begun.html).toContain('href="#story/zh-HK"');
    expect(begun.status).toBe(422);
    const whole = { ...fields, ...said, 'levels/0/text/zh-HK': '一張毛氈' };
    expect((await writer.send(edit, whole)).status).toBe(303);
    expect(await writer.page(slug, '/zh')).toContain('毛氈');
  });

  it('may have a budget for every month', async ({ writer }) => {
    await writer.send('/staff/new-campaign', { ...said, 'target/kind': 'monthly-budget' });
    expect(await writer.stored(slug)).toMatchObject({
      target: { firstMonth: '2026-11', budgets: [{ from: '2026-11', amount: 500_000 }] },
    });
  });

  it('is previewed as donors will see it, in both languages, and a preview writes nothing', async ({
    table,
    writer,
  }) => {
    const before = await everything(table);
    const english = await writer.send('/staff/new-campaign/preview/en', said);
    expect(english.status).toBe(200);
    expect(english.html).toContain('<h1>Blankets</h1>');
    expect(english.html).toContain('id="give" inert');
    expect((await writer.send('/staff/new-campaign/preview/zh', said)).html).toContain('<h1>毛氈</h1>');
    const typed = { ...(await writer.filled(education)), 'title/en': 'Not saved' };
    const changed = await writer.send('/staff/campaigns/education/preview/en', typed);
    expect(changed.status).toBe(404);
    const preview = await writer.send(`${education}/preview/en`, typed);
    expect(preview.html).toContain('<h1>Not saved</h1>');
    expect((await writer.send(`${education}/preview/en`, { ...typed, 'target/goal': 'a lot' })).status).toBe(
      422,
    );
    expect(await everything(table)).toEqual(before);
  });

  it('is shown before it is public to who has its link, which nobody can work out', async ({
    table,
    writer,
  }) => {
    await writer.send('/staff/new-campaign', said);
    const path = /href="(\/preview\/[^"]+)"/.exec((await writer.get('/staff/campaigns')).html)?.[1] ?? '';
    const site = siteOn(table, nobody, { clock: () => now });
    const draft = await site.request(path);
    expect(draft.status).toBe(200);
    expect(Object.fromEntries(draft.headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
    });
    expect(await (await site.request(`/zh${path}`)).text()).toContain('毛氈');
    expect((await site.request(path.replace(/.$/, (last) => (last === '0' ? '1' : '0')))).status).toBe(404);
    expect((await site.request(path.replace(slug, 'education'))).status).toBe(404);
    await writer.act(slug, 'published');
    const led = await site.request(`/zh${path}`);
    expect([led.status, led.headers.get('location')]).toEqual([303, `/zh/campaigns/${slug}`]);
  });

  it.for([
    ['education', 412],
    ['', 422],
    ['Winter Blankets', 422],
  ] as const)(
    'under the name "%s" is refused, and leaves nothing behind',
    async ([slug, status], { writer }) => {
      const before = await writer.stored('education');
      expect((await writer.send('/staff/new-campaign', { ...said, slug })).status).toBe(status);
      expect(await writer.stored('education')).toEqual(before);
      expect(await writer.stored('winter-blankets')).toBeUndefined();
    },
  );

  it('is begun by nobody who only looks after the books', async ({ table }) => {
    const desk = deskOn(table, 'finance', now);
    expect((await desk.get('/staff/campaigns')).html).not.toContain('/edit');
    expect((await desk.get(education)).status).toBe(403);
    expect((await desk.send('/staff/new-campaign', said)).status).toBe(403);
  });
});

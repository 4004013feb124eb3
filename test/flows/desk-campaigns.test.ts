import { describe, expect } from 'vitest';
import { fromCampaignItem } from '#giving/campaigns/campaign-item.ts';
import { fieldsOf } from '../support/browser-form.ts';
import { deskOn } from '../support/desk.ts';
import { siteOn } from '../support/site.ts';
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
    stored: async (slug: string) =>
      (await everything(table, 'campaign')).map(fromCampaignItem).find((each) => each.slug === slug),
    page: async (slug: string, prefix = '') =>
      (await siteOn(table, 'http://127.0.0.1:1').request(`${prefix}/campaigns/${slug}`)).text(),
  };
});

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

describe('a new campaign', () => {
  const said = {
    slug: 'winter-blankets',
    'title/en': 'Blankets',
    'title/zh-HK': '毛氈',
    'summary/en': 'A warm winter.',
    'summary/zh-HK': '溫暖過冬。',
    'story/en': 'It is cold.',
    'story/zh-HK': '天氣寒冷。',
    'target/goal': '5,000',
    opensAt: '2026-11-22',
  };

  it('is begun with its texts and goal, and takes gifts', async ({ writer }) => {
    expect((await writer.send('/staff/new-campaign', said)).status).toBe(303);
    expect(await writer.stored('winter-blankets')).toMatchObject({ target: { kind: 'fund', goal: 500_000 } });
    expect((await writer.get('/staff/campaigns')).html).toContain('Blankets');
    expect(await writer.page('winter-blankets')).toContain('Blankets');
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

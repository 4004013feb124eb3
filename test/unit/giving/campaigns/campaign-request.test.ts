import { describe, expect, it } from 'vitest';
import { parseCampaign, writtenCampaign } from '#giving/campaigns/campaign-request.ts';
import { charity } from '#platform/charity.ts';
import { Problem } from '#platform/errors.ts';
import { demoCampaigns } from '../../../../infra/demo/campaigns.ts';

const demo = demoCampaigns(new Date('2026-11-22T00:00:00Z'));
const bodyOf = (slug: string) => {
  const campaign = demo.find((each) => each.slug === slug);
  if (!campaign) throw new Error(`There is no ${slug}.`);
  return writtenCampaign(campaign);
};
const { slug: _, ...monthly } = bodyOf('lai-chi-kok-warehouse');
const fund = { ...monthly, target: { kind: 'fund', goal: 5_000_000 } };
const level = (amount: number) => ({ amount, text: { en: 'one', 'zh-HK': '一' } });

/** The pointers of what is wrong. */
function wrongIn(body: unknown): string[] {
  try {
    parseCampaign('winter', body);
  } catch (error) {
    if (error instanceof Problem && error.code === 'invalid')
      return error.errors.map(({ pointer }) => pointer);
    throw error;
  }
  return [];
}

describe('the currency of a campaign', () => {
  it('is written as in every answer, and taken as it was written before', () => {
    expect(bodyOf('soup-kitchen').currency).toBe('HKD');
    for (const currency of ['HKD', 'hkd']) {
      expect(parseCampaign('winter', { ...fund, currency }).currency).toBe('hkd');
    }
  });
});

describe('a campaign that is written', () => {
  it.each(demo.map(({ slug }) => slug))('may be what is read: %s', (slug) => {
    const body: unknown = JSON.parse(JSON.stringify(bodyOf(slug)));
    expect(parseCampaign(slug, body)).toEqual(demo.find((each) => each.slug === slug));
  });

  it('may be a fund with a goal, and may leave out its end', () => {
    const { closesAt: _end, ...endless } = fund;
    expect(parseCampaign('winter', endless)).toMatchObject({ target: fund.target, closesAt: undefined });
  });

  it.each<[string, unknown, string]>([
    ['no object', [], ''],
    ['an unknown field', { ...fund, goal: 1 }, '/goal'],
    ['a slug of its own', { ...fund, slug: 'other' }, '/slug'],
    ['no title', { ...fund, title: undefined }, '/title'],
    ['a title in one language', { ...fund, title: { en: 'Winter' } }, '/title/zh-HK'],
    ['an empty title', { ...fund, title: { en: ' ', 'zh-HK': '冬' } }, '/title/en'],
    ['a title of two lines', { ...fund, title: { en: 'A\nB', 'zh-HK': '冬' } }, '/title/en'],
    ['a third language', { ...fund, title: { en: 'A', 'zh-HK': '冬', fr: 'A' } }, '/title/fr'],
    ['a long story', { ...fund, story: { en: 'x'.repeat(8001), 'zh-HK': '冬' } }, '/story/en'],
    ['another currency', { ...fund, currency: 'usd' }, '/currency'],
    ['a goal of nothing', { ...fund, target: { kind: 'fund', goal: 0 } }, '/target/goal'],
    ['a goal with a fraction', { ...fund, target: { kind: 'fund', goal: 1.5 } }, '/target/goal'],
    ['a kind there is not', { ...fund, target: { kind: 'lottery' } }, '/target/kind'],
    ['no budget', { ...fund, target: { ...monthly.target, budgets: [] } }, '/target/budgets'],
    [
      'a month that is none',
      { ...fund, target: { ...monthly.target, firstMonth: '2026-13' } },
      '/target/firstMonth',
    ],
    [
      'budgets out of order',
      {
        ...fund,
        target: {
          kind: 'monthly-budget',
          firstMonth: '2026-10',
          budgets: ['2026-10', '2026-09'].map((from) => ({ from, amount: 1 })),
        },
      },
      '/target/budgets',
    ],
    [
      'a first month without a budget',
      {
        ...fund,
        target: { kind: 'monthly-budget', firstMonth: '2026-10', budgets: [{ from: '2026-11', amount: 1 }] },
      },
      '/target/budgets/0/from',
    ],
    [
      'a level below the smallest gift',
      { ...fund, levels: [level(charity.smallestGift - 1)] },
      '/levels/0/amount',
    ],
    ['the same level twice', { ...fund, levels: [level(50_000), level(50_000)] }, '/levels'],
    [
      'too many levels',
      { ...fund, levels: Array.from({ length: 13 }, (_, i) => level(50_000 + i)) },
      '/levels',
    ],
    ['a day without a time', { ...fund, opensAt: '2026-11-22' }, '/opensAt'],
    ['a time without an offset', { ...fund, opensAt: '2026-11-22T00:00:00' }, '/opensAt'],
    ['a day there is not', { ...fund, opensAt: '2026-02-30T00:00:00Z' }, '/opensAt'],
    [
      'a beginning that is of no month in Hong Kong',
      { ...fund, opensAt: '9999-12-31T23:59:59-12:00' },
      '/opensAt',
    ],
    ['a beginning in another millennium', { ...fund, opensAt: '9999-01-01T00:00:00Z' }, '/opensAt'],
    ['a beginning before 2000 in Hong Kong', { ...fund, opensAt: '2000-01-01T00:29:59+08:30' }, '/opensAt'],
    [
      'an end that is of no month in Hong Kong',
      { ...fund, closesAt: '2999-12-31T23:59:59-12:00' },
      '/closesAt',
    ],
    ['an end before the beginning', { ...fund, closesAt: '2020-01-01T00:00:00Z' }, '/closesAt'],
  ])('is refused with %s, by the field’s name', (_, body, pointer) => {
    expect(wrongIn(body)).toEqual([pointer]);
  });
});

import type { Campaign } from '../../functions/campaigns/campaign.ts';
import { hongKongMonth } from '../../functions/platform/clock.ts';

const lastMonth = (now: Date) => hongKongMonth(new Date(now.getTime() - 35 * 86_400_000));

/** The campaigns of the demonstration. Figures carry their source; texts are our own. */
export function demoCampaigns(now: Date): Campaign[] {
  const common = {
    currency: 'hkd',
    opensAt: new Date('2021-03-18T00:00:00+08:00'),
    closesAt: undefined,
  } as const;
  return [
    {
      ...common,
      slug: 'lai-chi-kok-warehouse',
      title: { en: 'A warehouse in Lai Chi Kok', 'zh-HK': '荔枝角貨倉：我們的新中心' },
      summary: {
        en: 'After seven years without rent we need a new centre: HK$10,000 a month keeps its doors open.',
        'zh-HK': '七年來我們借用免租辦公室，如今需要新的中心：每月 HK$10,000 便能維持運作。',
      },
      story: {
        en: 'Refugees in Hong Kong may not work, and what the government gives has not grown since 2014. Our centre is where clothes, food and baby things are brought, sorted and picked up, and where somebody listens.\n\nWe are losing the office that was lent to us for seven years. A warehouse unit in Lai Chi Kok would be office, store and meeting place at once. The budget is HK$10,000 a month (Refugee Union, March 2021).',
        'zh-HK':
          '難民在香港不能工作，而政府的援助自 2014 年起沒有增加。我們的中心收集、整理和派發衣物、食物和嬰兒用品，也是有人聆聽的地方。\n\n借用了七年的辦公室快要收回。荔枝角的一個貨倉單位可以同時作辦公室、倉庫和聚會場地，每月預算為 HK$10,000（難民協會，2021 年 3 月）。',
      },
      target: {
        kind: 'monthly-budget',
        firstMonth: lastMonth(now),
        budgets: [{ from: lastMonth(now), amount: 1_000_000 }],
      },
      levels: [
        { amount: 10_000, text: { en: 'helps with a day’s light and water', 'zh-HK': '支持一天的水電' } },
        {
          amount: 50_000,
          text: { en: 'a day and a half of the whole centre', 'zh-HK': '支持中心運作一天半' },
        },
        { amount: 100_000, text: { en: 'three days of the whole centre', 'zh-HK': '支持中心運作三天' } },
        { amount: 250_000, text: { en: 'a week of the whole centre', 'zh-HK': '支持中心運作一星期' } },
      ],
    },
    {
      ...common,
      slug: 'soup-kitchen',
      title: { en: 'Soup kitchen', 'zh-HK': '熱湯廚房' },
      summary: {
        en: 'HK$1,600 feeds up to 100 people in a day.',
        'zh-HK': 'HK$1,600 可讓多達 100 人吃一天飽。',
      },
      story: {
        en: 'A warm meal, cooked and eaten together. HK$1,600 feeds up to 100 people in a day (Christian Action, Centre for Refugees).',
        'zh-HK': '一起煮、一起吃的一頓熱飯。HK$1,600 可讓多達 100 人吃一天飽（基督教勵行會難民中心）。',
      },
      target: { kind: 'fund', goal: 4_800_000 },
      levels: [
        { amount: 40_000, text: { en: 'feeds 25 people for a day', 'zh-HK': '25 人一天的膳食' } },
        { amount: 80_000, text: { en: 'feeds 50 people for a day', 'zh-HK': '50 人一天的膳食' } },
        { amount: 160_000, text: { en: 'feeds 100 people for a day', 'zh-HK': '100 人一天的膳食' } },
      ],
    },
    {
      ...common,
      slug: 'education',
      title: { en: 'A child at school', 'zh-HK': '讓孩子上學' },
      summary: {
        en: 'HK$500 enables a refugee child to attend and succeed in school.',
        'zh-HK': 'HK$500 能讓一名難民兒童上學並好好學習。',
      },
      story: {
        en: 'Books, a uniform, help with homework. HK$500 enables a refugee child to attend and succeed in school (Christian Action, Centre for Refugees).',
        'zh-HK': '書本、校服、功課輔導。HK$500 能讓一名難民兒童上學並好好學習（基督教勵行會難民中心）。',
      },
      target: { kind: 'fund', goal: 3_000_000 },
      levels: [
        { amount: 25_000, text: { en: 'half of what one child needs', 'zh-HK': '一名孩子所需的一半' } },
        { amount: 50_000, text: { en: 'one child at school', 'zh-HK': '讓一名孩子上學' } },
        { amount: 100_000, text: { en: 'two children at school', 'zh-HK': '讓兩名孩子上學' } },
      ],
    },
    {
      ...common,
      slug: 'emergency-cash',
      title: { en: 'Emergency cash help', 'zh-HK': '緊急現金援助' },
      summary: {
        en: 'Small grants for a rent gap or a night without a roof.',
        'zh-HK': '為付不起的租金或無家可歸的一夜提供小額援助。',
      },
      story: {
        en: 'The government gives HK$1,500 a month for rent; the cheapest windowless room costs HK$4,000. Two women who share a room at HK$4,500 are HK$1,500 short between them (Refugee Union, 2021).',
        'zh-HK':
          '政府每月的租金援助為 HK$1,500，而最便宜的無窗房間也要 HK$4,000。兩名女士合租 HK$4,500 的房間，兩人合共仍欠 HK$1,500（難民協會，2021 年）。',
      },
      target: { kind: 'fund', goal: 2_000_000 },
      levels: [
        {
          amount: 20_000,
          text: { en: 'a month’s basic things for one person', 'zh-HK': '一人一個月的基本用品' },
        },
        { amount: 75_000, text: { en: 'one woman’s gap in the rent', 'zh-HK': '一名女士的租金差額' } },
        { amount: 150_000, text: { en: 'the whole gap for two', 'zh-HK': '兩人的全部差額' } },
      ],
    },
  ];
}

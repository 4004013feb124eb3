import type { Campaign, Source } from '#giving/campaigns/campaign.ts';
import { drawnPicture } from '#giving/campaigns/drawn-pictures.ts';
import { hongKongDay, hongKongMonth } from '#platform/clock.ts';
import { renderMarkdown } from '#platform/web/markdown.ts';

const day = 86_400_000;
const lastMonth = (now: Date) => hongKongMonth(new Date(now.getTime() - 35 * day));
/** The Hong Kong midnight that begins a day some days after another moment's. */
const midnightAfter = (now: Date, days: number) =>
  new Date(`${hongKongDay(new Date(now.getTime() + days * day))}T00:00:00+08:00`);

const refugeeUnion = (en: string, zh: string): Source => ({
  text: { en, 'zh-HK': zh },
  publisher: { en: 'Refugee Union', 'zh-HK': '難民協會' },
  date: { en: 'January to March 2021', 'zh-HK': '2021年1月至3月' },
});
const christianAction = (en: string, zh: string): Source => ({
  text: { en, 'zh-HK': zh },
  publisher: { en: 'Christian Action, Centre for Refugees', 'zh-HK': '基督教勵行會難民中心' },
  date: undefined,
});
const leitnerCenter = (en: string, zh: string): Source => ({
  text: { en, 'zh-HK': zh },
  publisher: { en: 'Leitner Center', 'zh-HK': 'Leitner Center' },
  date: { en: 'November 2023', 'zh-HK': '2023年11月' },
});

/** The campaigns of the demonstration. Figures carry their source; texts are our own. */
export function demoCampaigns(now: Date): Campaign[] {
  return [warehouse(now), soupKitchen(now), education(), emergencyCash()].map((campaign) => {
    const { en, 'zh-HK': chinese } = campaign.story;
    return { ...campaign, storyHtml: { en: renderMarkdown(en), 'zh-HK': renderMarkdown(chinese) } };
  });
}

const common = {
  status: 'published',
  awaits: undefined,
  storyHtml: undefined,
  currency: 'hkd',
  opensAt: new Date('2021-03-18T00:00:00+08:00'),
  closesAt: undefined,
  surplus: undefined,
} as const;

function warehouse(now: Date): Campaign {
  return {
    ...common,
    slug: 'lai-chi-kok-warehouse',
    title: { en: 'A warehouse in Lai Chi Kok', 'zh-HK': '荔枝角貨倉：我們的新中心' },
    summary: {
      en: 'After seven years without rent we need a new centre. HK$10,000 a month keeps its shutter up.',
      'zh-HK':
        '七年來我們一直借用免租的辦公室，如今要另覓新中心。每月 HK$10,000，便能讓新中心每日拉起鐵閘，打開大門。',
    },
    story: {
      en: 'For seven years an office was lent to us, and it was where clothes, shoes, food and baby things were brought, sorted, stored and picked up. Now it has to be given back.\n\nWe want to move into a warehouse in Lai Chi Kok: office, store and meeting place under one roof, with room for pallets from wholesalers too. It costs HK$10,000 a month.\n\nOur more than 1,000 members come from 30 countries; over 200 of them are babies and children. They may not work in Hong Kong, and what the government gives has not grown since 2014. The union gets no government, institutional or corporate support. It lives on what residents give.',
      'zh-HK':
        '七年來，我們一直借用別人的辦公室，在那裡收集、整理、存放和派發衣物、鞋、食物和嬰兒用品。如今這個地方要交還了。\n\n我們希望搬進荔枝角的一個貨倉：辦公室、倉庫和聚會的地方都在同一屋簷下，也放得下批發商整板送來的物資。每月開支為 HK$10,000。\n\n我們有超過 1,000 名會員，來自 30 個國家，當中 200 多名是嬰兒和兒童。他們在香港不能工作，而政府的援助自 2014 年起沒有增加。協會沒有政府、機構或企業的資助，全靠市民捐助。',
    },
    sources: [
      refugeeUnion(
        'Budget of HK$10,000 a month; 1,000+ members from 30 countries, 200+ of them babies and children; government help unchanged since 2014.',
        '每月預算 HK$10,000；逾 1,000 名會員來自 30 個國家，當中逾 200 名為嬰兒及兒童；政府援助自 2014 年起不變。',
      ),
    ],
    picture: drawnPicture('warehouse'),
    target: {
      kind: 'monthly-budget',
      firstMonth: lastMonth(now),
      budgets: [{ from: lastMonth(now), amount: 1_000_000 }],
    },
    levels: [
      { amount: 10_000, text: { en: 'keeps the centre for seven hours', 'zh-HK': '支持中心運作七小時' } },
      { amount: 50_000, text: { en: 'keeps it for a day and a half', 'zh-HK': '支持中心運作一日半' } },
      { amount: 100_000, text: { en: 'keeps it for three days', 'zh-HK': '支持中心運作三日' } },
      { amount: 250_000, text: { en: 'keeps it for a week', 'zh-HK': '支持中心運作一星期' } },
      { amount: 500_000, text: { en: 'keeps it for half a month', 'zh-HK': '支持中心運作半個月' } },
    ],
  };
}

function soupKitchen(now: Date): Campaign {
  return {
    ...common,
    slug: 'soup-kitchen',
    closesAt: midnightAfter(now, 24),
    title: { en: 'Soup kitchen', 'zh-HK': '愛心飯堂' },
    summary: {
      en: 'A warm meal for people who may not earn one: HK$1,600 feeds up to 100 of them in a day.',
      'zh-HK': '為不能工作謀生的人提供熱飯：HK$1,600 可供多達 100 人一日的膳食。',
    },
    story: {
      en: 'Asylum seekers in Hong Kong may not work. For food the government gives an adult HK$1,200 a month, which is HK$40 a day.\n\nA big pot goes further than a small one. HK$1,600 feeds up to 100 people in a day; HK$16 is one person’s share of it.',
      'zh-HK':
        '尋求庇護的人在香港不能工作。政府給每名成人的膳食援助為每月 HK$1,200，即每日 HK$40。\n\n大鍋煮食，總比各自張羅省錢。HK$1,600 可供多達 100 人一日的膳食，即每人只需 HK$16。',
    },
    sources: [
      christianAction('HK$1,600 feeds up to 100 people in a day.', 'HK$1,600 可供多達 100 人一日的膳食。'),
      refugeeUnion('HK$1,200 a month for an adult’s food.', '政府給每名成人的膳食援助為每月 HK$1,200。'),
    ],
    picture: drawnPicture('soup-kitchen'),
    target: { kind: 'fund', goal: 2_400_000 },
    levels: [
      { amount: 16_000, text: { en: 'feeds up to 10 people for a day', 'zh-HK': '供多達 10 人一日的膳食' } },
      { amount: 40_000, text: { en: 'feeds up to 25 people for a day', 'zh-HK': '供多達 25 人一日的膳食' } },
      { amount: 80_000, text: { en: 'feeds up to 50 people for a day', 'zh-HK': '供多達 50 人一日的膳食' } },
      {
        amount: 160_000,
        text: { en: 'feeds up to 100 people for a day', 'zh-HK': '供多達 100 人一日的膳食' },
      },
    ],
  };
}

function education(): Campaign {
  return {
    ...common,
    slug: 'education',
    title: { en: 'A child at school', 'zh-HK': '讓孩子上學' },
    summary: {
      en: 'HK$500 enables a refugee child to attend and succeed in school.',
      'zh-HK': 'HK$500 可幫助一名難民兒童上學，並學有所成。',
    },
    story: {
      en: 'Families wait for years in Hong Kong for an answer. Their children do not wait: they grow up here.\n\nHK$500 enables a refugee child to attend and succeed in school. The goal of this fund is ten children.',
      'zh-HK':
        '這些家庭在香港一等便是多年，孩子的成長卻不能等。\n\nHK$500 可幫助一名難民兒童上學，並學有所成。這個項目的目標是十名孩子。',
    },
    sources: [
      christianAction(
        'HK$500 enables a refugee child to attend and succeed in school.',
        'HK$500 可幫助一名難民兒童上學，並學有所成。',
      ),
    ],
    picture: drawnPicture('education'),
    surplus: {
      en: 'Every further HK$500 is for one more child at school.',
      'zh-HK': '每多 HK$500，便可再讓一名孩子上學。',
    },
    target: { kind: 'fund', goal: 500_000 },
    levels: [
      { amount: 25_000, text: { en: 'half of what one child needs', 'zh-HK': '一名孩子上學所需的一半' } },
      { amount: 50_000, text: { en: 'one child at school', 'zh-HK': '讓一名孩子上學' } },
      { amount: 100_000, text: { en: 'two children at school', 'zh-HK': '讓兩名孩子上學' } },
      { amount: 150_000, text: { en: 'three children at school', 'zh-HK': '讓三名孩子上學' } },
    ],
  };
}

function emergencyCash(): Campaign {
  return {
    ...common,
    slug: 'emergency-cash',
    title: { en: 'Emergency cash help', 'zh-HK': '緊急現金援助' },
    summary: {
      en: 'Small grants, paid out in cash: for a gap in the rent, or when somebody is released from detention.',
      'zh-HK': '以現金發放的小額援助，用以填補租金差額，或幫助剛結束羈留的人。',
    },
    story: {
      en: 'For rent the government gives an adult HK$1,500 a month. The cheapest room there is, ten square metres without a window, costs HK$4,000.\n\nTwo women without a home found a room at HK$4,500 and share it. Between them they are HK$1,500 short. It is gaps like this one that this fund closes.\n\nAbout 14,700 people are seeking protection in Hong Kong, and 1.3% of the claims are accepted.',
      'zh-HK':
        '政府給每名成人的租金援助為每月 HK$1,500，而最便宜的房間，十平方米、沒有窗，也要 HK$4,000。\n\n兩名無家可歸的女士找到一個 HK$4,500 的房間合租，兩人合共仍欠 HK$1,500。這個項目正是為了填補這樣的差額。\n\n現時約有 14,700 人在香港尋求保護，獲確認的聲請只有 1.3%。',
    },
    sources: [
      refugeeUnion(
        'Rent help of HK$1,500, room prices, and the two women’s gap.',
        '租金援助 HK$1,500、房間租金及兩名女士的差額。',
      ),
      christianAction(
        'HK$200 provides a refugee with a month’s basic material items and services.',
        'HK$200 可為一名難民提供一個月的基本物資及服務。',
      ),
      leitnerCenter(
        'About 14,700 people seeking protection; 1.3% of claims accepted.',
        '約 14,700 人尋求保護；1.3% 的聲請獲確認。',
      ),
    ],
    picture: drawnPicture('emergency-cash'),
    target: { kind: 'fund', goal: 2_000_000 },
    levels: [
      {
        amount: 20_000,
        text: { en: 'a month’s basic things for one person', 'zh-HK': '一人一個月的基本用品' },
      },
      {
        amount: 40_000,
        text: { en: 'a month’s basic things for two people', 'zh-HK': '兩人一個月的基本用品' },
      },
      {
        amount: 75_000,
        text: { en: 'one woman’s half of such a gap in the rent', 'zh-HK': '其中一名女士的租金差額' },
      },
      { amount: 150_000, text: { en: 'the whole gap for two', 'zh-HK': '兩人的全部租金差額' } },
    ],
  };
}

import type { CampaignAnswer, CampaignsAnswer } from '#giving/campaigns/campaign-answer.ts';
import type { CheckoutAnswer, StartedCheckoutAnswer } from '#giving/gift-form/checkout-answer.ts';
import type { GiftsAnswer } from '#giving/latest-gifts/gift-answer.ts';
import type { MoneyAnswer } from '#giving/money-page/money-answer.ts';

const campaign: CampaignAnswer = {
  slug: 'lai-chi-kok-warehouse',
  kind: 'monthly-budget',
  state: 'open',
  title: { en: 'A warehouse in Lai Chi Kok', 'zh-HK': '荔枝角貨倉' },
  summary: { en: 'HK$10,000 a month keeps its doors open.', 'zh-HK': '每月 HK$10,000 便能維持運作。' },
  currency: 'HKD',
  goal: 1_000_000,
  raised: 2_140_000,
  supporters: 57,
  levels: [
    { amount: 50_000, text: { en: 'a day and a half of the whole centre', 'zh-HK': '支持中心運作一日半' } },
  ],
  month: { month: '2026-11', raised: 920_000, carriedOver: 140_000, pledged: 0, monthsCovered: 1 },
};

const campaigns: CampaignsAnswer = { data: [campaign], nextCursor: null };

const payments: GiftsAnswer = {
  data: [
    { name: 'Juniper', amount: 50_000, message: null, frequency: 'once', at: '2026-11-22T04:05:06.000Z' },
    { name: null, amount: null, message: null, frequency: 'once', at: '2026-11-21T23:59:59.000Z' },
  ],
  nextCursor: 'WyIyMDI2LTEwIixudWxsLDBd',
};

const fund = {
  received: 3_000_000,
  cover: 0,
  fees: 112_000,
  refunded: 50_000,
  disputed: 0,
  opening: 0,
  transferredIn: 0,
  transferredOut: 0,
  corrected: 0,
};

const money: MoneyAnswer = {
  slug: 'emergency-cash',
  currency: 'HKD',
  allPassedOn: true,
  total: {
    ...fund,
    passedOn: 2_100_000,
    held: 850_000,
    purposes: [
      { category: 'rent', amount: 1_600_000 },
      { category: 'other', amount: 500_000 },
    ],
  },
  months: [
    {
      month: '2026-10',
      ...fund,
      feesBorneBy: 'receiver',
      passedOn: 2_100_000,
      held: 850_000,
      purposes: [
        { category: 'rent', amount: 1_600_000 },
        { category: 'other', amount: 500_000 },
      ],
    },
  ],
};

const started: StartedCheckoutAnswer = {
  checkoutId: 'chk_0123456789abcdef0123456789abcdef',
  checkoutUrl: 'https://checkout.stripe.com/c/pay/cs_test_a1b2c3',
};

const checkout: CheckoutAnswer = {
  status: 'paid',
  amount: 52_003,
  cover: 2003,
  subject: { kind: 'campaign', slug: 'lai-chi-kok-warehouse' },
  campaign: 'lai-chi-kok-warehouse',
};

/** What public answers look like, by the names of their schemas. The people are invented. */
export const examples: Readonly<Record<string, unknown>> = {
  Campaign: campaign,
  CampaignPage: campaigns,
  GiftPage: payments,
  Money: money,
  StartedCheckout: started,
  Checkout: checkout,
};

/** What the events of other services look like. */
export const events = {
  resend: {
    type: 'email.bounced',
    created_at: '2026-11-22T04:05:06.000Z',
    data: { email_id: 'a-mail' },
  },
  stripe: { id: 'evt_1', object: 'event', type: 'checkout.session.completed', data: { object: {} } },
};

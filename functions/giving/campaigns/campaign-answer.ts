import * as z from 'zod/mini';
import { monthPattern } from '#platform/clock.ts';

const text = (description: string) => z.string().check(z.describe(description));
const amount = (description: string) =>
  z.int().check(z.describe(`${description} Minor units: 50000 is HK$500.00.`));
const count = (description: string) => z.int().check(z.minimum(0), z.describe(description));

const bilingual = z.object({
  en: text('English.'),
  'zh-HK': text('Traditional Chinese of Hong Kong.'),
});

const level = z.object({ amount: amount('The amount.'), text: bilingual });

const month = z.object({
  month: z.string().check(z.regex(monthPattern), z.describe('The present month in Hong Kong.')),
  raised: amount('What this month raised, net of refunds.'),
  carriedOver: amount('What the months before had above their budgets; a shortfall is not carried.'),
  pledged: amount('What monthly gifts will still bring this month. Always 0 today.'),
  monthsCovered: z.number().check(z.describe('(carried over + raised) / budget, one decimal, rounded down.')),
});

export const campaignAnswer = z.object({
  slug: text('Names the campaign in addresses.'),
  kind: z
    .enum(['fund', 'monthly-budget'])
    .check(z.describe('A fund has one goal; a monthly budget has one each month.')),
  state: z.enum(['not-yet-open', 'open', 'closed']).check(z.describe('Gifts are taken while it is open.')),
  title: bilingual,
  summary: bilingual,
  currency: z.string().check(z.regex(/^[A-Z]{3}$/), z.describe('ISO 4217.')),
  goal: z.nullable(amount('The goal of a fund; the budget of the present month for a monthly budget.')),
  raised: amount('What came in so far, net of refunds.'),
  supporters: count('How many gifts were counted.'),
  levels: z.array(level).check(z.describe('Amounts with what each does.')),
  month: z.optional(month).check(z.describe('The figures of the present month; only with a monthly budget.')),
});

export const campaignsAnswer = z.object({
  data: z.array(campaignAnswer),
  nextCursor: z
    .nullable(z.string())
    .check(z.describe('The `cursor` of the next page; null on the last one.')),
});

export type CampaignAnswer = z.infer<typeof campaignAnswer>;
export type CampaignsAnswer = z.infer<typeof campaignsAnswer>;

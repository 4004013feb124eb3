import * as z from 'zod/mini';
import { type Category, categoryNames } from '#accounting/disbursements/categories.ts';
import { monthPattern } from '#platform/clock.ts';
import type { Currency } from '#platform/money.ts';
import type { MoneyView } from './read-money.ts';

const amount = (description: string) =>
  z.int().check(z.describe(`${description} Minor units: 50000 is HK$500.00.`));
const category = z.enum(categoryNames as [Category, ...Category[]]).check(z.describe('What it was for.'));

const groups = z.array(
  z.object({
    category,
    amount: amount(
      'What suppliers got, and of what families got a sum of five payments or more to five families or more.',
    ),
  }),
);

const figures = {
  received: amount('Gifts, without what donors added for the card fee.'),
  cover: amount('What donors added for the card fee.'),
  fees: amount('What the card company took.'),
  refunded: amount('What went back to donors, net of refunds that failed.'),
  disputed: amount('What disputes took, net of what came back.'),
  opening: amount('What was there before these books.'),
  transferredIn: amount('What came from other campaigns.'),
  transferredOut: amount('What went to other campaigns.'),
  corrected: amount('What corrections added.'),
  held: amount('What is held at the end, with payments that are not shown yet.'),
  purposes: groups,
};

const month = z.object({
  month: z.string().check(z.regex(monthPattern), z.describe('A month of the books.')),
  ...figures,
  feesBorneBy: z.enum(['receiver', 'fund']).check(z.describe('Who bore the card fees.')),
  passedOn: z
    .nullable(amount('The sum of the purposes that are shown.'))
    .check(
      z.describe(
        'The sum of the purposes; payments to families are added about a week after the month’s end. Null while nothing is shown. Minor units: 50000 is HK$500.00.',
      ),
    ),
});

export const moneyAnswer = z.object({
  slug: z.string().check(z.describe('Names the campaign in addresses.')),
  currency: z.string().check(z.regex(/^[A-Z]{3}$/), z.describe('ISO 4217.')),
  allPassedOn: z
    .boolean()
    .check(
      z.describe(
        'Whether the books prove that all that was received, less what went back, was passed on or is held, that what is held is there, and that the fees were borne by the receiver.',
      ),
    ),
  total: z.object({ ...figures, passedOn: amount('The sum of all purposes that are shown.') }),
  months: z.array(month).check(z.describe('Oldest first, without gaps.')),
});

export type MoneyAnswer = z.infer<typeof moneyAnswer>;

/** Each field is named: nothing else becomes public. */
export function toMoneyAnswer({ campaign, money }: MoneyView): MoneyAnswer {
  return {
    slug: campaign.slug,
    currency: (campaign.currency satisfies Currency).toUpperCase(),
    allPassedOn: money.proof.holds,
    total: { ...figuresOf(money.sums), passedOn: money.sums.passedOn },
    months: money.months.map((each) => ({
      month: each.month,
      ...figuresOf(each),
      feesBorneBy: each.feesBorneBy,
      passedOn: each.passedOn ?? null,
    })),
  };
}

function figuresOf(from: MoneyView['money']['sums'] | MoneyView['money']['months'][number]) {
  return {
    received: from.received,
    cover: from.cover,
    fees: from.fees,
    refunded: from.refunded,
    disputed: from.disputed,
    opening: from.opening,
    transferredIn: from.transferredIn,
    transferredOut: from.transferredOut,
    corrected: from.corrected,
    held: from.held,
    purposes: from.groups.map(({ category: name, amount: value }) => ({ category: name, amount: value })),
  };
}

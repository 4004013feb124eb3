import * as z from 'zod/mini';
import { type DaySums, netOf } from '#accounting/accounts/day-sums.ts';
import { cents, count, described, text, time } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import { readIncome } from './read-income.ts';

const sums = () => ({
  payments: count,
  gross: cents('All that was taken.'),
  fees: cents('What Stripe took, with the fees of disputes.'),
  refunded: cents('Refunds, and what disputes took.'),
  net: cents(),
});

const totals = endpoint({
  id: 'getTotals',
  method: 'get',
  path: '/api/staff/totals',
  right: 'ledger.read',
  summary: 'What came in and went out',
  description:
    'Of all funds together: today, in the last 7 and 30 days, in the tax year since 1 April, and in each of the last twelve months; as it was last added up, at most an hour ago.',
  input: {},
  answer: () =>
    z.object({
      totals: z.object({
        today: z.object(sums()),
        week: z.object(sums()),
        days30: z.object(sums()),
        taxYear: z.object(sums()),
      }),
      months: described(z.array(z.object({ month: text, ...sums() })), 'The oldest first.'),
      currency: text,
      asOf: z.nullable(time),
    }),
  run: async (_, { table, now, permit }) => {
    const { totals: all, months, asOf } = await readIncome({ permit }, { table, now });
    return {
      totals: {
        today: toJson(all.today),
        week: toJson(all.week),
        days30: toJson(all.days30),
        taxYear: toJson(all.taxYear),
      },
      months: months.map(({ month, ...each }) => ({ month, ...toJson(each) })),
      currency: 'HKD',
      asOf: asOf?.toISOString() ?? null,
    };
  },
});

/** The staff's operation on totals. */
export const incomeApi = [totals];

function toJson(each: DaySums) {
  return { ...each, net: netOf(each) };
}

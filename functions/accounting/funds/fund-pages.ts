import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import { month } from '#kernel/staff/month-input.ts';
import { hongKongMonth, lastMonths } from '#platform/clock.ts';
import { Funds } from './fund-desk.tsx';
import { fundWords as words } from './fund-words.ts';
import { readFund } from './read-fund.ts';

const choosable = 24;

const money = deskPage({
  path: '/staff/funds',
  right: 'ledger.read',
  label: words.label,
  input: { month },
  read: async ({ month: of }, { table, now, funds }) => {
    const names = await funds();
    const books = await Promise.all(
      names.map(async (fund) => ({ fund, ...(await readFund(fund.slug, { table })) })),
    );
    const months = lastMonths(now, choosable);
    return { books, month: of, months: months.includes(of) ? months : [hongKongMonth(now), of] };
  },
  title: () => words.title,
  show: (data) => Funds(data),
});

/** The page of what the funds hold. */
export const fundPages = [money];

import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import { choosableMonths, month } from '#kernel/staff/month-input.ts';
import { Funds } from './fund-desk.tsx';
import { fundWords as words } from './fund-words.ts';
import { readFund } from './read-fund.ts';

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
    return { books, month: of, months: choosableMonths(of, now) };
  },
  title: () => words.title,
  show: (data) => Funds(data),
});

/** The page of what the funds hold. */
export const fundPages = [money];

import { listMonths } from '#accounting/accounts/list-accounts.ts';
import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import { Months } from './month-desk.tsx';
import { monthWords as words } from './month-words.ts';

const list = deskPage({
  path: '/staff/months',
  right: 'ledger.read',
  input: {},
  read: async (_, { table, now, permit }) => ({ months: await listMonths({ permit }, { table, now }) }),
  title: () => words.title,
  show: (data) => Months(data),
});

/** The page of the months. */
export const monthPages = [list];

import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import { IncomeDesk } from './income-desk.tsx';
import { incomeWords as words } from './income-words.ts';
import { readIncome } from './read-income.ts';

const totals = deskPage({
  path: '/staff/totals',
  right: 'ledger.read',
  label: words.label,
  input: {},
  read: async (_, { table, now, permit }) => ({ income: await readIncome({ permit }, { table, now }) }),
  title: () => words.title,
  show: (data) => IncomeDesk(data),
});

/** The page of totals. */
export const incomePages = [totals];

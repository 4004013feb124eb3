import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import { AccountsDesk, accountWords as words } from './account-desk.tsx';
import { listAccounts } from './list-accounts.ts';

const accounts = deskPage({
  path: '/staff/accounts',
  right: 'ledger.read',
  input: {},
  read: async (_, { table, now, permit, funds }) => {
    const [names, found] = await Promise.all([funds(), listAccounts({ permit }, { table, now })]);
    return { accounts: found, funds: names };
  },
  title: () => words.title,
  show: (data) => AccountsDesk(data),
});

/** The page of the accounts. */
export const accountPages = [accounts];

import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import { deskForm } from '#kernel/staff/form-endpoint.ts';
import { choosableMonths, earlierMonth, month } from '#kernel/staff/month-input.ts';
import { acceptPayoutEndpoint } from './payout-api.ts';
import { isAcceptable, Payouts, payoutTitle } from './payout-desk.tsx';
import { monthOfPayout } from './payout-item.ts';
import { payoutWords as words } from './payout-words.ts';
import { readPayouts, readStoredPayout } from './read-payouts.ts';

const list = deskPage({
  path: '/staff/payouts',
  right: 'ledger.read',
  input: { month },
  read: async ({ month: of }, { table, now, permit }) => ({
    ...{ month: of, months: choosableMonths(of, now), earlier: earlierMonth(of) },
    payouts: await readPayouts({ month: of, permit }, { table }),
  }),
  title: () => words.title,
  show: (page, view) => Payouts({ page, view }),
});

const accept = deskForm({
  operation: acceptPayoutEndpoint,
  path: '/staff/payouts/{payoutId}/accept',
  read: async ({ payoutId }, { table }) => readStoredPayout(payoutId, { table }),
  title: (payout) => words.acceptTitle(payoutTitle(payout)),
  over: (payout) => (isAcceptable(payout) ? undefined : words.nothing),
  fields: () => [{ name: 'reason', kind: 'lines', label: words.reason, hint: words.reasonHint }],
  button: words.goOn,
  confirm: (_, payout) => ({
    sentence: words.ask(payoutTitle(payout), words.states.accepted),
    button: words.accept,
  }),
  back: (_, payout) => `/staff/payouts?month=${monthOfPayout(payout)}`,
  done: 'accepted',
});

/** The pages of payouts. */
export const payoutPages = [list, ...accept];

import { summarizeAccounts } from '#accounting/accounts/summarize-accounts.ts';
import { summarizeFunds } from '#accounting/funds/summarize-funds.ts';
import { matchPayouts } from '#accounting/payouts/match-payouts.ts';
import { recordFees } from '#accounting/payouts/record-fees.ts';
import { reconcile } from '#accounting/reconciliation/reconcile.ts';
import { watchBalance } from '#accounting/reconciliation/watch-balance.ts';
import { archiveEvents } from '#apps/webhooks/archive-events.ts';
import { doParts } from '#kernel/attention/attempt-each.ts';
import { openStripe } from '#payments/checkout/gateway.ts';
import { dueAt } from '#platform/clock.ts';
import { secret, variable } from '#platform/config.ts';
import { openFiles } from '#platform/files/file-store.ts';
import { log } from '#platform/log.ts';
import { openTable } from '#platform/table/table.ts';

const table = openTable(variable('TABLE_NAME'));
const stripeKey = secret('STRIPE_SECRET_KEY_PARAMETER');

/** The schedule's input; `at` is its own time, ISO 8601. */
export interface BooksEvent {
  readonly task:
    | 'record-fees'
    | 'match-payouts'
    | 'summarize-accounts'
    | 'summarize-funds'
    | 'archive-events'
    | 'reconcile';
  readonly at: string;
}

/**
 * Lambda `books`: compares the books with Stripe and adds them up, when its schedule says so. A failure is recorded, calls a person
 * when it repeats, and fails the task at its end.
 */
export async function handler(event: BooksEvent): Promise<void> {
  const now = dueAt(event.at);
  const parts = Object.hasOwn(tasks, event.task) ? tasks[event.task](now) : undefined;
  if (!parts) throw new Error(`There is no task "${String(event.task)}".`);
  await doParts(parts, { table, now });
}

type Parts = Readonly<Record<string, () => Promise<void>>>;

const atStripe = async (now: Date) => ({ table, now, stripe: openStripe(await stripeKey()) });

const tasks: Readonly<Record<BooksEvent['task'], (now: Date) => Parts>> = {
  'record-fees': (now) => ({
    'record-fees': async () => log('info', 'fees-recorded', await recordFees(await atStripe(now))),
  }),
  'match-payouts': (now) => ({
    'match-payouts': async () =>
      log('info', 'payouts-matched', { ...(await matchPayouts(await atStripe(now))) }),
  }),
  'summarize-accounts': (now) => ({
    'summarize-accounts': async () =>
      log('info', 'accounts-summarized', { months: await summarizeAccounts({ table, now }) }),
  }),
  'summarize-funds': (now) => ({
    'summarize-funds': async () =>
      log('info', 'funds-summarized', { ...(await summarizeFunds({}, { table, now })) }),
  }),
  'archive-events': (now) => ({
    'archive-events': async () => {
      const files = openFiles(variable('FILES_BUCKET'));
      log('info', 'events-archived', { ...(await archiveEvents({ files, ...(await atStripe(now)) })) });
    },
  }),
  reconcile: (now) => ({
    reconcile: async () => {
      const ctx = { ...(await atStripe(now)), random: Math.random };
      log('info', 'books-reconciled', { ...(await reconcile(ctx)) });
    },
    balance: async () => {
      const { others, ...balance } = await watchBalance(await atStripe(now));
      log('info', 'balance-compared', { ...balance, otherCurrencies: others.size });
    },
  }),
};

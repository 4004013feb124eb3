import { archiveEvents } from './archive/archive-events.ts';
import { openFiles } from './files/file-store.ts';
import { matchPayouts } from './ledger/match-payouts.ts';
import { recordFees } from './ledger/record-fees.ts';
import { summarizeAccounts } from './ledger/summarize-accounts.ts';
import { summarizeFunds } from './money/summarize-funds.ts';
import { dueAt } from './platform/clock.ts';
import { secret, variable } from './platform/config.ts';
import { log } from './platform/log.ts';
import { reconcile } from './reconciliation/reconcile.ts';
import { watchBalance } from './reconciliation/watch-balance.ts';
import { checkSessions } from './stripe/check-sessions.ts';
import { openStripe } from './stripe/gateway.ts';
import { openTable } from './table/table.ts';

const table = openTable(variable('TABLE_NAME'));
const stripeKey = secret('STRIPE_SECRET_KEY_PARAMETER');

/** What a schedule asks for; `at` is its own time, ISO 8601. */
export interface BooksEvent {
  readonly task:
    | 'record-fees'
    | 'match-payouts'
    | 'summarize-accounts'
    | 'summarize-funds'
    | 'archive-events'
    | 'check-sessions'
    | 'reconcile';
  readonly at: string;
}

/** Lambda `books`: compares the books with Stripe and adds them up, at the time that its schedule says. */
export async function handler(event: BooksEvent): Promise<void> {
  const now = dueAt(event.at);
  switch (event.task) {
    case 'record-fees':
      log('info', 'fees-recorded', await recordFees({ table, now, stripe: openStripe(await stripeKey()) }));
      return;
    case 'match-payouts':
      log('info', 'payouts-matched', {
        ...(await matchPayouts({ table, now, stripe: openStripe(await stripeKey()) })),
      });
      return;
    case 'summarize-accounts':
      log('info', 'accounts-summarized', { months: await summarizeAccounts(table, now) });
      return;
    case 'summarize-funds':
      log('info', 'funds-summarized', { ...(await summarizeFunds(table, now)) });
      return;
    case 'archive-events': {
      const files = openFiles(variable('FILES_BUCKET'));
      const archived = await archiveEvents({ files, now, stripe: openStripe(await stripeKey()) });
      log('info', 'events-archived', { ...archived });
      return;
    }
    case 'check-sessions': {
      const deps = { table, now, random: Math.random, stripe: openStripe(await stripeKey()) };
      log('info', 'sessions-checked', { ...(await checkSessions(deps)) });
      return;
    }
    case 'reconcile': {
      const deps = { table, now, stripe: openStripe(await stripeKey()) };
      log('info', 'books-reconciled', { ...(await reconcile(deps)) });
      const { others, ...balance } = await watchBalance(deps);
      log('info', 'balance-compared', { ...balance, otherCurrencies: others.size });
      return;
    }
    default:
      throw new Error(`There is no task "${String(event.task)}".`);
  }
}

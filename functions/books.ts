import type { Context } from 'aws-lambda';
import { readBooks } from '#accounting/accounts/read-books.ts';
import { summarizeAccounts } from '#accounting/accounts/summarize-accounts.ts';
import { rollUpMonths } from '#accounting/funds/roll-up-months.ts';
import { KnownMonths, summarizeFunds } from '#accounting/funds/summarize-funds.ts';
import { closeDueMonths } from '#accounting/months/close-month.ts';
import { matchPayouts } from '#accounting/payouts/match-payouts.ts';
import { recordFees } from '#accounting/payouts/record-fees.ts';
import { reconcile } from '#accounting/reconciliation/reconcile.ts';
import { watchBalance } from '#accounting/reconciliation/watch-balance.ts';
import { archiveEvents } from '#apps/webhooks/archive-events.ts';
import { enqueueDigest } from '#apps/workers/enqueue-digest.ts';
import { keepDonorIndex } from '#giving/donors/keep-donor-index.ts';
import { watchPromises } from '#giving/promises/watch-promises.ts';
import { recountSupporters } from '#giving/supporters/recount-supporters.ts';
import { doParts } from '#kernel/attention/attempt-each.ts';
import { readInForce } from '#kernel/settings/read-settings.ts';
import { openStripe } from '#payments/checkout/gateway.ts';
import { recountAllStock } from '#payments/stock/recount-stock.ts';
import { dueAt, hongKongMonth, previousMonth, startOfMonth } from '#platform/clock.ts';
import { maybeSecret, secret, variable } from '#platform/config.ts';
import type { Context as PlatformContext } from '#platform/context/context.ts';
import { openFiles } from '#platform/files/file-store.ts';
import { KeyedHash } from '#platform/ids.ts';
import { log } from '#platform/log.ts';
import { withSettings } from '#platform/settings.ts';
import { openTable } from '#platform/table/table.ts';

const table = openTable(variable('TABLE_NAME'));
// A stage without it takes no cards: then nothing is compared with Stripe.
const stripeKey = maybeSecret('STRIPE_SECRET_KEY_PARAMETER');
const hashKey = secret('HASH_KEY_PARAMETER');

/** The schedule's input; `at` is its own time, ISO 8601. */
export interface BooksEvent {
  readonly task: 'books' | 'night' | 'month';
  readonly at: string;
}

/**
 * Lambda `books`: compares the books with Stripe and adds them up, when its schedule says so. A failure is recorded, calls a person
 * when it repeats, and fails the task at its end.
 */
export async function handler(
  event: BooksEvent,
  { getRemainingTimeInMillis: timeLeft }: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<void> {
  const now = dueAt(event.at);
  const parts = Object.hasOwn(tasks, event.task) ? tasks[event.task](now) : undefined;
  if (!parts) throw new Error(`There is no task "${String(event.task)}".`);
  await withSettings(await readInForce({ table }), () => doParts(parts, { table, now, timeLeft }));
}

type Parts = Readonly<Record<string, () => Promise<void>>>;

/** What the parts that need Stripe are given. */
type AtStripe = () => Promise<Pick<PlatformContext, 'table' | 'now' | 'stripe'>>;

/** Parts that need Stripe: none where there is no key. */
function partsAtStripe(now: Date, parts: (at: AtStripe) => Parts): Parts {
  return stripeKey ? parts(async () => ({ table, now, stripe: openStripe(await stripeKey()) })) : {};
}

/** The sweep indexes what came in the last days; what it missed, or what is of an earlier day, is found here. */
async function indexDonors(since: Date, now: Date): Promise<void> {
  const hash = async () => new KeyedHash(await hashKey());
  log('info', 'donors-indexed', { indexed: await keepDonorIndex({ since }, { table, now, hash }) });
}

const sums = (now: Date, only?: 'due'): Parts => {
  const known = new KnownMonths();
  const due = only && { only };
  return {
    'summarize-accounts': async () =>
      log('info', 'accounts-summarized', {
        months: await summarizeAccounts({ table, now, ...due, ledger: known.ledger }),
      }),
    'summarize-funds': async () =>
      log('info', 'funds-summarized', { ...(await summarizeFunds({ ...due, known }, { table, now })) }),
  };
};

const tasks: Readonly<Record<BooksEvent['task'], (now: Date) => Parts>> = {
  books: (now) => ({
    ...partsAtStripe(now, (at) => ({
      'record-fees': async () => log('info', 'fees-recorded', await recordFees(await at())),
      'match-payouts': async () => log('info', 'payouts-matched', { ...(await matchPayouts(await at())) }),
    })),
    digest: async () => log('info', 'digest', { outcome: await enqueueDigest({ table, now }) }),
    // After the hour's fees.
    ...sums(now, 'due'),
  }),
  night: (now) => ({
    ...partsAtStripe(now, (at) => ({
      reconcile: async () => {
        const ctx = { ...(await at()), random: Math.random };
        log('info', 'books-reconciled', { ...(await reconcile(ctx)) });
      },
    })),
    supporters: async () =>
      log('info', 'supporters-recounted', {
        missed: await recountSupporters({ table, now }),
      }),
    'donor-index': () => indexDonors(startOfMonth(previousMonth(hongKongMonth(now))), now),
    promises: async () => log('info', 'promises-watched', await watchPromises({ table, now })),
    stock: async () => log('info', 'stock-recounted', { differing: await recountAllStock({ table, now }) }),
    ...partsAtStripe(now, (at) => ({
      balance: async () => {
        const { others, ...balance } = await watchBalance(await at());
        log('info', 'balance-compared', { ...balance, otherCurrencies: others.size });
      },
      'archive-events': async () => {
        const files = openFiles(variable('FILES_BUCKET'));
        log('info', 'events-archived', { ...(await archiveEvents({ files, ...(await at()) })) });
      },
    })),
    'close-months': async () => {
      const closed = await closeDueMonths({ table, now });
      if (closed.length > 0) log('info', 'months-closed', { months: closed.join(' ') });
    },
    // Every open month, and what the hour leaves alone.
    ...sums(now),
  }),
  month: (now) => ({
    'roll-up': async () =>
      log('info', 'months-rolled-up', { campaigns: (await rollUpMonths({ table, now })).length }),
    'donor-index': async () => {
      const [first = hongKongMonth(now)] = (await readBooks({ table, now })).months;
      await indexDonors(startOfMonth(first), now);
    },
  }),
};

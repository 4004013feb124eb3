import { summarizeAccounts } from '#accounting/accounts/summarize-accounts.ts';
import { rollUpMonths } from '#accounting/funds/roll-up-months.ts';
import { matchPayouts } from '#accounting/payouts/match-payouts.ts';
import { recordFees } from '#accounting/payouts/record-fees.ts';
import { sweepEvents } from '#apps/webhooks/sweep-events.ts';
import { runWork } from '#apps/workers/run-work.ts';
import { runParkedPayments } from '#payments/payment/record-payment.ts';
import { runParkedRefunds } from '#payments/refunds/receive-refund.ts';
import { runRefundRequests } from '#payments/refunds/run-refund-requests.ts';
import { isFirstSweepOfHour } from '#platform/table/swept-hours.ts';
import type { History } from './history.ts';
import type { Task } from './steps.ts';

/** Runs one task of our schedules and queues; one that crashed runs again when it is due again. */
export async function work(history: History, task: Task): Promise<void> {
  try {
    await run(history, task);
  } catch (error) {
    if (!history.crashes.hasEnded) throw error;
  }
}

async function run(history: History, task: Task): Promise<void> {
  const { table, stripe, clock } = history;
  const now = clock();
  const ctx = { table, stripe, now, random: Math.random };
  switch (task) {
    case 'refresh':
      // Messages of the queue are worked on side by side; one that failed comes again.
      await Promise.all(
        [...history.queue].map(async (key) => {
          await runWork(key, { table, stripe, clock, random: Math.random });
          history.queue.delete(key);
        }),
      );
      return;
    case 'sweep': {
      // Reading a list of what is parked takes 27 requests, so an empty one is not read.
      const { waiting } = history;
      // The first sweep of an hour looks back a day, the others an hour.
      if (!isFirstSweepOfHour(now)) history.pass(60 - now.getUTCMinutes());
      const swept = { ...ctx, now: clock() };
      const whose = () => Promise.resolve('ours' as const);
      if (waiting.has('payments')) await runParkedPayments({ ...swept, whose });
      if (waiting.has('refunds')) await runParkedRefunds({ ...swept, whose });
      if (waiting.has('requests')) {
        await runRefundRequests({ ...swept, stripe: () => Promise.resolve(stripe) });
      }
      return;
    }
    case 'sweep-events':
      // What it finds at Stripe may be parked too.
      history.waiting.add('payments').add('refunds');
      await sweepEvents('all', { ...ctx, livemode: false });
      return;
    case 'fees':
      await recordFees(ctx);
      return;
    case 'payouts':
      await matchPayouts(ctx);
      return;
    case 'roll-up':
      await rollUpMonths({ table, now });
      return;
    case 'accounts':
      history.hasAccounts = true;
      await summarizeAccounts({ table, now });
  }
}

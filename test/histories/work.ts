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
import type { Task } from './steps.ts';
import type { World } from './world.ts';

/** Runs one task of our schedules and queues; one that crashed runs again when it is due again. */
export async function work(world: World, task: Task): Promise<void> {
  try {
    await run(world, task);
  } catch (error) {
    if (!world.crashes.hasEnded) throw error;
  }
}

async function run(world: World, task: Task): Promise<void> {
  const { table, stripe, clock } = world;
  const now = clock();
  const deps = { table, stripe, now, random: Math.random };
  switch (task) {
    case 'refresh':
      // Messages of the queue are worked on side by side; one that failed comes again.
      await Promise.all(
        [...world.queue].map(async (key) => {
          await runWork(key, { table, stripe, clock, random: Math.random });
          world.queue.delete(key);
        }),
      );
      return;
    case 'sweep': {
      // Reading a list of what is parked takes 27 requests, so an empty one is not read.
      const { waiting } = world;
      // The first sweep of an hour looks back a day, the others an hour.
      if (!isFirstSweepOfHour(now)) world.pass(60 - now.getUTCMinutes());
      const swept = { ...deps, now: clock() };
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
      world.waiting.add('payments').add('refunds');
      await sweepEvents('all', { ...deps, livemode: false });
      return;
    case 'fees':
      await recordFees(deps);
      return;
    case 'payouts':
      await matchPayouts(deps);
      return;
    case 'roll-up':
      await rollUpMonths({ table, now });
      return;
    case 'accounts':
      world.hasAccounts = true;
      await summarizeAccounts({ table, now });
  }
}

import { SQSClient } from '@aws-sdk/client-sqs';
import { rollUpMonths } from './campaigns/roll-up-months.ts';
import { watchDisputes } from './disputes/watch-disputes.ts';
import { runParkedPayments } from './gifts/receive-payment.ts';

import { reoffer } from './outbox/reoffer.ts';
import { callLimits } from './platform/call-limits.ts';

import { dueAt } from './platform/clock.ts';
import { secret, variable } from './platform/config.ts';
import { log } from './platform/log.ts';
import { checkRefunds } from './refunds/check-refunds.ts';
import { runParkedRefunds } from './refunds/receive-refund.ts';
import { runRefundRequests } from './refunds/run-refund-requests.ts';
import { openStripe, paymentMetadata } from './stripe/gateway.ts';
import { fromMetadata } from './stripe/metadata.ts';
import { amountRefunded } from './stripe/refund-gateway.ts';
import { sweepEvents } from './stripe/sweep-events.ts';
import { openTable } from './table/table.ts';

const table = openTable(variable('TABLE_NAME'));
const client = new SQSClient({ requestHandler: callLimits });
const queues = {
  mail: { client, url: variable('MAIL_QUEUE_URL') },
  refresh: { client, url: variable('REFRESH_QUEUE_URL') },
  export: { client, url: variable('EXPORTS_QUEUE_URL') },
};
const livemode = variable('STRIPE_LIVEMODE') === 'true';
const stripeKey = secret('STRIPE_SECRET_KEY_PARAMETER');

/** What a schedule asks for; `at` is its own time, ISO 8601. */
export interface SweepEvent {
  readonly task: 'sweep' | 'sweep-undelivered' | 'sweep-events' | 'roll-up-months';
  readonly at: string;
}

/** Lambda `sweep`: takes up what was left, at the time that its schedule says. */
export async function handler(event: SweepEvent): Promise<void> {
  const now = dueAt(event.at);
  switch (event.task) {
    case 'sweep': {
      const parked = await runParkedPayments({ table, now, random: Math.random, carriesOurKey });
      const offered = await reoffer(table, queues, now);
      const disputes = await watchDisputes(table, now);
      log('info', 'swept', { ...parked, offered, ...disputes });
      await sweepRefunds(now);
      return;
    }
    case 'sweep-undelivered': {
      const stripe = openStripe(await stripeKey());
      const deps = { table, now, random: Math.random, stripe, livemode };
      log('info', 'undelivered-swept', { ...(await sweepEvents(deps, 'undelivered')) });
      return;
    }
    case 'sweep-events': {
      const stripe = openStripe(await stripeKey());
      const deps = { table, now, random: Math.random, stripe, livemode };
      log('info', 'events-swept', { ...(await sweepEvents(deps)) });
      const asked = (paymentId: string) => amountRefunded(stripe, paymentId);
      log('info', 'refunds-compared', { ...(await checkRefunds({ table, now, amountRefunded: asked })) });
      return;
    }
    case 'roll-up-months':
      log('info', 'months-rolled-up', { campaigns: (await rollUpMonths(table, now)).length });
      return;
    default:
      throw new Error(
        'The event\'s "task" is none of: sweep, sweep-undelivered, sweep-events, roll-up-months.',
      );
  }
}

async function carriesOurKey(paymentId: string): Promise<boolean> {
  const metadata = await paymentMetadata(openStripe(await stripeKey()), paymentId);
  return fromMetadata(metadata ?? null) !== undefined;
}

/** Refunds that waited for their gift, and requests of which Stripe's answer is not known. */
async function sweepRefunds(now: Date): Promise<void> {
  const stripe = async () => openStripe(await stripeKey());
  const parked = await runParkedRefunds({ table, now, random: Math.random, carriesOurKey });
  log('info', 'refunds-swept', { ...parked });
  log('info', 'refund-requests-swept', {
    ...(await runRefundRequests({ table, now, random: Math.random, stripe })),
  });
}

import { SQSClient } from '@aws-sdk/client-sqs';
import { rollUpMonths } from '#accounting/funds/roll-up-months.ts';
import { sweepEvents } from '#apps/webhooks/sweep-events.ts';
import { doParts } from '#kernel/attention/attempt-each.ts';

import { requeue } from '#kernel/outbox/requeue.ts';
import { openStripe, paymentMetadata } from '#payments/checkout/gateway.ts';
import { fromMetadata } from '#payments/checkout/metadata.ts';
import { watchDisputes } from '#payments/disputes/watch-disputes.ts';
import { runParkedPayments } from '#payments/gifts/receive-payment.ts';
import { runParkedRefunds } from '#payments/refunds/receive-refund.ts';
import { runRefundRequests } from '#payments/refunds/run-refund-requests.ts';
import { callLimits } from '#platform/call-limits.ts';
import { dueAt } from '#platform/clock.ts';
import { secret, variable } from '#platform/config.ts';
import { log } from '#platform/log.ts';
import { openTable } from '#platform/table/table.ts';

const table = openTable(variable('TABLE_NAME'));
const client = new SQSClient({ requestHandler: callLimits });
const queues = {
  mail: { client, url: variable('MAIL_QUEUE_URL') },
  refresh: { client, url: variable('REFRESH_QUEUE_URL') },
  export: { client, url: variable('EXPORTS_QUEUE_URL') },
};
const livemode = variable('STRIPE_LIVEMODE') === 'true';
const stripeKey = secret('STRIPE_SECRET_KEY_PARAMETER');

/** The schedule's input; `at` is its own time, ISO 8601. */
export interface SweepEvent {
  readonly task: 'sweep' | 'sweep-undelivered' | 'sweep-events' | 'roll-up-months';
  readonly at: string;
}

/** Lambda `sweep`: takes up what was left, when its schedule says so. */
export async function handler(event: SweepEvent): Promise<void> {
  const now = dueAt(event.at);
  switch (event.task) {
    case 'sweep': {
      const ctx = { table, now, random: Math.random };
      const stripe = async () => openStripe(await stripeKey());
      return doParts(
        {
          outbox: async () =>
            log('info', 'outbox-requeued', { requeued: await requeue({ table, now, queues }) }),
          'parked-payments': async () =>
            log('info', 'payments-swept', await runParkedPayments({ ...ctx, carriesOurKey })),
          disputes: async () => log('info', 'disputes-watched', { ...(await watchDisputes({ table, now })) }),
          'parked-refunds': async () =>
            log('info', 'refunds-swept', await runParkedRefunds({ ...ctx, carriesOurKey })),
          'refund-requests': async () =>
            log('info', 'refund-requests-swept', { ...(await runRefundRequests({ ...ctx, stripe })) }),
        },
        { table, now },
      );
    }
    case 'sweep-undelivered': {
      const stripe = openStripe(await stripeKey());
      const ctx = { table, now, random: Math.random, stripe, livemode };
      return doParts(
        {
          'undelivered-events': async () =>
            log('info', 'undelivered-swept', { ...(await sweepEvents('undelivered', ctx)) }),
        },
        ctx,
      );
    }
    case 'sweep-events': {
      const stripe = openStripe(await stripeKey());
      const ctx = { table, now, random: Math.random, stripe, livemode };
      return doParts(
        {
          events: async () => log('info', 'events-swept', { ...(await sweepEvents('all', ctx)) }),
        },
        ctx,
      );
    }
    case 'roll-up-months':
      return doParts(
        {
          'roll-up': async () =>
            log('info', 'months-rolled-up', { campaigns: (await rollUpMonths({ table, now })).length }),
        },
        { table, now },
      );
    default:
      throw new Error(
        'The event\'s "task" is none of: sweep, sweep-undelivered, sweep-events, roll-up-months.',
      );
  }
}

async function carriesOurKey(paymentId: string): Promise<boolean> {
  const metadata = await paymentMetadata(paymentId, { stripe: openStripe(await stripeKey()) });
  return fromMetadata(metadata ?? null) !== undefined;
}

import type { Context } from 'aws-lambda';
import type Stripe from 'stripe';
import { sweepEvents } from '#apps/webhooks/sweep-events.ts';
import { keepDonorIndex } from '#giving/donors/keep-donor-index.ts';
import { recordEnteredPayments } from '#giving/entered-payments/record-entered-payments.ts';
import { doParts } from '#kernel/attention/attempt-each.ts';
import { watchStreams } from '#kernel/attention/watch-streams.ts';
import { watchThrottling } from '#kernel/attention/watch-throttling.ts';
import { openChannels } from '#kernel/outbox/enqueue.ts';
import { requeue } from '#kernel/outbox/requeue.ts';
import { openStripe } from '#payments/checkout/gateway.ts';
import { watchDisputes } from '#payments/disputes/watch-disputes.ts';
import { askWhose } from '#payments/payment/ask-whose.ts';
import { runParkedPayments } from '#payments/payment/record-payment.ts';
import { runParkedRefunds } from '#payments/refunds/receive-refund.ts';
import { runRefundRequests } from '#payments/refunds/run-refund-requests.ts';
import { releaseAllExpired } from '#payments/stock/release-stock.ts';
import { dueAt } from '#platform/clock.ts';
import { maybeSecret, secret, variable } from '#platform/config.ts';
import { KeyedHash } from '#platform/ids.ts';
import { log } from '#platform/log.ts';
import { isFirstSweepOfHour } from '#platform/table/swept-hours.ts';
import { openTable } from '#platform/table/table.ts';

const table = openTable(variable('TABLE_NAME'));
const channels = openChannels({
  mailQueue: variable('MAIL_QUEUE_URL'),
  workQueue: variable('WORK_QUEUE_URL'),
  exporter: variable('EXPORTER_NAME'),
  pictureMaker: variable('PICTURE_MAKER_NAME'),
});
const livemode = variable('STRIPE_LIVEMODE') === 'true';
// A stage without it takes no cards: then nothing of Stripe's is taken up.
const stripeKey = maybeSecret('STRIPE_SECRET_KEY_PARAMETER');

const hashKey = secret('HASH_KEY_PARAMETER');
const hash = async () => new KeyedHash(await hashKey());

/** The schedule's input; `at` is its own time, ISO 8601. */
export interface SweepEvent {
  readonly at: string;
}

/**
 * Lambda `sweep`: takes up what was left, every five minutes. What asks Stripe for lists comes last: it may take long after a pause.
 * The first sweep of an hour compares all events of Stripe's, the others those that were not delivered.
 */
export async function handler(
  { at }: SweepEvent,
  { getRemainingTimeInMillis: timeLeft }: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<void> {
  const now = dueAt(at);
  const deps = { table, now, random: Math.random };
  await doParts(
    {
      outbox: async () =>
        log('info', 'outbox-requeued', { requeued: await requeue({ table, now, channels }) }),
      streams: async () => {
        const behind = await watchStreams({ table, now });
        log('info', 'streams-watched', { behind: behind.join(' ') });
      },
      throttling: async () =>
        log('info', 'throttling-watched', { throttled: await watchThrottling({ table, now }) }),
      'entered-payments': async () => log('info', 'entries-swept', await recordEnteredPayments(deps)),
      'donor-index': async () =>
        log('info', 'donors-indexed', {
          indexed: await keepDonorIndex({ since: indexedSince(now) }, { table, now, hash }),
        }),
      'expired-holds': async () => log('info', 'holds-swept', { released: await releaseAllExpired(deps) }),
      disputes: async () => log('info', 'disputes-watched', { ...(await watchDisputes({ table, now })) }),
      ...(stripeKey && partsAtStripe(async () => openStripe(await stripeKey()), now)),
    },
    { table, now, timeLeft },
  );
}

/** Since when payments are looked at: once an hour as far back as Stripe goes on sending an event. */
function indexedSince(now: Date): Date {
  const back = isFirstSweepOfHour(now) ? 4 * 86_400_000 : 30 * 60_000;
  return new Date(now.getTime() - back);
}

function partsAtStripe(stripe: () => Promise<Stripe>, now: Date) {
  const deps = { table, now, random: Math.random };
  const whose = async (paymentId: string, moved: Date) =>
    askWhose({ paymentId, booked: false, at: moved }, { stripe: await stripe(), now });
  const which = isFirstSweepOfHour(now) ? 'all' : 'undelivered';
  return {
    'parked-payments': async () => log('info', 'payments-swept', await runParkedPayments({ ...deps, whose })),
    'parked-refunds': async () => log('info', 'refunds-swept', await runParkedRefunds({ ...deps, whose })),
    'refund-requests': async () =>
      log('info', 'refund-requests-swept', { ...(await runRefundRequests({ ...deps, stripe })) }),
    events: async () => {
      const ctx = { ...deps, stripe: await stripe(), livemode };
      log('info', 'events-swept', { which, ...(await sweepEvents(which, ctx)) });
    },
  };
}

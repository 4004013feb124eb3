import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { runWork } from '#apps/workers/run-work.ts';
import { openStripe } from '#payments/checkout/gateway.ts';
import { maybeSecret, variable } from '#platform/config.ts';
import { errorFields, log } from '#platform/log.ts';
import { openTable } from '#platform/table/table.ts';

const table = openTable(variable('TABLE_NAME'));
const stripeKey = maybeSecret('STRIPE_SECRET_KEY_PARAMETER');

/**
 * Lambda `worker`: does what an event asked for and the webhook did not wait for: it reads Stripe's objects again and commits their
 * state, and fulfils what payments bought.
 * The messages of a batch run in parallel, so that a slow Stripe does not add up; only the failed ones come again.
 */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const stripe = stripeKey && openStripe(await stripeKey());
  const ctx = { table, stripe, clock: () => new Date(), random: Math.random };
  const failed: string[] = [];
  await Promise.all(
    event.Records.map(async (record: SQSRecord) => {
      try {
        const { outboxKey } = JSON.parse(record.body) as { outboxKey: string };
        log('info', 'work', { outboxKey, outcome: await runWork(outboxKey, ctx) });
      } catch (error) {
        log('error', 'message-failed', { messageId: record.messageId, ...errorFields(error) });
        failed.push(record.messageId);
      }
    }),
  );
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

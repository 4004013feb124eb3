import { SQSClient } from '@aws-sdk/client-sqs';
import { rollUpMonths } from './campaigns/roll-up-months.ts';
import { runParkedPayments } from './gifts/receive-payment.ts';
import { reofferMail } from './mail/reoffer-mail.ts';
import { secret, variable } from './platform/config.ts';
import { log } from './platform/log.ts';
import { openStripe, paymentMetadata } from './stripe/gateway.ts';
import { fromMetadata } from './stripe/metadata.ts';
import { openTable } from './table/table.ts';

const table = openTable(variable('TABLE_NAME'));
const queue = { client: new SQSClient({}), url: variable('MAIL_QUEUE_URL') };
const stripeKey = secret('STRIPE_SECRET_KEY_PARAMETER');

/** What a schedule asks for; `at` is its own time, ISO 8601. */
export interface SweepEvent {
  readonly task: 'sweep' | 'roll-up-months';
  readonly at: string;
}

/** Lambda `sweep`: takes up what was left, at the time that its schedule says. */
export async function handler(event: SweepEvent): Promise<void> {
  const now = new Date(event.at);
  if (Number.isNaN(now.getTime())) throw new Error('The event\'s "at" is no ISO 8601 time.');
  switch (event.task) {
    case 'sweep': {
      const parked = await runParkedPayments({ table, now, random: Math.random, carriesOurKey });
      const offered = await reofferMail(table, queue, now);
      log('info', 'swept', { ...parked, offered });
      return;
    }
    case 'roll-up-months':
      log('info', 'months-rolled-up', { campaigns: (await rollUpMonths(table, now)).length });
      return;
    default:
      throw new Error('The event\'s "task" is none of: sweep, roll-up-months.');
  }
}

async function carriesOurKey(paymentId: string): Promise<boolean> {
  const metadata = await paymentMetadata(openStripe(await stripeKey()), paymentId);
  return fromMetadata(metadata ?? null) !== undefined;
}

import { handle } from 'hono/aws-lambda';
import { createWebhookApp } from '#apps/webhooks/webhook-app.ts';
import { secret, variable } from '#platform/config.ts';
import { openTable } from '#platform/table/table.ts';

/** Lambda `stripe-webhook`: takes Stripe's signed events, one commit each. */
export const handler = handle(
  createWebhookApp({
    table: openTable(variable('TABLE_NAME')),
    signingSecret: secret('STRIPE_WEBHOOK_SECRET_PARAMETER'),
    livemode: variable('STRIPE_LIVEMODE') === 'true',
    clock: () => new Date(),
    random: Math.random,
  }),
);

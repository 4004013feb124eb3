import { handle } from 'hono/aws-lambda';
import { createResendWebhookApp } from '#apps/webhooks/resend-webhook-app.ts';
import { secret, variable } from '#platform/config.ts';
import { openTable } from '#platform/table/table.ts';

/** Lambda `resend-webhook`: takes Resend's signed events, one commit each. */
export const handler = handle(
  createResendWebhookApp({
    table: openTable(variable('TABLE_NAME')),
    signingSecret: secret('RESEND_WEBHOOK_SECRET_PARAMETER'),
    clock: () => new Date(),
  }),
);

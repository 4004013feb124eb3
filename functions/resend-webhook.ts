import { handle } from 'hono/aws-lambda';
import { createResendWebhookApp } from '#apps/webhooks/resend-webhook-app.ts';
import { secret, variable } from '#platform/config.ts';
import { openTable } from '#platform/table/table.ts';

const answer = handle(
  createResendWebhookApp({
    table: openTable(variable('TABLE_NAME')),
    signingSecret: secret('RESEND_WEBHOOK_SECRET_PARAMETER'),
    clock: () => new Date(),
  }),
);

/**
 * Lambda `resend-webhook`: takes Resend's signed events, one commit each.
 * @throws Error where the app answers 5xx, so that it counts as an error of the function: API Gateway answers 500, and Resend repeats it
 */
export const handler: typeof answer = async (event, context) => {
  const answered = await answer(event, context);
  if (answered.statusCode >= 500) throw new Error(`The event was answered ${answered.statusCode}.`);
  return answered;
};

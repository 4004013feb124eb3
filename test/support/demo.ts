import { inject } from 'vitest';
import { openStripe } from '#payments/checkout/gateway.ts';
import { writeDemoData } from '../../infra/demo/write-demo-data.ts';
import { startLocalStripe } from '../../infra/local/stripe/server.ts';
import { nobody } from './local-stripe.ts';
import { secretKey } from './site.ts';
import { freshTable } from './table.ts';

/** The demonstration as it stands at a moment: its table, and the local Stripe where its gifts were paid. */
export async function openDemo(now: Date) {
  let reported = 0;
  const server = await startLocalStripe({
    port: { port: 0 },
    secretKey,
    webhookUrl: () => {
      reported += 1;
      return nobody;
    },
    webhookSecret: 'whsec_nobody',
    accountName: 'Test',
    clock: () => now.getTime(),
  });
  const table = await freshTable();
  const siteUrl = 'https://give.example.org';
  await writeDemoData({
    dynamodbUrl: inject('dynamodbUrl'),
    tableName: table.name,
    stripe: server,
    siteUrl,
    now,
  });
  return {
    table,
    stripe: openStripe(secretKey, server.url),
    /** How many events the local Stripe tried to deliver. */
    told: () => reported,
    close: () => server.close(),
  };
}

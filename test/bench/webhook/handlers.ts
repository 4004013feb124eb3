import { TransactWriteItemsCommand, type TransactWriteItemsCommandInput } from '@aws-sdk/client-dynamodb';
import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import Stripe from 'stripe';
import { createWebhookApp } from '#apps/webhooks/webhook-app.ts';
import type { Table } from '#platform/table/table.ts';
import type { HttpHandler } from '../http-event.ts';
import type { Replay } from '../replay.ts';

export { openTable } from '#platform/table/table.ts';
export { clientAt, ownClientAt, replaying } from '../replay.ts';

/** The product's webhook on a table, as Lambda calls it. */
export function product(table: Table, secret: string): HttpHandler {
  const signingSecret = () => Promise.resolve(secret);
  return handle(
    createWebhookApp({ table, signingSecret, livemode: false, clock: () => new Date(), random: Math.random }),
  ) as HttpHandler;
}

/** Sends a ready transaction to a table, and does nothing else. */
export async function sendBare(table: Table, transaction: TransactWriteItemsCommandInput): Promise<void> {
  await table.client.send(new TransactWriteItemsCommand(transaction));
}

/** The least that can be done: Hono, Stripe's check of the signature, and one ready transaction. */
export function floor(
  { client }: Replay,
  secret: string,
  transaction: TransactWriteItemsCommandInput,
): HttpHandler {
  const app = new Hono();
  app.post('/stripe/webhook', async (c) => {
    const body = Buffer.from(await c.req.arrayBuffer());
    Stripe.webhooks.constructEvent(body, c.req.header('stripe-signature') ?? '', secret);
    await client.send(new TransactWriteItemsCommand(transaction));
    return c.json({ outcome: 'booked' });
  });
  return handle(app) as HttpHandler;
}

import { TransactWriteItemsCommand, type TransactWriteItemsCommandInput } from '@aws-sdk/client-dynamodb';
import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import Stripe from 'stripe';
import { createWebhookApp } from '../../../functions/stripe/webhook-app.ts';
import type { Table } from '../../../functions/table/table.ts';
import { aCheckout, sessionEvent, sign, store } from '../../support/payments.ts';
import type { Bench, Figure, Part } from '../figures.ts';
import { type HttpHandler, httpEvent } from '../http-event.ts';
import { type Replay, replaying } from '../replay.ts';
import { cpuTime, interleave, median, medianRatio } from '../statistics.ts';

const secret = 'whsec_bench';

/** The product's webhook on a table, as Lambda calls it. */
function product(table: Table): HttpHandler {
  const signingSecret = () => Promise.resolve(secret);
  return handle(
    createWebhookApp({ table, signingSecret, livemode: false, clock: () => new Date(), random: Math.random }),
  ) as HttpHandler;
}

/** The least that can be done: Hono, Stripe's check of the signature, and one ready transaction. */
function floor({ client }: Replay, transaction: TransactWriteItemsCommandInput): HttpHandler {
  const app = new Hono();
  app.post('/stripe/webhook', async (c) => {
    const body = Buffer.from(await c.req.arrayBuffer());
    Stripe.webhooks.constructEvent(body, c.req.header('stripe-signature') ?? '', secret);
    await client.send(new TransactWriteItemsCommand(transaction));
    return c.json({ outcome: 'booked' });
  });
  return handle(app) as HttpHandler;
}

function deliveries(count: number, from = 1) {
  return Array.from({ length: count }, (_, index) => {
    const checkout = aCheckout(from + index);
    const body = JSON.stringify(sessionEvent(checkout, { created: new Date() }));
    return {
      checkout,
      event: httpEvent('POST', '/stripe/webhook', body, { 'stripe-signature': sign(body, { secret }) }),
    };
  });
}

/** The transaction that the product sends, as it goes over the wire. */
async function capture(replay: Replay): Promise<TransactWriteItemsCommandInput> {
  let captured: TransactWriteItemsCommandInput | undefined;
  replay.client.middlewareStack.add(
    (next) => (args) => {
      captured = args.input as TransactWriteItemsCommandInput;
      return next(args);
    },
    { step: 'build', name: 'capture' },
  );
  const [delivery] = deliveries(1);
  await product(replay.table)(delivery?.event);
  replay.client.middlewareStack.remove('capture');
  if (!captured) throw new Error('The webhook sent no transaction.');
  return captured;
}

async function cpu(bench: Bench): Promise<Figure[]> {
  const table = await bench.freshTable();
  const replay = replaying(table.name, await bench.dynamodbUrl(), 'operation');
  const [{ checkout } = { checkout: aCheckout(1) }] = deliveries(1);
  await store(table, checkout);
  const transaction = await capture(replay);
  const events = deliveries(200).map(({ event }) => event);
  const runOf = (handler: HttpHandler) => {
    let next = 0;
    return async () => {
      const answer = await handler(events[next++ % events.length]);
      if (answer.statusCode !== 200) throw new Error(`The webhook answered ${answer.statusCode}.`);
    };
  };
  const work = { product: runOf(product(replay.table)), floor: runOf(floor(replay, transaction)) };
  const size = bench.tiny ? { rounds: 2, batch: 5 } : { rounds: 24, batch: 80 };
  const costs = await interleave(work, { ...size, measure: cpuTime });
  return [
    { id: 'webhook.cpu', value: median(costs.product), unit: 'ms', text: 'CPU a webhook, database replayed' },
    {
      id: 'webhook.cpu-floor',
      value: median(costs.floor),
      unit: 'ms',
      text: 'Hono, signature, the ready transaction',
    },
    {
      id: 'webhook.cpu-ratio',
      value: medianRatio(costs, 'product', 'floor'),
      unit: '×',
      text: 'of the floor (median of neighbouring batches)',
    },
  ];
}

async function throughput(bench: Bench): Promise<Figure> {
  const table = await bench.freshTable();
  const waiting = deliveries(bench.tiny ? 8 : 240);
  for (const { checkout } of waiting) await store(table, checkout);
  const handler = product(table);
  const began = performance.now();
  const workers = Array.from({ length: 8 }, async () => {
    for (let delivery = waiting.pop(); delivery; delivery = waiting.pop()) await handler(delivery.event);
  });
  const count = waiting.length + workers.length;
  await Promise.all(workers);
  const value = (count / (performance.now() - began)) * 1000;
  return {
    id: 'webhook.throughput',
    value,
    unit: '/s',
    text: 'bookings, eight at once, DynamoDB Local beside it',
  };
}

export const part: Part = {
  name: 'webhook',
  title: "Stripe's webhook against a bare floor",
  run: async (bench) => [...(await cpu(bench)), await throughput(bench)],
};

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TransactWriteItemsCommandInput } from '@aws-sdk/client-dynamodb';
import type { Checkout } from '#payments/checkout/checkout.ts';
import type { Table } from '#platform/table/table.ts';
import { aCheckout, sessionEvent, sign, store } from '../../support/payments.ts';
import { bundleLike } from '../bundles.ts';
import type { Bench, Figure, Part } from '../figures.ts';
import { type HttpHandler, httpEvent } from '../http-event.ts';
import type { Replay } from '../replay.ts';
import { cpuTime, interleave, latency, median, medianRatio } from '../statistics.ts';

type Handlers = typeof import('../webhook/handlers.ts');

const secret = 'whsec_bench';
const handlersFile = fileURLToPath(new URL('../webhook/handlers.ts', import.meta.url));

/** Both handlers and their SDKs in one bundle of the functions' kind: what is measured is what is deployed. */
async function bundled<Result>(use: (handlers: Handlers) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'tideover-webhook-'));
  try {
    return await use(
      (await import(await bundleLike(handlersFile, join(folder, 'handlers.mjs')))) as Handlers,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Delivery {
  readonly checkout: Checkout;
  readonly event: unknown;
}

function deliveries(count: number, from = 1): Delivery[] {
  return Array.from({ length: count }, (_, index) => {
    const checkout = aCheckout(from + index);
    const body = JSON.stringify(sessionEvent(checkout, { created: new Date() }));
    return {
      checkout,
      event: httpEvent('POST', '/stripe/webhook', body, { 'stripe-signature': sign(body, { secret }) }),
    };
  });
}

/** The transactions that go through a client while something runs, as they go over the wire. */
async function capture(
  { middlewareStack }: Replay['client'],
  run: () => Promise<unknown>,
): Promise<TransactWriteItemsCommandInput[]> {
  const captured: TransactWriteItemsCommandInput[] = [];
  middlewareStack.add(
    (next) => (args) => {
      captured.push(args.input as TransactWriteItemsCommandInput);
      return next(args);
    },
    { step: 'build', name: 'capture' },
  );
  await run();
  middlewareStack.remove('capture');
  return captured;
}

async function cpu(bench: Bench, { product, floor, replaying, openTable }: Handlers): Promise<Figure[]> {
  const table = await bench.freshTable();
  const replay = replaying(table.name, await bench.dynamodbUrl(), 'operation');
  const [{ checkout } = { checkout: aCheckout(1) }] = deliveries(1);
  await store(table, checkout);
  const [first] = deliveries(1);
  const [transaction] = await capture(replay.client, () =>
    product(openTable(table.name, replay.client), secret)(first?.event),
  );
  if (!transaction) throw new Error('The webhook sent no transaction.');
  const ours = product(replay.table, secret);
  const least = floor(replay, secret, transaction);
  const events = deliveries(200).map(({ event }) => event);
  const runOf = (handler: HttpHandler) => {
    let next = 0;
    return async () => {
      const answer = await handler(events[next++ % events.length]);
      if (answer.statusCode !== 200) throw new Error(`The webhook answered ${answer.statusCode}.`);
    };
  };
  const work = { product: runOf(ours), floor: runOf(least) };
  // Long enough to be compiled before it counts: a warm Lambda function is.
  await interleave(work, { rounds: 0, batch: bench.tiny ? 5 : 2000, measure: cpuTime });
  const size = bench.tiny ? { rounds: 2, batch: 5 } : { rounds: 24, batch: 200 };
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

/** How many are under way at once. */
const atOnce = 8;

async function eightAtOnce<One>(all: readonly One[], run: (one: One) => Promise<unknown>): Promise<void> {
  const waiting = [...all];
  const worker = async () => {
    for (let one = waiting.pop(); one; one = waiting.pop()) await run(one);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/**
 * How many of the same bookings a second the warm webhook makes, and bare transactions: in turns, each in a table of its own. The webhook
 * has the product's client, the bare transactions have the one that the SDK makes.
 */
async function throughput(
  bench: Bench,
  { product, sendBare, openTable, clientAt, ownClientAt }: Handlers,
): Promise<Figure[]> {
  const size = bench.tiny ? { rounds: 1, batch: 8 } : { rounds: 12, batch: 32 };
  const all = deliveries((size.rounds + 1) * size.batch);
  const url = await bench.dynamodbUrl();
  const tables = await Promise.all(
    [ownClientAt, ownClientAt, clientAt].map(async (client) => {
      const table = await bench.freshTable();
      await eightAtOnce(all, ({ checkout }) => store(table, checkout));
      return openTable(table.name, client(url));
    }),
  );
  const [first, ours, other] = tables as [Table, Table, Table];
  const book = (handler: HttpHandler) => async (delivery: Delivery) => {
    const answer = await handler(delivery.event);
    if (answer.statusCode !== 200) throw new Error(`The webhook answered ${answer.statusCode}.`);
  };
  // The table's client and the plain one send the same transactions; their types of middleware differ.
  const sent = await capture(first.client as unknown as Replay['client'], () =>
    eightAtOnce(all, book(product(first, secret))),
  );
  const transactions = sent.map((transaction) => ofTable(transaction, other.name));
  if (transactions.length !== all.length) throw new Error('Some bookings took more than one transaction.');
  const handler = product(ours, secret);
  const next = { webhook: 0, bare: 0 };
  const batch = (name: keyof typeof next) => {
    const from = next[name] * size.batch;
    next[name] += 1;
    return [from, from + size.batch] as const;
  };
  const costs = await interleave(
    {
      webhook: () => eightAtOnce(all.slice(...batch('webhook')), book(handler)),
      bare: () => eightAtOnce(transactions.slice(...batch('bare')), (each) => sendBare(other, each)),
    },
    { rounds: size.rounds, batch: 1, measure: latency },
  );
  return [
    {
      id: 'webhook.throughput',
      value: (size.batch / median(costs.webhook)) * 1000,
      unit: '/s',
      text: 'bookings, eight at once, warm, the engine beside it',
    },
    {
      id: 'webhook.throughput-bare',
      value: (size.batch / median(costs.bare)) * 1000,
      unit: '/s',
      text: 'the very same transactions, sent bare to the same engine',
    },
    {
      id: 'webhook.throughput-ratio',
      value: medianRatio(costs, 'webhook', 'bare'),
      unit: '×',
      text: 'the time of a booking, of that of its bare transaction (median of neighbouring batches)',
    },
  ];
}

/** The same transaction for another table. */
function ofTable(
  transaction: TransactWriteItemsCommandInput,
  TableName: string,
): TransactWriteItemsCommandInput {
  const TransactItems = (transaction.TransactItems ?? []).map((item) =>
    Object.fromEntries(Object.entries(item).map(([kind, write]) => [kind, { ...write, TableName }])),
  );
  return { TransactItems };
}

export const part: Part = {
  name: 'webhook',
  title: "Stripe's webhook against a bare floor",
  run: (bench) =>
    bundled(async (handlers) => [...(await cpu(bench, handlers)), ...(await throughput(bench, handlers))]),
};

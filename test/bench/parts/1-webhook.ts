import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TransactWriteItemsCommandInput } from '@aws-sdk/client-dynamodb';
import { aCheckout, sessionEvent, sign, store } from '../../support/payments.ts';
import { bundleLike } from '../bundles.ts';
import type { Bench, Figure, Part } from '../figures.ts';
import { type HttpHandler, httpEvent } from '../http-event.ts';
import type { Replay } from '../replay.ts';
import { cpuTime, interleave, median, medianRatio } from '../statistics.ts';
import { product } from '../webhook/handlers.ts';

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
async function capture(replay: Replay, handler: HttpHandler): Promise<TransactWriteItemsCommandInput> {
  let captured: TransactWriteItemsCommandInput | undefined;
  replay.client.middlewareStack.add(
    (next) => (args) => {
      captured = args.input as TransactWriteItemsCommandInput;
      return next(args);
    },
    { step: 'build', name: 'capture' },
  );
  const [delivery] = deliveries(1);
  await handler(delivery?.event);
  replay.client.middlewareStack.remove('capture');
  if (!captured) throw new Error('The webhook sent no transaction.');
  return captured;
}

async function cpu(bench: Bench, { product, floor, replaying }: Handlers): Promise<Figure[]> {
  const table = await bench.freshTable();
  const replay = replaying(table.name, await bench.dynamodbUrl(), 'operation');
  const [{ checkout } = { checkout: aCheckout(1) }] = deliveries(1);
  await store(table, checkout);
  const ours = product(replay.table, secret);
  const least = floor(replay, secret, await capture(replay, ours));
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

async function throughput(bench: Bench): Promise<Figure> {
  const table = await bench.freshTable();
  const waiting = deliveries(bench.tiny ? 8 : 240);
  for (const { checkout } of waiting) await store(table, checkout);
  const handler = product(table, secret);
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
  run: async (bench) => [...(await bundled((handlers) => cpu(bench, handlers))), await throughput(bench)],
};

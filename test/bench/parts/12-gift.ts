import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { giftReceivedKey } from '#kernel/outbox/outbox.ts';
import { type Key, keys } from '#platform/table/keys.ts';
import type { Table } from '#platform/table/table.ts';
import { dynamoDbClient } from '../../../infra/local/cloud/dynamodb-client.ts';
import { fullRequest, startGift, storeFullCampaign } from '../../support/gift-way.ts';
import { sign } from '../../support/payments.ts';
import { gift as plainRequest } from '../../support/site.ts';
import { bundleLike } from '../bundles.ts';
import { startServices } from '../cold/services.ts';
import type { Bench, Figure, Part } from '../figures.ts';
import { openWire, overTheWire, type Recording, tableCalls, type Wire } from '../gift/wire.ts';
import { httpEvent } from '../http-event.ts';
import { cpuTime, interleave, median } from '../statistics.ts';

/** The functions that a gift goes through once it is paid, in this order. */
const steps = ['stripe-webhook', 'outbox-relay', 'projector', 'mailer'] as const;

type Step = (typeof steps)[number];
type Handler = (event: unknown) => Promise<unknown>;

/** What a step was given for one gift, and what went over the wire meanwhile. */
interface Recorded {
  readonly event: unknown;
  readonly recording: Recording;
}

/** A secret of the form that each of the functions takes. */
const secret = `whsec_${Buffer.from('a secret of at least thirty-two characters').toString('base64')}`;

const variables = {
  AWS_REGION: 'ap-east-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  MAIL_QUEUE_URL: 'https://sqs.ap-east-1.amazonaws.com/000000000000/mail',
  WORK_QUEUE_URL: 'https://sqs.ap-east-1.amazonaws.com/000000000000/work',
  EXPORTER_NAME: 'exporter',
  PICTURE_MAKER_NAME: 'picture-maker',
  SITE_URL: 'https://give.example.org',
  STRIPE_LIVEMODE: 'false',
  STRIPE_WEBHOOK_SECRET_PARAMETER: 'webhook',
  RESEND_API_KEY_PARAMETER: 'resend',
};

/** The functions as they are deployed, each bundled for itself; they read the variables when they are loaded. */
async function loadHandlers(folder: string): Promise<Record<Step, Handler>> {
  const loaded = steps.map(async (step) => {
    const entry = fileURLToPath(new URL(`../../../functions/${step}.ts`, import.meta.url));
    const file = await bundleLike(entry, join(folder, `${step}.mjs`), [overTheWire]);
    const { handler } = (await import(file)) as { handler: Handler };
    return [step, handler] as const;
  });
  return Object.fromEntries(await Promise.all(loaded)) as Record<Step, Handler>;
}

/** What donors send: every second one fills in all there is, and the others as little as they can. Each has an address of its own. */
function requestOf(number: number): object {
  const email = `donor-${number}@example.org`;
  return number % 2 === 0
    ? { ...fullRequest, email }
    : { ...plainRequest, amount: 10_000 + number * 1_000, name: `Juniper ${number}`, email };
}

/** Takes one gift through all steps against a real table. */
async function giveOnce(
  number: number,
  { table, url, wire, handlers }: Given,
): Promise<Record<Step, Recorded>> {
  const { paymentId, event } = await startGift(table, number, requestOf(number));
  const body = JSON.stringify(event);
  const call = dynamoDbClient(url, 'ap-east-1');
  const written = async (Key: Key, sequence: number) => {
    const pair = { pk: { S: Key.pk }, sk: { S: Key.sk } };
    const { Item } = await call<{ Item?: unknown }>('GetItem', { TableName: table.name, Key: pair });
    const dynamodb = { SequenceNumber: String(sequence), NewImage: Item };
    return { Records: [{ eventName: 'INSERT', dynamodb }] };
  };
  const record = async (step: Step, given: unknown): Promise<Recorded> => ({
    event: given,
    recording: await wire.record(() => handle(handlers[step], given)),
  });
  const signature = { 'stripe-signature': sign(body, { secret }) };
  const webhook = await record('stripe-webhook', httpEvent('POST', '/stripe/webhook', body, signature));
  const relay = await record('outbox-relay', await written(keys.outbox(giftReceivedKey(paymentId)), 1));
  const projector = await record('projector', await written(keys.payment(paymentId), 2));
  const mailer = await record('mailer', queueOf(relay.recording));
  return { 'stripe-webhook': webhook, 'outbox-relay': relay, projector, mailer };
}

/** What the mailer gets of the queue: the message that the relay put in. */
function queueOf(recording: Recording) {
  const sent = recording.find(({ operation }) => operation === 'AmazonSQS.SendMessageBatch')?.sent ?? '{}';
  const { Entries = [] } = JSON.parse(sent) as { Entries?: { readonly MessageBody: string }[] };
  return { Records: Entries.map(({ MessageBody }) => ({ messageId: '1', body: MessageBody })) };
}

interface Given {
  readonly table: Table;
  readonly url: string;
  readonly wire: Wire;
  readonly handlers: Record<Step, Handler>;
}

interface Answer {
  readonly statusCode?: number;
  readonly batchItemFailures?: readonly unknown[];
}

async function handle(handler: Handler, event: unknown): Promise<void> {
  const answer = (await handler(event)) as Answer | undefined;
  if ((answer?.statusCode ?? 200) !== 200 || (answer?.batchItemFailures ?? []).length > 0) {
    throw new Error(`A step of a gift answered ${JSON.stringify(answer)}.`);
  }
}

async function measure(bench: Bench, given: Given): Promise<Figure[]> {
  const gifts: Record<Step, Recorded>[] = [];
  await storeFullCampaign(given.table, { words: 300 });
  // The first gift also fetches the secrets, as one function's first of many does.
  for (let number = 0; number <= (bench.tiny ? 2 : 40); number += 1)
    gifts.push(await giveOnce(number, given));
  gifts.shift();
  const work = Object.fromEntries(
    steps.map((step) => {
      let next = 0;
      const run = () => {
        const { event, recording } = (gifts[next++ % gifts.length] as Record<Step, Recorded>)[step];
        return given.wire.replay(recording, () => handle(given.handlers[step], event));
      };
      return [step, run];
    }),
  ) as Record<Step, () => Promise<void>>;
  // Long enough to be compiled before it counts: a warm Lambda function is.
  await interleave(work, { rounds: 0, batch: bench.tiny ? 5 : 1_000, measure: cpuTime });
  const size = bench.tiny ? { rounds: 2, batch: 5 } : { rounds: 20, batch: 80 };
  const costs = await interleave(work, { ...size, measure: cpuTime });
  const whole = costs[steps[0]].map((_, round) =>
    steps.reduce((sum, step) => sum + (costs[step][round] ?? Number.NaN), 0),
  );
  const callsOf = (recorded: Record<Step, Recorded>, step: Step) => tableCalls(recorded[step].recording);
  const most = (count: (recorded: Record<Step, Recorded>) => number) => Math.max(...gifts.map(count));
  return [
    ...steps.flatMap((step): Figure[] => [
      {
        id: `gift.${step}-cpu`,
        value: median(costs[step]),
        unit: 'ms',
        text: 'CPU a gift, all answers replayed',
      },
      {
        id: `gift.${step}-calls`,
        value: most((gift) => callsOf(gift, step)),
        unit: 'calls',
        text: 'to the table',
      },
    ]),
    { id: 'gift.cpu', value: median(whole), unit: 'ms', text: 'CPU of a gift in all functions together' },
    {
      id: 'gift.cpu-ratio',
      value: median(whole.map((cpu, round) => cpu / (costs['stripe-webhook'][round] ?? Number.NaN))),
      unit: '×',
      text: 'of what its webhook takes (median of neighbouring batches)',
    },
    {
      id: 'gift.calls',
      value: most((gift) => steps.reduce((sum, step) => sum + callsOf(gift, step), 0)),
      unit: 'calls',
      text: 'to the table, of the gift that needs most',
    },
  ];
}

async function run(bench: Bench): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tideover-gift-'));
  const services = await startServices([], secret);
  const url = await bench.dynamodbUrl();
  const wire = openWire({ dynamodb: url, services: services.url });
  const before = { ...process.env };
  try {
    const table = await bench.freshTable();
    Object.assign(process.env, variables, { TABLE_NAME: table.name });
    return await measure(bench, { table, url, wire, handlers: await loadHandlers(folder) });
  } finally {
    process.env = before;
    wire.close();
    await services.close();
    await rm(folder, { recursive: true, force: true });
  }
}

export const part: Part = {
  name: 'gift',
  title: 'a paid gift through all functions: webhook, relay, projector, mailer',
  run,
};

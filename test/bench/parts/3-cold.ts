import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleLike, functionsOf } from '../bundles.ts';
import { firstEvent, itemsThere } from '../cold/events.ts';
import { startServices } from '../cold/services.ts';
import type { Bench, Figure, Part } from '../figures.ts';
import { median } from '../statistics.ts';

/** Every parameter's value: long enough for a key, and of the form that Resend's signatures need. */
const secret = `whsec_${Buffer.from('a secret of at least thirty-two characters').toString('base64')}`;
const folder = fileURLToPath(new URL('../cold', import.meta.url));

/** What a start took: on the clock from spawn to the first answer, and of CPU in the process. Milliseconds. */
interface Start {
  readonly wall: number;
  readonly cpu: number;
}

/** Starts a process, waits for its first answer and its end. */
async function start(file: string, eventFile: string, env: Record<string, string>): Promise<Start> {
  const began = performance.now();
  const child = spawn(process.execPath, [join(folder, 'first-answer.mjs'), file, eventFile], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let wall = Number.NaN;
  let [said, complained] = ['', ''];
  child.stdout.on('data', (data: Buffer) => {
    wall = performance.now() - began;
    said += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    complained += data.toString();
  });
  await new Promise((resolve) => child.once('close', resolve));
  if (!said) throw new Error(`${file} gave no answer:\n${complained}`);
  const { cpu, answer } = JSON.parse(said) as { cpu: number; answer: Answer | null };
  if ((answer?.statusCode ?? 200) !== 200 || (answer?.batchItemFailures ?? []).length > 0) {
    throw new Error(`${file} answered ${said}`);
  }
  return { wall, cpu };
}

interface Answer {
  readonly statusCode?: number;
  readonly batchItemFailures?: readonly unknown[];
}

/** Every variable that a function may look for, with services that answer at once. */
function environment(url: string): Record<string, string> {
  return {
    NODE_OPTIONS: '--enable-source-maps',
    AWS_REGION: 'ap-east-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_ENDPOINT_URL: url,
    RESEND_BASE_URL: url,
    STRIPE_API_BASE: url,
    TABLE_NAME: 'bench',
    MAIL_QUEUE_URL: `${url}/000000000000/mail`,
    WORK_QUEUE_URL: `${url}/000000000000/work`,
    EXPORTER_NAME: 'exporter',
    PICTURE_MAKER_NAME: 'picture-maker',
    FILES_BUCKET: 'bench',
    SITE_URL: 'https://give.example.org',
    STRIPE_LIVEMODE: 'false',
    STRIPE_SECRET_KEY_PARAMETER: 'stripe',
    STRIPE_WEBHOOK_SECRET_PARAMETER: 'webhook',
    RESEND_API_KEY_PARAMETER: 'resend',
    RESEND_WEBHOOK_SECRET_PARAMETER: 'resend-webhook',
    HASH_KEY_PARAMETER: 'hash',
    TZ: 'UTC',
  };
}

async function measure(bench: Bench, directory: string, url: string): Promise<Map<string, Start[]>> {
  const files = new Map(functionsOf(await bench.assembly()).map(({ name, file }) => [name, file]));
  for (const name of ['bare', 'sdks', 'sdks-at-work']) {
    files.set(name, await bundleLike(join(folder, `${name}.ts`), join(directory, `${name}.mjs`)));
  }
  const starts = new Map<string, Start[]>([...files.keys()].map((name) => [name, []]));
  const rounds = bench.tiny ? 1 : 15;
  for (let round = 0; round <= rounds; round += 1) {
    const order = round % 2 === 0 ? [...files] : [...files].reverse();
    for (const [name, file] of order) {
      const eventFile = join(directory, `${name}.json`);
      // Anew for each start: a signature holds for five minutes.
      await writeFile(eventFile, JSON.stringify(firstEvent(name, secret)));
      const taken = await start(file, eventFile, environment(url));
      if (round > 0) starts.get(name)?.push(taken);
    }
  }
  return starts;
}

const texts: Readonly<Record<string, string>> = {
  bare: 'a handler that does nothing',
  sdks: "a handler with the webhook's SDKs and clients, answering at once",
  'sdks-at-work': 'the same that takes the secret, checks the signature, writes one item',
};

async function run(bench: Bench): Promise<Figure[]> {
  const services = await startServices(itemsThere(), secret);
  const directory = await mkdtemp(join(tmpdir(), 'tideover-cold-'));
  try {
    const starts = await measure(bench, directory, services.url);
    const of = (name: string, what: keyof Start) => (starts.get(name) ?? []).map((each) => each[what]);
    const figures = [...starts.keys()].flatMap((name): Figure[] => [
      {
        id: `cold.${name}`,
        value: median(of(name, 'wall')),
        unit: 'ms',
        text: texts[name] ?? 'from spawn to the first answer',
      },
      { id: `cold.${name}-cpu`, value: median(of(name, 'cpu')), unit: 'ms', text: 'CPU of that' },
    ]);
    const ratio = (what: keyof Start, to: string) =>
      median(of('stripe-webhook', what).map((taken, round) => taken / (of(to, what)[round] ?? Number.NaN)));
    return [
      ...figures,
      {
        id: 'cold.stripe-webhook-ratio-idle',
        value: ratio('cpu', 'sdks'),
        unit: '×',
        text: 'CPU, of SDKs and clients that are not used',
      },
      {
        id: 'cold.stripe-webhook-ratio-wall',
        value: ratio('wall', 'sdks-at-work'),
        unit: '×',
        text: 'on the clock, of the same SDKs doing the same calls',
      },
      {
        id: 'cold.stripe-webhook-ratio',
        value: ratio('cpu', 'sdks-at-work'),
        unit: '×',
        text: 'CPU, of the same SDKs doing the same calls',
      },
    ];
  } finally {
    await services.close();
    await rm(directory, { recursive: true, force: true });
  }
}

export const part: Part = {
  name: 'cold',
  title: 'each bundle from the start of its process to its first answer',
  run,
};

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { functionsOf } from '../bundles.ts';
import type { Bench, Figure, Part } from '../figures.ts';
import { idleMonth, type Resources, totalOf } from '../idle-month.ts';
import { prices } from '../prices.ts';

/** A line of the bill. */
interface Line {
  readonly what: string;
  readonly dollars: number;
}

const million = 1_000_000;
/** Pages that a donor and those who do not give look at, for each gift. */
const pagesAGift = 10;
/** Milliseconds that a function waits for others in one run: table, Stripe's API, Resend. On the clock they are paid for too. */
const waits: Readonly<Record<string, number>> = {
  site: 15,
  'stripe-webhook': 25,
  'outbox-relay': 15,
  projector: 20,
  mailer: 250,
};
const checkoutWait = 600;
/** How much longer a start from cold may take than here, and how many of a small charity's invocations start cold. */
const coldShare = 0.3;
/** Bytes that one invocation writes to the logs, with Lambda's own lines and the HTTP API's access log. */
const logBytes = 900;
/** Stored bytes of one gift: all items that stay, with the index. */
const storedKilobytes = 6;
const lambdaMs = (memoryMb: number, ms: number) =>
  (memoryMb / 1024) * (ms / 1000) * prices.lambdaTime.dollars;

/** What one gift costs, from the measured units, requests and CPU. */
function giftLines(bench: Bench, memory: ReadonlyMap<string, number>): Line[] {
  const run = (name: string, warmMs: number): number => {
    const cold = bench.figure(`cold.${name}`);
    const ms = (1 - coldShare) * warmMs + coldShare * cold + (waits[name] ?? 0);
    return prices.lambdaRequest.dollars / million + lambdaMs(memory.get(name) ?? 1024, ms);
  };
  const page = run('site', bench.figure('page.cpu'));
  const checkout = page + lambdaMs(memory.get('site') ?? 1024, checkoutWait);
  const lambda = [
    pagesAGift * page,
    checkout,
    run('stripe-webhook', bench.figure('webhook.cpu')),
    run('outbox-relay', 5),
    run('projector', 5),
    run('mailer', 10),
  ].reduce((sum, each) => sum + each, 0);
  const httpRequests = pagesAGift + 2;
  // A page reads some 20 kB in one batch: half a unit for each started 4 kB of an item.
  const readUnits = pagesAGift * 12 + 60;
  return [
    { what: 'lambda', dollars: lambda },
    { what: 'http-api', dollars: (httpRequests * prices.httpApi.dollars) / million },
    { what: 'writes', dollars: (bench.figure('units.total') * prices.write.dollars) / million },
    { what: 'reads', dollars: (readUnits * prices.read.dollars) / million },
    {
      what: 'storage-of-ten-years',
      dollars: (storedKilobytes / million) * 120 * (prices.storage.dollars + prices.backup.dollars),
    },
    { what: 'queue', dollars: (3 * prices.queue.dollars) / million },
    { what: 'logs', dollars: ((pagesAGift + 5) * logBytes * prices.logs.dollars) / 1e9 },
    { what: 'data-out', dollars: (pagesAGift * bench.figure('page.bytes') * prices.dataOut.dollars) / 1e9 },
    { what: 'mail', dollars: prices.mail.dollars / 1000 },
  ];
}

/** What a month costs in which nobody gives, by the templates; the sweep and the books start cold each time. */
function idleLines(bench: Bench, assembly: string): { without: Line[]; withAllowance: number } {
  const templates = readdirSync(assembly)
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => JSON.parse(readFileSync(join(assembly, file), 'utf8')) as { Resources: Resources });
  const resources: Resources = Object.fromEntries(
    templates.flatMap(({ Resources }) => Object.entries(Resources)),
  );
  const lines = idleMonth(resources, { ms: (name) => bench.figure(`cold.${name}`) });
  return { without: lines, withAllowance: totalOf(lines).withAllowance };
}

function toFigures(prefix: string, lines: readonly Line[], text: string): Figure[] {
  const total = lines.reduce((sum, { dollars }) => sum + dollars, 0);
  return [
    ...lines.map(({ what, dollars }) => ({
      id: `${prefix}.${what}`,
      value: dollars,
      unit: 'US$',
      text: what,
    })),
    { id: `${prefix}.total`, value: total, unit: 'US$', text },
  ];
}

async function run(bench: Bench): Promise<Figure[]> {
  const assembly = await bench.assembly();
  const memory = new Map(functionsOf(assembly).map(({ name, memoryMb }) => [name, memoryMb]));
  const unconfirmed = Object.entries(prices).filter(([, { confirmed }]) => !confirmed);
  bench.say(`  quoted by others, read the provider's page: ${unconfirmed.map(([name]) => name).join(', ')}`);
  const idle = idleLines(bench, assembly);
  return [
    ...toFigures(
      'cost-gift',
      giftLines(bench, memory),
      `a gift with ${pagesAGift} pages looked at; Stripe's fee apart`,
    ),
    ...toFigures('cost-idle', idle.without, 'a month in which nobody gives, without free allowances'),
    {
      id: 'cost-idle.with-endless-allowances',
      value: idle.withAllowance,
      unit: 'US$',
      text: 'the same with what AWS gives every month without an end',
    },
  ];
}

export const part: Part = {
  name: 'cost',
  title: 'what a gift costs at AWS and Resend, and a month without one (prices.ts, us-east-1)',
  needs: ['webhook', 'page', 'cold', 'units'],
  run,
};

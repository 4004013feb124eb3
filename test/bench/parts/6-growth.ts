import type { Table } from '#platform/table/table.ts';
import { aCheckout, now, sessionEvent, store, webhookOn } from '../../support/payments.ts';
import { siteOn } from '../../support/site.ts';
import type { Bench, Figure, Part } from '../figures.ts';
import { slug, storeManyGifts } from '../many-gifts.ts';
import { type Replay, replaying } from '../replay.ts';
import { type Costs, cpuTime, interleave, latency, median, medianRatio } from '../statistics.ts';

const reads = {
  page: `/campaigns/${slug}`,
  json: `/api/campaigns/${slug}`,
  gifts: `/api/campaigns/${slug}/gifts`,
} as const;
type Work = keyof typeof reads | 'webhook';

/** One size of the table, with what is measured on it. */
interface Sized {
  readonly count: number;
  readonly table: Table;
  readonly replay: Replay;
}

async function fill(bench: Bench, count: number): Promise<Sized> {
  const table = await bench.freshTable();
  const url = await bench.dynamodbUrl();
  const began = performance.now();
  await storeManyGifts(table, url, count, now);
  bench.say(`  ${count} gifts stored in ${Math.round((performance.now() - began) / 1000)} s`);
  return { count, table, replay: replaying(table.name, url, 'body') };
}

function read(table: Table, address: string): () => Promise<unknown> {
  const app = siteOn(table, 'http://127.0.0.1:1', { clock: () => now });
  return async () => {
    const answer = await app.request(address);
    if (answer.status !== 200) throw new Error(`${address} answered ${answer.status}.`);
    return answer.text();
  };
}

/** Delivers a new paid checkout each time; its database answers are the one answer of the operation when `table` replays. */
function webhook(table: Table, storedIn?: Table): () => Promise<unknown> {
  const app = webhookOn(table);
  let number = 1;
  return async () => {
    const checkout = aCheckout(number++);
    if (storedIn) await store(storedIn, checkout);
    const answer = await app.deliver(sessionEvent(checkout));
    if (answer.status !== 200) throw new Error(`The webhook answered ${answer.status}.`);
  };
}

/** Requests to the table and bytes of its answers, for one run. */
async function traffic(sized: Sized, work: Work, url: string): Promise<{ requests: number; bytes: number }> {
  const replay = work === 'webhook' ? replaying(sized.table.name, url, 'body') : sized.replay;
  const checkout = aCheckout(99_999_999);
  if (work === 'webhook') await store(sized.table, checkout);
  replay.reset();
  if (work === 'webhook') await webhookOn(replay.table).deliver(sessionEvent(checkout));
  else await read(replay.table, reads[work])();
  return { ...replay.seen };
}

async function cpu(bench: Bench, sizes: readonly Sized[], work: Work, url: string): Promise<Costs<string>> {
  const runs = sizes.map(({ count, table, replay }) => {
    if (work !== 'webhook') return [count, read(replay.table, reads[work])] as const;
    return [count, webhook(replaying(table.name, url, 'operation').table)] as const;
  });
  // A webhook is the shortest work: in small batches the collection of garbage falls on one by chance.
  const batch = work === 'webhook' ? 100 : 20;
  const size = bench.tiny ? { rounds: 1, batch: 2 } : { rounds: 16, batch };
  // The first transaction of the webhook is a real one: it needs its checkout.
  if (work === 'webhook') for (const { table } of sizes) await store(table, aCheckout(1));
  return interleave(Object.fromEntries(runs), { ...size, measure: cpuTime });
}

async function clock(bench: Bench, sizes: readonly Sized[], work: Work): Promise<Costs<string>> {
  const runs = sizes.map(({ count, table }) => {
    return [count, work === 'webhook' ? webhook(table) : read(table, reads[work])] as const;
  });
  const size = bench.tiny ? { rounds: 1, batch: 2 } : { rounds: 20, batch: 20 };
  if (work === 'webhook') {
    // Their checkouts stand there beforehand, so that only the webhook itself is on the clock.
    for (const { table } of sizes) {
      for (let number = 1; number <= (size.rounds + 1) * size.batch; number += 1) {
        await store(table, aCheckout(number));
      }
    }
  }
  return interleave(Object.fromEntries(runs), { ...size, measure: latency });
}

function grown(work: Work, what: string, costs: Costs<string>, largest: string, smallest: string): Figure[] {
  return [
    {
      id: `growth.${work}-${what}-ms`,
      value: median(costs[largest] ?? []),
      unit: 'ms',
      text: `${what} with ${largest} gifts`,
    },
    {
      id: `growth.${work}-${what}`,
      value: medianRatio(costs, largest, smallest),
      unit: '×',
      text: `${what}, of that with ${smallest} gifts`,
    },
  ];
}

async function run(bench: Bench): Promise<Figure[]> {
  const url = await bench.dynamodbUrl();
  const counts = bench.tiny ? [50, 100] : [100, 10_000, 100_000];
  const sizes: Sized[] = [];
  for (const count of counts) sizes.push(await fill(bench, count));
  const [smallest, largest] = [sizes[0] as Sized, sizes.at(-1) as Sized];
  const [few, many] = [String(smallest.count), String(largest.count)];
  const figures: Figure[] = [];
  for (const work of [...Object.keys(reads), 'webhook'] as Work[]) {
    bench.say(`  ${work}`);
    const [before, after] = [await traffic(smallest, work, url), await traffic(largest, work, url)];
    for (const what of ['requests', 'bytes'] as const) {
      const text = `${after[what]} with ${many} gifts, ${before[what]} with ${few}`;
      figures.push({ id: `growth.${work}-${what}`, value: after[what] / before[what], unit: '×', text });
    }
    figures.push(...grown(work, 'cpu', await cpu(bench, sizes, work, url), many, few));
    if (work === 'page' || work === 'webhook') {
      figures.push(...grown(work, 'latency', await clock(bench, sizes, work), many, few));
    }
  }
  return figures;
}

export const part: Part = {
  name: 'growth',
  title: 'public reads and a webhook with 100, 10,000 and 100,000 gifts',
  run,
};

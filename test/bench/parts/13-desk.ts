import { deskOn } from '../../support/desk.ts';
import { now } from '../../support/payments.ts';
import type { Bench, Figure, Part } from '../figures.ts';
import { email, storeManyBooks } from '../many-books.ts';
import { bookingOf } from '../many-gifts.ts';
import { type Replay, replaying } from '../replay.ts';
import { cpuTime, interleave, median, medianRatio } from '../statistics.ts';

const { paymentId } = bookingOf(7, now).payment;

/** The pages that a volunteer opens, by their names in the figures. */
const pages = {
  payments: '/staff/payments',
  payment: `/staff/payments/${paymentId}`,
  'search-reference': `/staff/payments?q=${paymentId}`,
  'search-address': `/staff/payments?q=${encodeURIComponent(email)}`,
  month: '/staff/funds',
  totals: '/staff/totals',
  accounts: '/staff/accounts',
  payouts: '/staff/payouts',
  waiting: '/staff/waiting',
} as const;

/** One size of the table. */
interface Sized {
  readonly count: number;
  readonly replay: Replay;
}

async function fill(bench: Bench, count: number): Promise<Sized> {
  const table = await bench.freshTable();
  const url = await bench.dynamodbUrl();
  const began = performance.now();
  await storeManyBooks(table, url, count, now);
  bench.say(`  ${count} gifts and their books stored in ${Math.round((performance.now() - began) / 1000)} s`);
  return { count, replay: replaying(table.name, url, 'body') };
}

function open({ replay }: Sized, path: string): () => Promise<string> {
  const desk = deskOn(replay.table, 'admin', now);
  return async () => {
    const { status, html } = await desk.get(path);
    if (status !== 200) throw new Error(`${path} answered ${status}.`);
    return html;
  };
}

async function requestsOf(sized: Sized, path: string): Promise<number> {
  sized.replay.reset();
  await open(sized, path)();
  return sized.replay.seen.requests;
}

async function run(bench: Bench): Promise<Figure[]> {
  const counts = bench.tiny ? [50, 100] : [100, 100_000];
  const sizes: Sized[] = [];
  for (const count of counts) sizes.push(await fill(bench, count));
  const [small, large] = sizes as [Sized, Sized];
  const [few, many] = [String(small.count), String(large.count)];
  const figures: Figure[] = [];
  for (const [name, path] of Object.entries(pages)) {
    bench.say(`  ${path}`);
    const [before, after] = [await requestsOf(small, path), await requestsOf(large, path)];
    const size = bench.tiny ? { rounds: 1, batch: 2 } : { rounds: 12, batch: 15 };
    const work = { [few]: open(small, path), [many]: open(large, path) };
    const costs = await interleave(work, { ...size, measure: cpuTime });
    figures.push(
      {
        id: `desk.${name}-requests`,
        value: after,
        unit: 'requests',
        text: `to the table with ${many} gifts, ${before} with ${few}`,
      },
      {
        id: `desk.${name}-cpu-ms`,
        value: median(costs[many] ?? []),
        unit: 'ms',
        text: `CPU with ${many} gifts`,
      },
      {
        id: `desk.${name}-cpu`,
        value: medianRatio(costs, many, few),
        unit: '×',
        text: `CPU, of that with ${few} gifts`,
      },
    );
  }
  return figures;
}

export const part: Part = { name: 'desk', title: 'the pages of the desk with 100 and 100,000 gifts', run };

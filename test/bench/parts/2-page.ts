import { brotliCompressSync, gzipSync } from 'node:zlib';
import { storeFullCampaign } from '../../support/gift-way.ts';
import { siteOn } from '../../support/site.ts';
import type { Bench, Figure, Part } from '../figures.ts';
import { replaying } from '../replay.ts';
import { cpuTime, median } from '../statistics.ts';

const addresses = {
  page: '/campaigns/lai-chi-kok-warehouse',
  'page-zh': '/zh/campaigns/lai-chi-kok-warehouse',
  json: '/api/campaigns/lai-chi-kok-warehouse',
};

async function run(bench: Bench): Promise<Figure[]> {
  const stored = await bench.freshTable();
  await storeFullCampaign(stored, { words: 40 });
  const replay = replaying(stored.name, await bench.dynamodbUrl(), 'body');
  const now = new Date();
  const app = siteOn(replay.table, 'http://127.0.0.1:1', { clock: () => now });
  const figures: Figure[] = [];
  for (const [name, address] of Object.entries(addresses)) {
    replay.reset();
    const answer = await app.request(address);
    if (answer.status !== 200) throw new Error(`${address} answered ${answer.status}.`);
    const requests = replay.seen.requests;
    const bytes = Buffer.from(await answer.arrayBuffer());
    const cpu: number[] = [];
    for (let round = 0; round < (bench.tiny ? 2 : 15); round += 1) {
      const taken = await cpuTime(async () => (await app.request(address)).text(), bench.tiny ? 2 : 40);
      if (round > 0) cpu.push(taken);
    }
    figures.push(
      { id: `${name}.cpu`, value: median(cpu), unit: 'ms', text: `CPU of ${address}, database replayed` },
      { id: `${name}.requests`, value: requests, unit: 'requests', text: 'to the table' },
      {
        id: `${name}.bytes`,
        value: bytes.byteLength,
        unit: 'bytes',
        text: 'the whole body, uncompressed',
      },
      {
        id: `${name}.compressed`,
        value: gzipSync(bytes).byteLength,
        unit: 'bytes',
        text: 'compressed by gzip',
      },
      {
        id: `${name}.brotli`,
        value: brotliCompressSync(bytes).byteLength,
        unit: 'bytes',
        text: 'compressed by brotli',
      },
    );
  }
  return figures;
}

export const part: Part = { name: 'page', title: 'the campaign as page and as JSON', run };

import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { askForExport } from '#accounting/exports/ask-for-export.ts';
import type { ExportFile } from '#accounting/exports/export.ts';
import { fromExportItem } from '#accounting/exports/export-item.ts';
import { parseExport } from '#accounting/exports/export-request.ts';
import { toCampaignListItem } from '#giving/campaigns/campaign-item.ts';
import { exportMessageKey } from '#kernel/outbox/outbox.ts';
import { permit } from '#kernel/staff/rights.ts';
import { hongKongMonth } from '#platform/clock.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import { type Files, filesKey, startFiles } from '../../support/files.ts';
import { functionsOf } from '../bundles.ts';
import type { Bench, Figure, Part } from '../figures.ts';
import { slug, storeManyGifts } from '../many-gifts.ts';

const starter = fileURLToPath(new URL('../cold/first-answer.mjs', import.meta.url));

const works = {
  gifts: { kind: 'gifts', people: false },
  people: { kind: 'gifts', people: true },
  ledger: { kind: 'ledger' },
} as const;
type Work = keyof typeof works;

/** Asks for an export as the staff's API does. */
async function ask(table: Table, work: Work, now: Date): Promise<string> {
  const actor = { id: 'sub-of-bench', roles: ['admin'] } as const;
  const month = hongKongMonth(now);
  const request = parseExport({ ...works[work], from: month, to: month }, now);
  const permits = { exporting: permit(actor, 'export.make'), people: permit(actor, 'person.read') };
  return (await askForExport({ request, idempotencyKey: work, ...permits }, { table, now })).id;
}

/** Runs the deployed bundle of the exporter in a process of its own; bytes that it had resident at most, and seconds. */
async function write(
  bundle: string,
  id: string,
  directory: string,
  environment: Record<string, string>,
): Promise<{ peak: number; seconds: number; cpu: number }> {
  const event = join(directory, `${id}.json`);
  await writeFile(event, JSON.stringify({ outboxKey: exportMessageKey(id) }));
  const began = performance.now();
  const child = spawn(process.execPath, [starter, bundle, event], { env: environment });
  let [said, complained] = ['', ''];
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    complained += data.toString();
  });
  await new Promise((resolve) => child.once('close', resolve));
  const seconds = (performance.now() - began) / 1000;
  const { cpu = 0, peak } = JSON.parse(said || '{}') as Partial<Said>;
  if (!peak) throw new Error(`It said ${said}\n${complained}`);
  return { peak, seconds, cpu };
}

interface Said {
  readonly cpu: number;
  readonly peak: number;
}

async function written(table: Table, id: string, files: Files): Promise<ExportFile> {
  const key = keys.export(id);
  const item = (await readItems(table, [key], { consistent: true })).itemAt(key);
  const { file, state } = item ? fromExportItem(item) : { file: undefined, state: 'gone' };
  const size = (await files.objects.facts(`exports/${id}.csv`))?.size;
  if (!file || file.bytes !== size) throw new Error(`Export ${id} is ${state}, its file has ${size} bytes.`);
  return file;
}

async function run(bench: Bench): Promise<Figure[]> {
  const now = new Date('2026-11-22T12:00:00Z');
  const count = bench.tiny ? 300 : 100_000;
  const [table, url] = [await bench.freshTable(), await bench.dynamodbUrl()];
  await storeManyGifts(table, url, count, now, { whole: true });
  await table.client.send(new PutCommand({ TableName: table.name, Item: toCampaignListItem([slug]) }));
  bench.say(`  ${count} gifts stored, with people and ledger entries`);
  const bundle = functionsOf(await bench.assembly()).find(({ name }) => name === 'exporter')?.file;
  if (!bundle) throw new Error('The app has no function exporter.');
  const files = await startFiles(() => new Date());
  const directory = await mkdtemp(join(tmpdir(), 'tideover-export-'));
  const environment = {
    AWS_REGION: 'ap-east-1',
    AWS_ACCESS_KEY_ID: filesKey.accessKeyId,
    AWS_SECRET_ACCESS_KEY: filesKey.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: url,
    AWS_ENDPOINT_URL_S3: files.url,
    FILES_BUCKET: files.store.bucket,
    TABLE_NAME: table.name,
    NODE_OPTIONS: '--enable-source-maps',
    TZ: 'UTC',
  };
  try {
    const figures: Figure[] = [];
    for (const work of Object.keys(works) as Work[]) {
      const id = await ask(table, work, now);
      const { peak, seconds, cpu } = await write(bundle, id, directory, environment);
      const { rows, bytes } = await written(table, id, files);
      const expected = work === 'ledger' ? 2 * count : count;
      if (rows !== expected) throw new Error(`The export of ${work} has ${rows} rows, not ${expected}.`);
      const megabytes = Math.round(peak / 1e5) / 10;
      bench.say(`  ${work}: ${rows} rows, ${bytes} bytes, ${seconds.toFixed(1)} s, ${megabytes} MB`);
      figures.push(
        { id: `export.${work}-resident`, value: megabytes, unit: 'MB', text: 'most memory resident' },
        { id: `export.${work}-seconds`, value: seconds, unit: 's', text: 'on the clock' },
        { id: `export.${work}-cpu`, value: cpu / 1000, unit: 's', text: 'CPU' },
        { id: `export.${work}-rows`, value: rows, unit: 'rows', text: `of ${count} gifts` },
        { id: `export.${work}-bytes`, value: bytes, unit: 'bytes', text: 'the file' },
      );
    }
    return figures;
  } finally {
    await files.close();
    await rm(directory, { recursive: true, force: true });
  }
}

export const part: Part = {
  name: 'export',
  title: 'files of 100,000 gifts, written by the bundled exporter in its own process',
  run,
};

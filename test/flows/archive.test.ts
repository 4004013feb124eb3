import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { archiveEvents } from '../../functions/archive/archive-events.ts';
import { type FileStore, openFiles } from '../../functions/files/file-store.ts';
import { openStripe } from '../../functions/stripe/gateway.ts';
import { type LocalS3, startLocalS3 } from '../../infra/local/s3/server.ts';
import type { LocalStripe } from '../../infra/local/stripe/server.ts';
import { nobody, payOnPage, silentStripe } from '../support/local-stripe.ts';
import { gift, postCheckout, secretKey, siteOn, storeCampaigns } from '../support/site.ts';
import { everything, freshTable } from '../support/table.ts';

const bucket = 'tideover-test-files';
const day = 86_400_000;
let folder: string;
let s3: LocalS3;
let files: FileStore;
let local: LocalStripe;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tideover-archive-'));
  const Resource = [`arn:aws:s3:::${bucket}/events/*`];
  const Action = ['s3:PutObject', 's3:AbortMultipartUpload', 's3:GetObject'];
  const role = { name: 'BOOKS', arn: 'arn:aws:iam::111122223333:role/BOOKS', trusted: [] };
  const statements = [{ Effect: 'Allow' as const, Action, Resource }];
  s3 = await startLocalS3({
    port: { port: 0 },
    folder,
    buckets: [bucket],
    holderOf: () => ({ secret: 'secret', caller: { name: 'BOOKS', role: { ...role, statements } } }),
    clock: () => new Date(),
    report: () => {},
  });
  const credentials = { accessKeyId: 'BOOKS', secretAccessKey: 'secret', sessionToken: 'local' };
  const client = new S3Client({ endpoint: s3.url, region: 'ap-east-1', maxAttempts: 1, credentials });
  files = openFiles(bucket, client);
  local = await silentStripe();
});
afterEach(async () => {
  await local.close();
  await s3.close();
  await rm(folder, { recursive: true });
});

async function read(key: string): Promise<Buffer> {
  const answer = await files.client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return Buffer.from((await answer.Body?.transformToByteArray()) ?? []);
}

it('a day’s events stand in one file, a line each, the same bytes again, without a word of the givers', async () => {
  const table = await freshTable();
  await storeCampaigns(table);
  await postCheckout(siteOn(table, local.url), gift);
  const [checkout] = await everything(table, 'checkout');
  await payOnPage(local, checkout?.sessionId as string);
  const tomorrow = { files, stripe: openStripe(secretKey, local.url), now: new Date(Date.now() + day) };
  const { key, events } = await archiveEvents(tomorrow);
  expect(key).toMatch(/^events\/\d{4}\/\d\d\/\d\d\.jsonl\.gz$/);
  const bytes = await read(key);
  const lines = gunzipSync(bytes).toString().trimEnd().split('\n');
  expect(lines).toHaveLength(events);
  expect(lines.map((line) => JSON.parse(line))).toContainEqual(
    expect.objectContaining({
      type: 'checkout.session.completed',
      object: expect.objectContaining({ amount_total: 50_000 }),
      ours: { checkout: checkout?.id, campaign: 'lai-chi-kok-warehouse' },
    }),
  );
  for (const word of ['Juniper', 'juniper', '@', '4242']) expect(lines.join()).not.toContain(word);
  await archiveEvents(tomorrow);
  expect((await read(key)).equals(bytes)).toBe(true);
});

it('a list of events that breaks off leaves no file of a part of the day', async () => {
  const now = new Date(Date.now() + day);
  await expect(archiveEvents({ files, stripe: openStripe(secretKey, nobody), now })).rejects.toThrow();
  expect(await s3.bucket(bucket)?.keys()).toEqual([]);
});

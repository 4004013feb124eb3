import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { archiveEvents } from '#apps/webhooks/archive-events.ts';
import { openStripe } from '#payments/checkout/gateway.ts';
import { openFiles } from '#platform/files/file-store.ts';
import { startLocalS3 } from '../../infra/local/s3/server.ts';
import type { Role, Statement } from '../../infra/local/template/access.ts';
import { nobody, payOnPage, silentStripe, stripeBut } from '../support/local-stripe.ts';
import { gift, postCheckout, secretKey, siteOn, storeCampaigns } from '../support/site.ts';
import { story } from '../support/story.ts';
import { everything, freshTable } from '../support/table.ts';
import { templateRoles } from '../support/template-roles.ts';

const day = 86_400_000;

/** The archive’s bucket as the template’s roles may use it. */
const it = story.extend('archive', { auto: true }, async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 'tideover-archive-'));
  const { bucketName, bucketDenials, roleOf } = templateRoles();
  const all: Statement = { Effect: 'Allow', Action: ['s3:*'], Resource: ['*'] };
  const roles: Record<string, Role> = {
    BOOKS: roleOf('Books'),
    ANYBODY: { ...roleOf('Books'), name: 'ANYBODY', statements: [all] },
  };
  const s3 = await startLocalS3({
    port: { port: 0 },
    folder,
    buckets: [bucketName],
    holderOf: (key) => {
      const role = roles[key];
      return role && { secret: 'secret', caller: { name: key, role } };
    },
    denials: bucketDenials,
    clock: () => new Date(),
    report: () => {},
  });
  const files = openFiles(bucketName, clientOf('BOOKS'));

  onCleanup(async () => {
    await s3.close();
    await rm(folder, { recursive: true });
  });

  function clientOf(accessKeyId: string): S3Client {
    const credentials = { accessKeyId, secretAccessKey: 'secret', sessionToken: 'local' };
    return new S3Client({ endpoint: s3.url, region: 'ap-east-1', maxAttempts: 1, credentials });
  }

  async function read(key: string): Promise<Buffer> {
    const answer = await clientOf('ANYBODY').send(new GetObjectCommand({ Bucket: files.bucket, Key: key }));
    return Buffer.from((await answer.Body?.transformToByteArray()) ?? []);
  }

  return { files, read, s3, clientOf };
});

it('a day’s events stand in one file, a line each, the same bytes again, without personal data of the donors', async ({
  localStripe,
  archive: { files, read },
}) => {
  const table = await freshTable();
  await storeCampaigns(table);
  await postCheckout(siteOn(table, localStripe.url), gift);
  const [checkout] = await everything(table, 'checkout');
  await payOnPage(localStripe, checkout?.sessionId as string);
  const tomorrow = { files, stripe: openStripe(secretKey, localStripe.url), now: new Date(Date.now() + day) };
  const { key, events } = await archiveEvents(tomorrow);
  expect(key).toMatch(/^events\/\d{4}\/\d\d\/\d\d\.jsonl\.gz$/);
  const bytes = await read(key);
  const lines = gunzipSync(bytes).toString().trimEnd().split('\n');
  expect(lines).toHaveLength(events);
  expect(lines.map((line) => JSON.parse(line))).toContainEqual(
    expect.objectContaining({
      type: 'checkout.session.completed',
      object: expect.objectContaining({ amount_total: 50_000 }),
      ours: {
        checkout: checkout?.id,
        fund: 'lai-chi-kok-warehouse',
        parts: { gift: 50_000, sales: 0, cover: 0 },
      },
    }),
  );
  for (const word of ['Juniper', 'juniper', '@', '4242']) expect(lines.join()).not.toContain(word);
  // What was archived stays, also when Stripe lists the day otherwise by then.
  const later = await silentStripe();
  const again = await archiveEvents({ ...tomorrow, stripe: openStripe(secretKey, later.url) });
  await later.close();
  expect(again).toMatchObject({ key, existed: true });
  expect((await read(key)).equals(bytes)).toBe(true);
});

it('an odd event stands by its name in the day’s file, and keeps no other out of it', async ({
  localStripe,
  archive: { files, read },
}) => {
  const now = new Date(Date.now() + day);
  const created = Math.floor(Date.now() / 1000);
  const base = { object: 'event', type: 'payout.paid', created, livemode: false, api_version: null };
  const right = { ...base, id: 'evt_right', data: { object: { id: 'po_right', amount: 100 } } };
  const odd = [{ ...base, id: 'evt_odd', data: { object: null } }, { ...base, id: 'evt_bare' }, null];
  const proxy = await stripeBut(localStripe, (path) =>
    path === '/v1/events'
      ? Response.json({ object: 'list', url: path, has_more: false, data: [...odd, right] })
      : undefined,
  );
  const { key, events } = await archiveEvents({ files, stripe: openStripe(secretKey, proxy.url), now });
  await proxy.close();
  expect(events).toBe(4);
  const lines = gunzipSync(await read(key))
    .toString()
    .trimEnd()
    .split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { id?: string }).id)).toEqual([
    'evt_odd',
    'evt_bare',
    undefined,
    'evt_right',
  ]);
  expect(lines[3]).toContain('po_right');
});

it('a list of events that breaks off leaves no file of a part of the day', async ({
  archive: { files, s3 },
}) => {
  const now = new Date(Date.now() + day);
  await expect(archiveEvents({ files, stripe: openStripe(secretKey, nobody), now })).rejects.toThrow();
  expect(await s3.bucket(files.bucket)?.keys()).toEqual([]);
});

it.for(['BOOKS', 'ANYBODY'])(
  'nobody writes over what is archived: %s',
  async (accessKeyId, { archive: { clientOf, files, read } }) => {
    const client = clientOf(accessKeyId);
    const of = { Bucket: files.bucket, Key: 'events/2026/11/26.jsonl.gz' };
    await client.send(new PutObjectCommand({ ...of, Body: 'as it was', IfNoneMatch: '*' }));
    const refusals = [
      client.send(new PutObjectCommand({ ...of, Body: 'otherwise' })),
      client.send(new PutObjectCommand({ ...of, Body: 'otherwise', IfNoneMatch: '*' })),
      client.send(new DeleteObjectCommand(of)),
      inParts({}),
      inParts({ IfNoneMatch: '*' }),
    ];
    const names = (await Promise.allSettled(refusals)).map(
      (each) => each.status === 'rejected' && each.reason.name,
    );
    expect(names).toEqual([
      'AccessDenied',
      'PreconditionFailed',
      'AccessDenied',
      'AccessDenied',
      'PreconditionFailed',
    ]);
    expect((await read(of.Key)).toString()).toBe('as it was');

    async function inParts(condition: { IfNoneMatch?: '*' }) {
      const { UploadId } = await client.send(new CreateMultipartUploadCommand(of));
      const part = { ...of, UploadId, PartNumber: 1 };
      const { ETag } = await client.send(new UploadPartCommand({ ...part, Body: 'otherwise' }));
      const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
      await client.send(
        new CompleteMultipartUploadCommand({ ...of, UploadId, MultipartUpload, ...condition }),
      );
    }
  },
);

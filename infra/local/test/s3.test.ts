import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  CreateMultipartUploadCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LocalS3, startLocalS3 } from '../s3/server.ts';
import type { Statement } from '../template/access.ts';
import { bucket, linkTo, putFile, uploadFile } from './support/bucket.ts';

const mebibyte = 1024 * 1024;

let folder: string;
let s3: LocalS3;
let now: Date;

const allow = (...actions: string[]): Statement => ({
  Effect: 'Allow',
  Action: actions.map((action) => `s3:${action}`),
  Resource: [`arn:aws:s3:::${bucket}/exports/*`],
});
const callers: Record<string, Statement[]> = {
  EXPORTER: [allow('PutObject', 'AbortMultipartUpload')],
  STAFF: [allow('GetObject')],
  BOTH: [allow('PutObject', 'AbortMultipartUpload', 'GetObject')],
};

function filesOf(accessKeyId: string, secretAccessKey = `secret of ${accessKeyId}`): S3Client {
  return new S3Client({
    endpoint: s3.url,
    region: 'ap-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey, sessionToken: 'local' },
  });
}

async function start(): Promise<void> {
  s3 = await startLocalS3({
    port: { port: 0 },
    folder,
    buckets: [bucket],
    holderOf: (key) => {
      const statements = callers[key];
      const role = { name: key, arn: `arn:aws:iam::111122223333:role/${key}`, trusted: [] };
      return (
        statements && { secret: `secret of ${key}`, caller: { name: key, role: { ...role, statements } } }
      );
    },
    clock: () => now,
    report: () => {},
  });
}

async function* pieces(count: number, piece: Buffer): AsyncGenerator<Buffer> {
  for (let index = 0; index < count; index += 1) yield piece;
}

async function read(files: S3Client, key: string): Promise<Buffer> {
  const answer = await files.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return Buffer.from((await answer.Body?.transformToByteArray()) ?? []);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tideover-s3-'));
  now = new Date();
  await start();
});

beforeEach(() => {
  now = new Date();
});

afterAll(async () => {
  await s3.close();
  await rm(folder, { recursive: true });
});

describe('a file', () => {
  it('comes back byte for byte, under a key with signs that the signature encodes', async () => {
    const files = filesOf('BOTH');
    await putFile(files, "exports/gifts (1)+'施'.csv", 'a,b\r\n');
    const answer = await files.send(
      new GetObjectCommand({ Bucket: bucket, Key: "exports/gifts (1)+'施'.csv" }),
    );
    expect(await answer.Body?.transformToString()).toBe('a,b\r\n');
    expect(answer.ContentType).toBe('text/csv; charset=utf-8');
    const head = await files.send(
      new HeadObjectCommand({ Bucket: bucket, Key: "exports/gifts (1)+'施'.csv" }),
    );
    expect(head.ContentLength).toBe(5);
  });

  it('takes the place of an earlier one of its key', async () => {
    const files = filesOf('BOTH');
    await putFile(files, 'exports/twice.csv', 'first');
    await putFile(files, 'exports/twice.csv', 'second');
    expect((await read(files, 'exports/twice.csv')).toString()).toBe('second');
  });

  it('stays when a writer asks for a new one only', async () => {
    const client = filesOf('BOTH');
    const put = new PutObjectCommand({ Bucket: bucket, Key: 'exports/new.csv', Body: 'x', IfNoneMatch: '*' });
    await client.send(put);
    await expect(client.send(put)).rejects.toMatchObject({ name: 'PreconditionFailed' });
  });

  it('is there after a restart', async () => {
    await putFile(filesOf('BOTH'), 'exports/kept.csv', 'kept');
    await s3.close();
    await start();
    expect((await read(filesOf('BOTH'), 'exports/kept.csv')).toString()).toBe('kept');
  });
});

describe('a file written as it is made', () => {
  it('comes in parts of 5 MiB and is whole', async () => {
    const files = filesOf('BOTH');
    const piece = randomBytes(mebibyte);
    await uploadFile(files, 'exports/large.csv', pieces(12, piece));
    const all = await read(files, 'exports/large.csv');
    expect(all.equals(Buffer.concat(Array.from({ length: 12 }, () => piece)))).toBe(true);
    expect((await s3.bucket(bucket)?.facts('exports/large.csv'))?.etag).toMatch(/-3"$/);
  });

  it('is not there when its making fails, the earlier one stays, and no parts are left', async () => {
    const files = filesOf('BOTH');
    await putFile(files, 'exports/torn.csv', 'earlier');
    const torn = async function* () {
      yield* pieces(7, Buffer.alloc(mebibyte));
      throw new Error('the table hung');
    };
    await expect(uploadFile(files, 'exports/torn.csv', torn())).rejects.toThrow('the table hung');
    expect((await read(files, 'exports/torn.csv')).toString()).toBe('earlier');
    expect(await s3.bucket(bucket)?.openUploads()).toBe(0);
  });

  it('may come in chunks with the checksum behind them, as the SDK sends a stream', async () => {
    const files = filesOf('BOTH');
    const Body = Readable.from([Buffer.from('one,'), Buffer.from('two')]);
    const put = new PutObjectCommand({ Bucket: bucket, Key: 'exports/chunks.csv', Body, ContentLength: 7 });
    await files.send(put);
    expect((await read(files, 'exports/chunks.csv')).toString()).toBe('one,two');
  });

  it('is refused with another checksum, and with a part that is too small', async () => {
    const client = filesOf('BOTH');
    const wrong = new PutObjectCommand({
      Bucket: bucket,
      Key: 'exports/wrong.csv',
      Body: 'x',
      ChecksumCRC32: 'AAAAAA==',
    });
    await expect(client.send(wrong)).rejects.toMatchObject({ name: 'BadDigest' });
    const objects = s3.bucket(bucket);
    const id = (await client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: 'exports/s' })))
      .UploadId;
    const parts = [];
    for (const number of [1, 2]) {
      const part = { Bucket: bucket, Key: 'exports/s', UploadId: id, PartNumber: number, Body: 'small' };
      parts.push({ number, etag: (await client.send(new UploadPartCommand(part))).ETag ?? '' });
    }
    await expect(objects?.complete('exports/s', id ?? '', parts, false)).rejects.toMatchObject({
      code: 'EntityTooSmall',
    });
    await objects?.abort('exports/s', id ?? '');
  });
});

describe('a link', () => {
  const link = (files: S3Client) => linkTo(files, 'exports/link.csv');

  it('lets anybody fetch the file under its name, until it expires', async () => {
    await putFile(filesOf('BOTH'), 'exports/link.csv', 'rows');
    const made = Date.now();
    const url = await link(filesOf('STAFF'));
    const fetched = await fetch(url);
    expect(await fetched.text()).toBe('rows');
    expect(fetched.headers.get('content-disposition')).toBe('attachment; filename="gifts 2026-10.csv"');
    now = new Date(made + 898_000);
    expect((await fetch(url)).status).toBe(200);
    now = new Date(Date.now() + 902_000);
    const expired = await fetch(url);
    expect(expired.status).toBe(403);
    expect(await expired.text()).toContain('<Code>AccessDenied</Code><Message>Request has expired</Message>');
  });

  it('leads to nothing else, lasts no longer and is made by nobody without the key', async () => {
    const url = await link(filesOf('STAFF'));
    for (const changed of [
      url.replace('link.csv', 'twice.csv'),
      url.replace('X-Amz-Expires=900', 'X-Amz-Expires=9000'),
      url.replace('gifts%202026-10', 'ledger'),
      await link(filesOf('STAFF', 'another secret')),
    ]) {
      const refused = await fetch(changed);
      expect(refused.status).toBe(403);
      expect(await refused.text()).toContain('SignatureDoesNotMatch');
    }
  });

  it('can do no more than who signed it', async () => {
    expect(await (await fetch(await link(filesOf('EXPORTER')))).text()).toContain('s3:GetObject');
    expect((await fetch(await link(filesOf('NOBODY')))).status).toBe(403);
  });
});

describe('who calls', () => {
  it('is refused what the role does not grant, by action and by prefix', async () => {
    await expect(putFile(filesOf('STAFF'), 'exports/a.csv', 'a')).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('s3:PutObject'),
    });
    await expect(putFile(filesOf('BOTH'), 'events/a.json', '{}')).rejects.toThrow(`${bucket}/events/a.json`);
  });

  it('learns of a missing file only with the right to list', async () => {
    await expect(read(filesOf('STAFF'), 'exports/none.csv')).rejects.toMatchObject({ name: 'AccessDenied' });
    callers.LISTER = [
      allow('GetObject'),
      { Effect: 'Allow', Action: ['s3:ListBucket'], Resource: [`arn:aws:s3:::${bucket}`] },
    ];
    await expect(read(filesOf('LISTER'), 'exports/none.csv')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('is refused without a signature, with an old one, and for what is not known here', async () => {
    expect((await fetch(`${s3.url}/${bucket}/exports/link.csv`)).status).toBe(403);
    const acl = new GetObjectAclCommand({ Bucket: bucket, Key: 'exports/link.csv' });
    await expect(filesOf('BOTH').send(acl)).rejects.toMatchObject({ name: 'NotImplemented' });
    now = new Date(Date.now() + 16 * 60_000);
    // Without a second attempt the SDK does not set its clock by the answer.
    await expect(read(filesOf('BOTH'), 'exports/link.csv')).rejects.toMatchObject({
      name: 'RequestTimeTooSkewed',
    });
  });
});

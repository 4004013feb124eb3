import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { type FileStore, openFiles } from '#platform/files/file-store.ts';
import type { ObjectStore } from '../../infra/local/s3/object-store.ts';
import { startLocalS3 } from '../../infra/local/s3/server.ts';

const bucket = 'tideover-test-files';
const secret = 'a secret of the tests';

/** A bucket of files in a local S3. */
export interface Files {
  readonly url: string;
  /** The bucket as a function that may write and read all of it sees it. */
  readonly store: FileStore;
  /** What lies in it. */
  readonly objects: ObjectStore;
  close(): Promise<void>;
}

/** The one access key that the bucket accepts. */
export const filesKey = { accessKeyId: 'TEST', secretAccessKey: secret } as const;

/** @param clock what S3 takes for the present; requests are signed by it too */
export async function startFiles(clock: () => Date): Promise<Files> {
  const folder = await mkdtemp(join(tmpdir(), 'tideover-files-'));
  const statement = { Effect: 'Allow' as const, Action: ['s3:*'], Resource: [`arn:aws:s3:::${bucket}/*`] };
  const role = { name: 'TEST', arn: 'arn:aws:iam::111122223333:role/TEST', trusted: [] };
  const caller = { name: 'TEST', role: { ...role, statements: [statement] } };
  const s3 = await startLocalS3({
    port: { port: 0 },
    folder,
    buckets: [bucket],
    holderOf: (key) => (key === filesKey.accessKeyId ? { secret, caller } : undefined),
    clock,
    report: () => {},
  });
  const client = new S3Client({
    endpoint: s3.url,
    region: 'ap-east-1',
    maxAttempts: 1,
    credentials: filesKey,
    systemClockOffset: clock().getTime() - Date.now(),
  });
  const objects = s3.bucket(bucket);
  if (!objects) throw new Error(`The local S3 has no bucket ${bucket}.`);
  return {
    url: s3.url,
    store: openFiles(bucket, client),
    objects,
    close: async () => {
      client.destroy();
      await s3.close();
      await rm(folder, { recursive: true });
    },
  };
}

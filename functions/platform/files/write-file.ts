import { Readable } from 'node:stream';
import { S3ServiceException } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { FileKind, FileStore } from './file-store.ts';

/** The smallest part that S3 takes but for the last one, 5 MiB (S3, "Multipart upload limits"). */
const partBytes = 5 * 1024 * 1024;

/**
 * Writes a file as its bytes are made, part by part, in the place of an earlier one of the key. The file is there whole or not at
 * all: what fails on the way is given up, and an earlier file stays. At most two parts of 5 MiB are in memory.
 * @returns how many bytes were written
 * @throws what `source` throws, and errors of S3
 */
export function writeFile(
  files: FileStore,
  key: string,
  source: AsyncIterable<string | Uint8Array>,
  kind: FileKind,
): Promise<number> {
  return upload(files, key, source, { ContentType: kind.contentType });
}

/**
 * Writes a file likewise, but never in the place of an earlier one of the key.
 * @returns how many bytes were written; undefined where an earlier file stayed
 * @throws what `source` throws, and errors of S3
 */
export async function writeNewFile(
  files: FileStore,
  key: string,
  source: AsyncIterable<string | Uint8Array>,
  kind: FileKind,
): Promise<number | undefined> {
  try {
    return await upload(files, key, source, { ContentType: kind.contentType, IfNoneMatch: '*' });
  } catch (error) {
    if (error instanceof S3ServiceException && error.name === 'PreconditionFailed') return undefined;
    throw error;
  }
}

async function upload(
  { client, bucket }: FileStore,
  key: string,
  source: AsyncIterable<string | Uint8Array>,
  params: { readonly ContentType: string; readonly IfNoneMatch?: '*' },
): Promise<number> {
  let bytes = 0;
  const counted = async function* () {
    for await (const chunk of source) {
      const buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      bytes += buffer.length;
      yield buffer;
    }
  };
  const Body = Readable.from(counted(), { objectMode: false });
  const uploading = new Upload({
    client,
    params: { Bucket: bucket, Key: key, Body, ...params },
    partSize: partBytes,
    queueSize: 1,
  });
  await uploading.done();
  return bytes;
}

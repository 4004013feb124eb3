import { Readable } from 'node:stream';
import { GetObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

/** The bucket of files, with the client to reach it. */
export interface FileStore {
  readonly bucket: string;
  readonly client: S3Client;
}

/** The smallest part that S3 takes but for the last one, 5 MiB (S3, "Multipart upload limits"). */
const partBytes = 5 * 1024 * 1024;

/**
 * How long one request may take, in milliseconds: a part of 5 MiB takes longer than the table's answers, for which `callLimits`
 * stands.
 */
const fileLimits = { connectionTimeout: 2000, requestTimeout: 30_000, throwOnRequestTimeout: true } as const;

/**
 * Opens the bucket of files.
 * @param bucket its name
 * @param client by default one for the function's own region and role
 */
export function openFiles(
  bucket: string,
  client = new S3Client({ maxAttempts: 4, requestHandler: fileLimits }),
): FileStore {
  return { bucket, client };
}

/** What a file is. */
export interface FileKind {
  /** For example `text/csv; charset=utf-8`. */
  readonly contentType: string;
}

/** Writes a small file whole, in the place of an earlier one of the key. */
export async function putFile(
  files: FileStore,
  key: string,
  body: string | Uint8Array,
  { contentType }: FileKind,
): Promise<void> {
  const { client, bucket } = files;
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: contentType }));
}

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

/**
 * A link that lets whoever has it fetch a file, until it expires.
 * @param seconds 1 to 604,800; it ends earlier when the function's own credentials do
 * @param now from when on
 * @param filename what a browser calls the file: plain ASCII without quotation marks
 */
export async function linkTo(
  files: FileStore,
  key: string,
  { seconds, filename, now }: { readonly seconds: number; readonly filename: string; readonly now: Date },
): Promise<string> {
  const get = new GetObjectCommand({
    Bucket: files.bucket,
    Key: key,
    ResponseContentDisposition: `attachment; filename="${filename}"`,
  });
  return getSignedUrl(files.client, get, { expiresIn: seconds, signingDate: now });
}

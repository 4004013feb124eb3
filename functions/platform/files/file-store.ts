import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

/** The bucket of files, with the client to reach it. */
export interface FileStore {
  readonly bucket: string;
  readonly client: S3Client;
}

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
 * A link with which anybody can fetch a file until it expires.
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

/** A form with which a browser sends one file to the bucket: its address, and the fields that stand before the file. */
export interface UploadForm {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * A form for one file under one key. The bucket refuses a larger file, another key and another way back.
 * @param back where the browser is led afterwards
 */
export function uploadForm(
  files: FileStore,
  key: string,
  { largest, seconds, back }: { readonly largest: number; readonly seconds: number; readonly back: string },
): Promise<UploadForm> {
  return createPresignedPost(files.client, {
    Bucket: files.bucket,
    Key: key,
    Conditions: [
      ['content-length-range', 1, largest],
      ['eq', '$success_action_redirect', back],
    ],
    Fields: { success_action_redirect: back },
    Expires: seconds,
  });
}

/** The bytes of a file; undefined where there is none. */
export async function readFile({ client, bucket }: FileStore, key: string): Promise<Uint8Array | undefined> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return await Body?.transformToByteArray();
  } catch (error) {
    // Who may not list a bucket is refused where a key is missing.
    const isMissing = error instanceof NoSuchKey || (error instanceof Error && error.name === 'AccessDenied');
    if (isMissing) return undefined;
    throw error;
  }
}

/** Takes a file away; nothing happens where there is none. */
export async function removeFile({ client, bucket }: FileStore, key: string): Promise<void> {
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
}

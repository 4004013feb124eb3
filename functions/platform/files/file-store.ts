import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
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

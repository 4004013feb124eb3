import { Readable } from 'node:stream';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

export const bucket = 'tideover-test-files';

const ContentType = 'text/csv; charset=utf-8';

/** Writes a small file whole. */
export async function putFile(client: S3Client, Key: string, Body: string): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ContentType }));
}

/** Writes a file in parts of 5 MiB as its bytes are made; gives it up when they cannot be made. */
export async function uploadFile(
  client: S3Client,
  Key: string,
  source: AsyncIterable<Buffer>,
): Promise<void> {
  const Body = Readable.from(source, { objectMode: false });
  const params = { Bucket: bucket, Key, Body, ContentType };
  await new Upload({ client, params, partSize: 5 * 1024 * 1024, queueSize: 1 }).done();
}

/** A link to a file, good for a quarter of an hour, under which a browser saves it as `gifts 2026-10.csv`. */
export function linkTo(client: S3Client, Key: string): Promise<string> {
  const ResponseContentDisposition = 'attachment; filename="gifts 2026-10.csv"';
  const get = new GetObjectCommand({ Bucket: bucket, Key, ResponseContentDisposition });
  return getSignedUrl(client, get, { expiresIn: 900, signingDate: new Date() });
}

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import type { Received } from './body.ts';
import { S3Error } from './errors.ts';
import type { ObjectFacts, ObjectStore } from './object-store.ts';

/** A form that a browser sent, with who signed its policy. */
export interface PostedForm {
  readonly accessKey: string;
  readonly key: string;
  readonly fields: ReadonlyMap<string, string>;
  readonly file: File;
}

type Condition = Readonly<Record<string, string>> | readonly [string, ...(string | number)[]];

/** Fields that no condition has to name (S3, "POST policy"). */
const uncovered = new Set(['policy', 'x-amz-signature', 'file']);
const denied = (message: string) => new S3Error('AccessDenied', message, 403);
const refused = (about: unknown) =>
  denied(`Invalid according to Policy: Policy Condition failed: ${JSON.stringify(about)}`);

/** Whether a request is the form of a browser (S3, "POST Object"): it is sent to the bucket itself. */
export function isPostedForm({ method, headers }: IncomingMessage, key: string): boolean {
  return method === 'POST' && key === '' && /^multipart\/form-data/.test(headers['content-type'] ?? '');
}

/**
 * Reads such a form and holds it against the policy that was signed for it: who signed, until when, which bucket, key and size, and
 * that it holds no field beyond.
 * @throws S3Error as S3 answers a form that its policy does not allow
 */
export async function readPostedForm(
  request: IncomingMessage,
  bucket: string,
  secretOf: (accessKey: string) => string | undefined,
  now: Date,
): Promise<PostedForm> {
  const body = await buffer(request);
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  const form = await new Response(new Uint8Array(body), { headers }).formData();
  const fields = new Map<string, string>();
  let file: File | undefined;
  for (const [name, value] of form) {
    // What stands behind the file is not looked at.
    if (file) break;
    if (typeof value === 'string') fields.set(name.toLowerCase(), value);
    else if (name === 'file') file = value;
  }
  const key = fields.get('key');
  if (!file || !key)
    throw new S3Error('InvalidArgument', 'POST requires exactly one file upload per request.', 400);
  const accessKey = requireSignature(fields, secretOf);
  requirePolicy(new Map([...fields, ['bucket', bucket]]), file.size, now);
  return { accessKey, key, fields, file };
}

function requireSignature(
  fields: ReadonlyMap<string, string>,
  secretOf: (accessKey: string) => string | undefined,
): string {
  const [accessKey = '', ...scope] = (fields.get('x-amz-credential') ?? '').split('/');
  const secret = secretOf(accessKey);
  if (secret === undefined) throw denied('Access Denied');
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const signingKey = scope.reduce<string | Buffer>(hmac, `AWS4${secret}`);
  const expected = Buffer.from(hmac(signingKey, fields.get('policy') ?? '').toString('hex'));
  const given = Buffer.from(fields.get('x-amz-signature') ?? '');
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) {
    const message = 'The request signature we calculated does not match the signature you provided.';
    throw new S3Error('SignatureDoesNotMatch', message, 403);
  }
  return accessKey;
}

function requirePolicy(fields: ReadonlyMap<string, string>, size: number, now: Date): void {
  const { expiration, conditions } = JSON.parse(
    Buffer.from(fields.get('policy') ?? '', 'base64').toString(),
  ) as { expiration: string; conditions: Condition[] };
  if (now > new Date(expiration)) throw denied('Invalid according to Policy: Policy expired.');
  const covered = new Set(['bucket']);
  for (const condition of conditions) {
    for (const [operator, name, ...wanted] of asLists(condition)) {
      if (operator === 'content-length-range') requireSize(size, Number(name), Number(wanted[0]));
      else {
        const field = String(name).slice(1).toLowerCase();
        covered.add(field);
        const value = fields.get(field) ?? '';
        const text = String(wanted[0]);
        const holds =
          operator === 'eq' ? value === text : operator === 'starts-with' && value.startsWith(text);
        if (!holds) throw refused(condition);
      }
    }
  }
  const extra = [...fields.keys()].filter((name) => !covered.has(name) && !uncovered.has(name));
  if (extra.length > 0) throw denied(`Invalid according to Policy: Extra input fields: ${extra.join(', ')}`);
}

/** A condition as lists: the short form says that fields are equal to what it names. */
function asLists(condition: Condition): readonly (readonly (string | number)[])[] {
  if (Array.isArray(condition)) return [condition];
  return Object.entries(condition).map(([name, value]) => ['eq', `$${name}`, String(value)]);
}

function requireSize(size: number, least: number, most: number): void {
  if (size > most) {
    const more = { ProposedSize: String(size), MaxSizeAllowed: String(most) };
    throw new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', 400, more);
  }
  if (size < least) {
    throw new S3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', 400);
  }
}

/** Makes the file of a form an object. @returns the answer's status and where it leads the browser */
export async function putPostedFile(
  objects: ObjectStore,
  bucket: string,
  { key, file, fields }: PostedForm,
): Promise<{ readonly status: number; readonly headers: Readonly<Record<string, string>> }> {
  const bytes = Buffer.from(await file.arrayBuffer());
  const path = objects.newFile();
  await writeFile(path, bytes);
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32(bytes) >>> 0);
  const md5 = createHash('md5').update(bytes).digest('hex');
  const received: Received = { size: bytes.length, md5, crc32: crc.toString('base64') };
  const described = { contentType: fields.get('content-type') ?? 'binary/octet-stream' };
  const facts: ObjectFacts = await objects.put(key, path, received, described, false);
  const back = fields.get('success_action_redirect');
  if (!back) return { status: 204, headers: { etag: facts.etag } };
  const location = new URL(back);
  for (const [name, value] of Object.entries({ bucket, key, etag: facts.etag })) {
    location.searchParams.set(name, value);
  }
  return { status: 303, headers: { etag: facts.etag, location: location.href } };
}

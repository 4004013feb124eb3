import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { receive } from './body.ts';
import { S3Error, xml } from './errors.ts';
import type { Described, NamedPart, ObjectFacts, ObjectStore } from './object-store.ts';

/** What the local S3 does; the names are S3's. */
export type Operation =
  | 'PutObject'
  | 'GetObject'
  | 'HeadObject'
  | 'CreateMultipartUpload'
  | 'UploadPart'
  | 'CompleteMultipartUpload'
  | 'AbortMultipartUpload'
  | 'DeleteObject';

type Query = ReadonlyMap<string, string>;

/** A request that was let in. */
export interface Call {
  readonly objects: ObjectStore;
  readonly key: string;
  readonly query: Query;
  readonly request: IncomingMessage;
  /** What the signature says of the body. */
  readonly payload: string;
}

/** What is answered: a text, or bytes that are sent as they are read. */
export interface Done {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly bytes?: Readable;
}

/** Parameters that name no operation of their own. */
const plain =
  /^(X-Amz-|x-amz-checksum-mode$|x-id$|response-content-(type|disposition)$|uploads$|uploadId$|partNumber$)/;

/** @returns undefined for what the local S3 does not know, such as `?acl` or a bucket without a key */
export function operationOf(method: string, key: string, query: Query): Operation | undefined {
  if (key === '' || [...query.keys()].some((name) => !plain.test(name))) return undefined;
  const [isUpload, isPart] = [query.has('uploadId'), query.has('partNumber')];
  switch (method) {
    case 'GET':
      return isUpload ? undefined : 'GetObject';
    case 'HEAD':
      return 'HeadObject';
    case 'PUT':
      if (isUpload !== isPart) return undefined;
      return isPart ? 'UploadPart' : 'PutObject';
    case 'POST':
      if (query.has('uploads')) return 'CreateMultipartUpload';
      return isUpload ? 'CompleteMultipartUpload' : undefined;
    case 'DELETE':
      return isUpload ? 'AbortMultipartUpload' : 'DeleteObject';
    default:
      return undefined;
  }
}

/** Each operation on a bucket. */
export const operations: Readonly<Record<Operation, (call: Call) => Promise<Done>>> = {
  PutObject: async ({ objects, key, request, payload }) => {
    const described = describedBy(request.headers);
    const file = objects.newFile();
    const received = await receive(request, payload, file);
    const { etag } = await objects.put(key, file, received, described, isOnlyNew(request.headers));
    return { headers: { etag, 'x-amz-checksum-crc32': received.crc32 } };
  },
  GetObject: async ({ objects, key, query }) => {
    const found = await objects.read(key);
    if (!found) throw noSuchKey(key);
    return { headers: headersOf(found.facts, query), bytes: found.bytes };
  },
  HeadObject: async ({ objects, key, query }) => {
    const facts = await objects.facts(key);
    if (!facts) throw noSuchKey(key);
    return { headers: headersOf(facts, query) };
  },
  CreateMultipartUpload: async ({ objects, key, request }) => {
    const UploadId = await objects.begin(key, describedBy(request.headers));
    return xmlDone('InitiateMultipartUploadResult', { Key: key, UploadId });
  },
  UploadPart: async ({ objects, key, query, request, payload }) => {
    const number = Number(query.get('partNumber'));
    if (!Number.isInteger(number) || number < 1 || number > 10_000) {
      const message = 'Part number must be an integer between 1 and 10000, inclusive';
      throw new S3Error('InvalidArgument', message, 400);
    }
    const file = objects.newFile();
    const received = await receive(request, payload, file);
    const etag = await objects.putPart(key, query.get('uploadId') ?? '', number, file, received);
    return { headers: { etag, 'x-amz-checksum-crc32': received.crc32 } };
  },
  CompleteMultipartUpload: async ({ objects, key, query, request }) => {
    const parts = readParts(await text(request));
    const uploadId = query.get('uploadId') ?? '';
    const { etag } = await objects.complete(key, uploadId, parts, isOnlyNew(request.headers));
    return xmlDone('CompleteMultipartUploadResult', { Key: key, ETag: etag });
  },
  AbortMultipartUpload: async ({ objects, key, query }) => {
    await objects.abort(key, query.get('uploadId') ?? '');
    return { status: 204 };
  },
  DeleteObject: async ({ objects, key }) => {
    await objects.remove(key);
    return { status: 204 };
  },
};

function describedBy(headers: IncomingHttpHeaders): Described {
  return {
    contentType: headers['content-type'] ?? 'binary/octet-stream',
    contentDisposition: headers['content-disposition'],
  };
}

function isOnlyNew(headers: IncomingHttpHeaders): boolean {
  return headers['if-none-match'] === '*';
}

function headersOf(facts: ObjectFacts, query: Query): Record<string, string> {
  const disposition = query.get('response-content-disposition') ?? facts.contentDisposition;
  return {
    'content-type': query.get('response-content-type') ?? facts.contentType,
    'content-length': String(facts.size),
    etag: facts.etag,
    'last-modified': new Date(facts.modified).toUTCString(),
    ...(disposition && { 'content-disposition': disposition }),
  };
}

function readParts(body: string): NamedPart[] {
  const parts = [...body.matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part = '']) => ({
    number: Number(/<PartNumber>(\d+)<\/PartNumber>/.exec(part)?.[1]),
    etag: (/<ETag>(.*?)<\/ETag>/.exec(part)?.[1] ?? '').replaceAll('&quot;', ''),
  }));
  if (parts.length === 0) {
    const message =
      'The XML you provided was not well-formed or did not validate against our published schema';
    throw new S3Error('MalformedXML', message, 400);
  }
  return parts;
}

function xmlDone(name: string, texts: Readonly<Record<string, string>>): Done {
  return { headers: { 'content-type': 'application/xml' }, body: xml(name, texts) };
}

function noSuchKey(key: string): S3Error {
  return new S3Error('NoSuchKey', 'The specified key does not exist.', 404, { Key: key });
}

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { listenLocally, type PortChoice, type RunningServer } from '../serve.ts';
import { type Caller, refusalOf, type Statement } from '../template/access.ts';
import { S3Error } from './errors.ts';
import { ObjectStore } from './object-store.ts';
import { type Operation, operationOf, operations } from './operations.ts';
import { isPostedForm, putPostedFile, readPostedForm } from './post-form.ts';
import { queryOf, requireSigner } from './signature.ts';

/** Who holds an access key, and its secret. */
export interface KeyHolder {
  readonly secret: string;
  readonly caller: Caller;
}

export interface LocalS3Options {
  readonly port: PortChoice;
  /** Where the objects lie: a folder a bucket. */
  readonly folder: string;
  /** Names of the buckets. */
  readonly buckets: readonly string[];
  readonly holderOf: (accessKey: string) => KeyHolder | undefined;
  /** What the buckets' own policies refuse. */
  readonly denials?: readonly Statement[];
  readonly clock: () => Date;
  readonly report: (problem: string) => void;
}

/** A local S3 that answers. */
export interface LocalS3 extends RunningServer {
  /** The objects of a bucket, to look at. */
  readonly bucket: (name: string) => ObjectStore | undefined;
}

/**
 * Starts a local S3: what the functions use of the REST protocol, path-style, with signatures and rights checked as S3 checks
 * them. The SDK speaks path-style by itself to an endpoint that is an IP address.
 */
export async function startLocalS3(options: LocalS3Options): Promise<LocalS3> {
  const buckets = new Map<string, ObjectStore>();
  for (const name of options.buckets) {
    buckets.set(name, await ObjectStore.open(join(options.folder, name)));
  }
  const server = await listenLocally((request, response) => {
    answer(request, response, buckets, options).catch((error: unknown) => fail(response, error, options));
  }, options.port);
  return { ...server, bucket: (name) => buckets.get(name) };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  buckets: ReadonlyMap<string, ObjectStore>,
  options: LocalS3Options,
): Promise<void> {
  const { method = '', url: target = '', headers } = request;
  const secretOf = (accessKey: string) => options.holderOf(accessKey)?.secret;
  const [, bucket = '', ...rest] = (target.split('?')[0] ?? '').split('/').map(decodeURIComponent);
  const key = rest.join('/');
  if (isPostedForm(request, key)) {
    const form = await readPostedForm(request, bucket, secretOf, options.clock());
    await answerForm(response, form, { bucket, buckets, options });
    return;
  }
  const signer = requireSigner({ method, target, headers }, secretOf, options.clock());
  const query = new Map(queryOf(target));
  const operation = operationOf(method, key, query);
  if (!operation) {
    throw new S3Error('NotImplemented', `The local S3 does not know ${method} ${target.split('?')[0]}.`, 501);
  }
  const { caller } = options.holderOf(signer.accessKey) as KeyHolder;
  requireAllowed(caller, { operation, bucket, key, ifNoneMatch: headers['if-none-match'] }, options.denials);
  const objects = buckets.get(bucket);
  if (!objects) throw new S3Error('NoSuchBucket', 'The specified bucket does not exist', 404);
  const done = await operations[operation]({ objects, key, query, request, payload: signer.payload }).catch(
    (error: unknown) => {
      // A caller that may not list the bucket does not learn which keys are missing.
      const hidden = error instanceof S3Error && error.code === 'NoSuchKey';
      if (hidden) requireMayList(caller, bucket);
      throw error;
    },
  );
  response.writeHead(done.status ?? 200, { ...done.headers, ...commonHeaders(options) });
  if (done.bytes) await pipeline(done.bytes, response);
  else response.end(done.body);
}

/** Answers the form of a browser: its file becomes an object, and the browser is led back. */
async function answerForm(
  response: ServerResponse,
  form: Awaited<ReturnType<typeof readPostedForm>>,
  to: {
    readonly bucket: string;
    readonly buckets: ReadonlyMap<string, ObjectStore>;
    readonly options: LocalS3Options;
  },
): Promise<void> {
  const { bucket, options } = to;
  const { caller } = options.holderOf(form.accessKey) as KeyHolder;
  const asked = { operation: 'PutObject', bucket, key: form.key, ifNoneMatch: undefined } as const;
  requireAllowed(caller, asked, options.denials);
  const objects = to.buckets.get(bucket);
  if (!objects) throw new S3Error('NoSuchBucket', 'The specified bucket does not exist', 404);
  const { status, headers } = await putPostedFile(objects, bucket, form);
  response.writeHead(status, { ...headers, ...commonHeaders(options) });
  response.end();
}

const actions: Readonly<Record<Operation, string>> = {
  PutObject: 's3:PutObject',
  CreateMultipartUpload: 's3:PutObject',
  UploadPart: 's3:PutObject',
  CompleteMultipartUpload: 's3:PutObject',
  AbortMultipartUpload: 's3:AbortMultipartUpload',
  DeleteObject: 's3:DeleteObject',
  GetObject: 's3:GetObject',
  HeadObject: 's3:GetObject',
};

/** Operations that make an object; beginning an upload and its parts make none yet (S3, "Enforce conditional writes"). */
const creating: readonly Operation[] = ['PutObject', 'CompleteMultipartUpload'];

function requireAllowed(
  caller: Caller,
  asked: {
    readonly operation: Operation;
    readonly bucket: string;
    readonly key: string;
    readonly ifNoneMatch: string | undefined;
  },
  denials: readonly Statement[] = [],
): void {
  const { operation, bucket, key, ifNoneMatch } = asked;
  const context = {
    // The laptop speaks plain HTTP where AWS is spoken to by TLS alone.
    'aws:SecureTransport': ['true'],
    ...(actions[operation] === 's3:PutObject' && {
      's3:ObjectCreationOperation': [String(creating.includes(operation))],
    }),
    ...(ifNoneMatch !== undefined && { 's3:if-none-match': [ifNoneMatch] }),
  };
  const resource = `arn:aws:s3:::${bucket}/${key}`;
  const refusal = refusalOf(caller, [{ action: actions[operation], resource, context }], denials);
  if (refusal) throw new S3Error('AccessDenied', refusal, 403);
}

function requireMayList(caller: Caller, bucket: string): void {
  const refusal = refusalOf(caller, [{ action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}` }]);
  if (refusal) throw new S3Error('AccessDenied', refusal, 403);
}

function fail(response: ServerResponse, error: unknown, options: LocalS3Options): void {
  const { report } = options;
  const known =
    error instanceof S3Error
      ? error
      : new S3Error('InternalError', 'We encountered an internal error. Please try again.', 500);
  if (!(error instanceof S3Error)) report(`The local S3 failed: ${String(error)}`);
  else if (error.status === 501 || error.code === 'AccessDenied') report(`S3 refused: ${error.message}`);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(known.status, {
    'content-type': 'application/xml',
    ...commonHeaders(options),
    // What is left of a refused body would be read as the next request.
    connection: 'close',
  });
  response.end(known.toXml());
}

/** The SDK signs by the date that S3 answers. */
function commonHeaders({ clock }: LocalS3Options): Record<string, string> {
  const id = randomUUID().replaceAll('-', '').slice(0, 16).toUpperCase();
  return { 'x-amz-request-id': id, date: clock().toUTCString() };
}

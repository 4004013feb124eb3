import { Readable } from 'node:stream';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openTable, type Table } from '#platform/table/table.ts';

/** A request as a client hands it to what sends it. */
export interface WireRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** An answer as it came over the wire. */
export interface Recorded {
  readonly status: number;
  readonly bytes: Buffer;
}

const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };

/** A client of DynamoDB at an address, as the SDK makes one. */
export function clientAt(endpoint: string, more: object = {}): DynamoDBClient {
  return new DynamoDBClient({ endpoint, region: 'ap-east-1', credentials, ...more });
}

/** A client like the product's own: `openTable` without one asks for the same. */
export function ownClientAt(endpoint: string, more: object = {}): DynamoDBClient {
  return clientAt(endpoint, { cacheMiddleware: true, ...more });
}

/** What went over replaying clients. */
export interface Replay {
  /** As the SDK makes one. */
  readonly client: DynamoDBClient;
  /** The table of the given name over a client like the product's own. */
  readonly table: Table;
  /** Requests since the last `reset`, and the bytes of their answers. */
  readonly seen: { requests: number; bytes: number };
  reset(): void;
}

/**
 * A table whose database answers come from memory, so that only our own work is measured: the first answer to a request is the
 * real one, and the same bytes come again whenever it is repeated. Everything in the SDK runs as it does in earnest.
 *
 * @param url the DynamoDB Local that gives the first answers
 * @param same which requests get the same answer: those of one operation, or those of the same body
 */
export function replaying(name: string, url: string, same: 'operation' | 'body'): Replay {
  const recorded = new Map<string, Recorded>();
  const seen = { requests: 0, bytes: 0 };
  const handle = async (request: WireRequest) => {
    const body = Buffer.from(request.body ?? []);
    const operation = request.headers['x-amz-target'] ?? '';
    const key = same === 'operation' ? operation : `${operation}\n${body.toString('latin1')}`;
    const answer = recorded.get(key) ?? (await ask(url, request));
    recorded.set(key, answer);
    seen.requests += 1;
    seen.bytes += answer.bytes.byteLength;
    return toResponse(answer);
  };
  // The part of a handler that a client calls.
  const replayed = { requestHandler: { handle } };
  const reset = () => Object.assign(seen, { requests: 0, bytes: 0 });
  return { client: clientAt(url, replayed), table: openTable(name, ownClientAt(url, replayed)), seen, reset };
}

/** Sends a request as it was signed, and keeps the answer. */
export async function ask(url: string, request: WireRequest): Promise<Recorded> {
  const { host: _host, 'content-length': _length, ...headers } = request.headers;
  const response = await fetch(url, { method: 'POST', headers, body: new Uint8Array(request.body ?? []) });
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
}

/** An answer as a client takes it from what sends its requests. */
export function toResponse({ status, bytes }: Recorded) {
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': String(bytes.byteLength),
  };
  return { response: { statusCode: status, headers, body: Readable.from([bytes]) } };
}

import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { S3Error } from './errors.ts';

/** What arrived and lies in a file. */
export interface Received {
  readonly size: number;
  /** Hexadecimal digits. */
  readonly md5: string;
  /** As S3 writes it: four bytes in base64. */
  readonly crc32: string;
}

/**
 * Writes the body of a request to a file as it arrives, so that memory does not grow with it, and holds it against what the
 * signature and the checksums say.
 *
 * @param payload what the signature says of the body
 * @throws S3Error when the body is not what was promised; the file is gone then
 */
export async function receive(request: IncomingMessage, payload: string, file: string): Promise<Received> {
  const [sha, md5] = [createHash('sha256'), createHash('md5')];
  const seen = { size: 0, crc: 0, trailers: new Map<string, string>() };
  const count = async function* (source: AsyncIterable<Buffer>) {
    for await (const chunk of payload.startsWith('STREAMING-') ? dechunked(source, seen.trailers) : source) {
      seen.size += chunk.length;
      seen.crc = crc32(chunk, seen.crc);
      sha.update(chunk);
      md5.update(chunk);
      yield chunk;
    }
  };
  try {
    await pipeline(request, count, createWriteStream(file));
    const received = { size: seen.size, md5: md5.digest('hex'), crc32: crcText(seen.crc) };
    requirePromised(request, payload, { ...received, sha256: sha.digest('hex'), trailers: seen.trailers });
    return received;
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

function requirePromised(
  { headers }: IncomingMessage,
  payload: string,
  found: Received & { readonly sha256: string; readonly trailers: ReadonlyMap<string, string> },
): void {
  if (payload.startsWith('STREAMING-') && payload !== 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') {
    throw new S3Error('NotImplemented', `The local S3 does not know ${payload}.`, 501);
  }
  if (/^[0-9a-f]{64}$/.test(payload) && payload !== found.sha256) {
    throw new S3Error(
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
      400,
    );
  }
  const promised = headers['x-amz-checksum-crc32'] ?? found.trailers.get('x-amz-checksum-crc32');
  if (promised !== undefined && promised !== found.crc32) {
    throw new S3Error('BadDigest', 'The CRC32 you specified did not match the calculated checksum.', 400);
  }
  const length = headers['x-amz-decoded-content-length'];
  if (length !== undefined && Number(length) !== found.size) {
    throw new S3Error('IncompleteBody', 'The request body terminated unexpectedly.', 400);
  }
}

/** Takes the chunks of `aws-chunked` apart: size in hexadecimal digits, data, and headers behind the last one. */
async function* dechunked(
  source: AsyncIterable<Buffer>,
  trailers: Map<string, string>,
): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let left = 0;
  let ended = false;
  for await (const arrived of source) {
    rest = rest.length > 0 ? Buffer.concat([rest, arrived]) : arrived;
    while (rest.length > 0) {
      if (left > 0) {
        const data = rest.subarray(0, left);
        left -= data.length;
        rest = rest.subarray(data.length);
        yield data;
        continue;
      }
      const end = rest.indexOf('\r\n');
      if (end < 0) break;
      const line = rest.subarray(0, end).toString('latin1');
      rest = rest.subarray(end + 2);
      const trailer = /^([\w-]+): ?(.*)$/.exec(line);
      if (ended && trailer) trailers.set((trailer[1] as string).toLowerCase(), trailer[2] as string);
      // The line between two chunks is empty.
      else if (line !== '') {
        left = Number.parseInt(line.split(';')[0] as string, 16);
        ended = left === 0;
      }
    }
  }
  if (!ended) throw new S3Error('IncompleteBody', 'The request body terminated unexpectedly.', 400);
}

function crcText(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes.toString('base64');
}

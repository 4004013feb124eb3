import { type DynamoDbCall, DynamoDbError } from './dynamodb-client.ts';
import type { StreamRecord } from './stream-mapping.ts';

interface StreamDescription {
  StreamDescription: { Shards: { ShardId: string }[] };
}

/** Wakes the readers of streams after a write. */
export interface Wake {
  /** To be called after a write. */
  now(): void;
  /** Waits for the next write, or for the given time. */
  wait(milliseconds: number): Promise<void>;
}

export function createWake(): Wake {
  let waiting: (() => void)[] = [];
  return {
    now() {
      const woken = waiting;
      waiting = [];
      for (const resolve of woken) resolve();
    },
    wait: (milliseconds) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
}

const idleMs = 400;
const newShardsMs = 10_000;

/**
 * Reads a stream of DynamoDB Local until it is closed, each shard in order.
 *
 * @param options.streamArn DynamoDB Local's own ARN of the stream
 * @param options.deliver takes the records of a shard; the next are read when it is done
 * @throws what `deliver` throws, and errors of DynamoDB Local but for lost places
 */
export async function readStream(options: {
  call: DynamoDbCall;
  streamArn: string;
  startingPosition: 'TRIM_HORIZON' | 'LATEST';
  wake: Wake;
  closed: () => boolean;
  deliver: (shardId: string, records: readonly StreamRecord[]) => Promise<void>;
}): Promise<void> {
  const { call, streamArn, closed } = options;
  const known = new Set<string>();
  const readers: Promise<void>[] = [];
  const failures: unknown[] = [];
  const over = () => closed() || failures.length > 0;
  while (!over()) {
    const { StreamDescription: stream } = await call<StreamDescription>('DescribeStream', {
      StreamArn: streamArn,
    });
    for (const { ShardId } of stream.Shards.filter(({ ShardId }) => !known.has(ShardId))) {
      // A shard that appears later was opened while we read: all of it is new.
      const position =
        known.size < stream.Shards.length && readers.length === 0 ? options.startingPosition : 'TRIM_HORIZON';
      known.add(ShardId);
      const reader = readShard({ ...options, closed: over }, ShardId, position);
      readers.push(reader.catch((error: unknown) => void failures.push(error)));
    }
    for (let waited = 0; waited < newShardsMs && !over(); waited += idleMs) {
      await new Promise((resolve) => setTimeout(resolve, idleMs));
    }
  }
  await Promise.all(readers);
  if (failures.length > 0) throw failures[0];
}

/** How often in a row a place in a shard may be lost before that counts as a failure. */
const mostLosses = 50;

async function readShard(
  options: Parameters<typeof readStream>[0],
  shardId: string,
  position: 'TRIM_HORIZON' | 'LATEST',
): Promise<void> {
  const { call, closed, wake } = options;
  let iterator = await iteratorAt(options, shardId, { ShardIteratorType: position });
  let delivered: string | undefined;
  let losses = 0;
  while (iterator && !closed()) {
    const woken = wake.wait(idleMs);
    const page: Page | undefined = await call<Page>('GetRecords', { ShardIterator: iterator }).catch(
      (error: unknown) => {
        if (!isLostPlace(error) || losses === mostLosses) throw error;
        return undefined;
      },
    );
    if (!page) {
      losses += 1;
      await woken;
      iterator = await iteratorAgain(options, shardId, delivered);
      continue;
    }
    losses = 0;
    iterator = page.NextShardIterator;
    if (page.Records.length === 0) {
      await woken;
      continue;
    }
    await options.deliver(shardId, page.Records);
    delivered = page.Records.at(-1)?.dynamodb.SequenceNumber;
  }
}

interface Page {
  readonly Records: StreamRecord[];
  readonly NextShardIterator?: string;
}

/**
 * DynamoDB Local at times calls a shard's place trimmed when the shard's first record comes, though nothing was
 * (github.com/aws/aws-sdk-java/issues/2923), and places grow old as on AWS.
 */
function isLostPlace(error: unknown): boolean {
  return (
    error instanceof DynamoDbError &&
    (error.code === 'TrimmedDataAccessException' || error.code === 'ExpiredIteratorException')
  );
}

/** The place after the last delivered record; the oldest one where that is lost too: readers of a stream bear duplicates. */
async function iteratorAgain(
  options: Parameters<typeof readStream>[0],
  shardId: string,
  delivered: string | undefined,
): Promise<string | undefined> {
  const oldest = () => iteratorAt(options, shardId, { ShardIteratorType: 'TRIM_HORIZON' });
  if (delivered === undefined) return oldest();
  const after = { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: delivered };
  return iteratorAt(options, shardId, after).catch((error: unknown) => {
    if (isLostPlace(error)) return oldest();
    throw error;
  });
}

async function iteratorAt(
  { call, streamArn }: Parameters<typeof readStream>[0],
  shardId: string,
  place: object,
): Promise<string | undefined> {
  const { ShardIterator } = await call<{ ShardIterator?: string }>('GetShardIterator', {
    StreamArn: streamArn,
    ShardId: shardId,
    ...place,
  });
  return ShardIterator;
}

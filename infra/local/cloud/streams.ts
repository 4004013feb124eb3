import type { DynamoDbCall } from './dynamodb-client.ts';
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
  while (!closed()) {
    const { StreamDescription: stream } = await call<StreamDescription>('DescribeStream', {
      StreamArn: streamArn,
    });
    for (const { ShardId } of stream.Shards.filter(({ ShardId }) => !known.has(ShardId))) {
      // A shard that appears later was opened while we read: all of it is new.
      const position =
        known.size < stream.Shards.length && readers.length === 0 ? options.startingPosition : 'TRIM_HORIZON';
      known.add(ShardId);
      readers.push(readShard(options, ShardId, position));
    }
    for (let waited = 0; waited < newShardsMs && !closed(); waited += idleMs) {
      await new Promise((resolve) => setTimeout(resolve, idleMs));
    }
  }
  await Promise.all(readers);
}

async function readShard(
  options: Parameters<typeof readStream>[0],
  shardId: string,
  position: 'TRIM_HORIZON' | 'LATEST',
): Promise<void> {
  const { call, streamArn, closed, wake } = options;
  let { ShardIterator: iterator } = await call<{ ShardIterator?: string }>('GetShardIterator', {
    StreamArn: streamArn,
    ShardId: shardId,
    ShardIteratorType: position,
  });
  while (iterator && !closed()) {
    const woken = wake.wait(idleMs);
    const page: { Records: StreamRecord[]; NextShardIterator?: string } = await call('GetRecords', {
      ShardIterator: iterator,
    });
    iterator = page.NextShardIterator;
    if (page.Records.length > 0) await options.deliver(shardId, page.Records);
    else await woken;
  }
}

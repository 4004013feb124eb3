import { describe, expect, it } from 'vitest';
import { type DynamoDbCall, DynamoDbError } from '../cloud/dynamodb-client.ts';
import type { StreamRecord } from '../cloud/stream-mapping.ts';
import { createWake, readStream } from '../cloud/streams.ts';

const record = (number: number) => ({ dynamodb: { SequenceNumber: String(number) } }) as StreamRecord;

/**
 * A stream with one shard that loses its reader's place at some reads, as DynamoDB Local does.
 * @param lostAt the numbers of the reads that fail, from 1 on
 */
function losingStream(
  records: readonly number[],
  lostAt: readonly number[],
  code = 'TrimmedDataAccessException',
) {
  let reads = 0;
  const call = (async (operation: string, input: Record<string, string>) => {
    if (operation === 'DescribeStream') return { StreamDescription: { Shards: [{ ShardId: 'shard' }] } };
    if (operation === 'GetShardIterator') {
      const at = input.SequenceNumber === undefined ? 0 : records.indexOf(Number(input.SequenceNumber)) + 1;
      return { ShardIterator: String(at) };
    }
    reads += 1;
    if (lostAt.includes(reads)) throw new DynamoDbError(code, 'It is trimmed.');
    const at = Number(input.ShardIterator);
    return {
      Records: records.slice(at, at + 2).map(record),
      NextShardIterator: String(Math.min(at + 2, records.length)),
    };
  }) as DynamoDbCall;
  return call;
}

async function readAll(call: DynamoDbCall, count: number): Promise<string[]> {
  const delivered: string[] = [];
  const wake = createWake();
  const beat = setInterval(() => wake.now(), 1);
  try {
    await readStream({
      call,
      streamArn: 'stream',
      startingPosition: 'TRIM_HORIZON',
      wake,
      closed: () => delivered.length >= count,
      deliver: async (_, records) => {
        delivered.push(...records.map(({ dynamodb }) => dynamodb.SequenceNumber));
      },
    });
  } finally {
    clearInterval(beat);
  }
  return delivered;
}

describe('a reader of a stream that loses its place', () => {
  it.each([
    ['before the first record', [1, 2]],
    ['between two pages', [2]],
    ['again and again', [1, 2, 4, 6, 7]],
  ])('%s delivers every record once, in order', async (_, lostAt) => {
    expect(await readAll(losingStream([7, 8, 9, 10, 11], lostAt), 5)).toEqual(['7', '8', '9', '10', '11']);
  });

  it('gives any other error on', async () => {
    const call = losingStream([7], [1], 'ResourceNotFoundException');
    await expect(readAll(call, 1)).rejects.toThrow('It is trimmed.');
  });
});

import { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { ServiceFunction } from './service-function.ts';

/** Which of the table's changes a function reads, and what becomes of those it cannot do. */
export interface StreamReading {
  readonly table: TableV2;
  /** The value of the items' attribute `entity`. */
  readonly entity: string;
  readonly events: readonly ('INSERT' | 'MODIFY' | 'REMOVE')[];
  /** Receives a note (shard and sequence numbers, no record) of what was given up. */
  readonly failures: IQueue;
}

/**
 * Lets a function read the table's stream. It answers with the items that failed; a batch that fails as a whole is halved until
 * the bad record stands alone, so that one bad record delays the others by minutes and never stops them. The sweep's pulse comes
 * to every reader (functions/kernel/attention/watch-streams.ts).
 *
 * @throws Error when the table has no stream
 */
export function readStream(target: ServiceFunction, reading: StreamReading): void {
  const { table, entity, events, failures } = reading;
  if (!table.tableStreamArn) throw new Error(`Table ${table.node.path} has no stream to read.`);
  target.addEventSourceMapping('Stream', {
    eventSourceArn: table.tableStreamArn,
    // From the oldest record, so that a mapping that is made anew misses nothing that the stream still holds.
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 10,
    reportBatchItemFailures: true,
    bisectBatchOnError: true,
    retryAttempts: 8,
    maxRecordAge: Duration.hours(6),
    onFailure: { bind: () => ({ destination: failures.queueArn }) },
    filters: [passes(entity, events), passes('pulse', ['INSERT', 'MODIFY'])],
  });
  target.allow(
    ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((each) => `dynamodb:${each}`),
    table.tableStreamArn,
  );
  target.allow(['sqs:SendMessage'], failures.queueArn);
}

function passes(entity: string, events: StreamReading['events']) {
  return FilterCriteria.filter({
    eventName: FilterRule.or(...events),
    dynamodb: { NewImage: { entity: { S: FilterRule.isEqual(entity) } } },
  });
}

/**
 * Lets a function work through a queue, ten messages at a time, and answer with those that failed.
 *
 * @param maxConcurrency how many instances Lambda may run for the queue, 2 to 1000
 */
export function workThrough(target: ServiceFunction, queue: IQueue, maxConcurrency: number): void {
  target.addEventSourceMapping('Queue', {
    eventSourceArn: queue.queueArn,
    batchSize: 10,
    maxConcurrency,
    reportBatchItemFailures: true,
  });
  target.allow(
    ['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'].map(
      (each) => `sqs:${each}`,
    ),
    queue.queueArn,
  );
}

/** Lets a function be invoked asynchronously by others: Lambda repeats a failure twice, then the event is a dead letter. */
export function invokeAsynchronously(target: ServiceFunction, failures: IQueue): void {
  target.configureAsyncInvoke({
    retryAttempts: 2,
    onFailure: { bind: () => ({ destination: failures.queueArn }) },
  });
  target.allow(['sqs:SendMessage'], failures.queueArn);
}

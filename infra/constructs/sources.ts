import { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Alarms } from './alarms.ts';
import type { ServiceFunction } from './service-function.ts';

/** Which of the table's changes a function reads, and what becomes of those it cannot do. */
export interface StreamReading {
  readonly table: TableV2;
  /** The value of the items' attribute `entity`. */
  readonly entity: string;
  readonly events: readonly ('INSERT' | 'MODIFY' | 'REMOVE')[];
  /** Receives a note (shard and sequence numbers, no record) of what was given up. */
  readonly failures: IQueue;
  readonly alarms: Alarms;
}

/**
 * Lets a function read the table's stream. It answers with the items that failed; a batch that fails as a whole is halved until
 * the bad record stands alone, so that one bad record delays the others by minutes and never stops them.
 *
 * @throws Error when the table has no stream
 */
export function readStream(target: ServiceFunction, reading: StreamReading): void {
  const { table, entity, events, failures, alarms } = reading;
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
    filters: [
      FilterCriteria.filter({
        eventName: FilterRule.or(...events),
        dynamodb: { NewImage: { entity: { S: FilterRule.isEqual(entity) } } },
      }),
    ],
  });
  target.allow(
    ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((each) => `dynamodb:${each}`),
    table.tableStreamArn,
  );
  target.allow(['sqs:SendMessage'], failures.queueArn);
  const age = target.metric('IteratorAge', { period: Duration.minutes(5), statistic: 'Maximum' });
  alarms.ring(
    `${target.node.id}IsBehind`,
    age,
    `${target.node.id} is five minutes behind the table's stream, which forgets after 24 hours.`,
    Duration.minutes(5).toMilliseconds(),
  );
}

/**
 * Lets a function work through a queue and answer with the messages that failed.
 *
 * @param maxConcurrency how many instances Lambda may run for the queue, 2 to 1000
 * @param batchSize how many messages one instance takes at once, 10 by default
 */
export function workThrough(
  target: ServiceFunction,
  queue: IQueue,
  maxConcurrency: number,
  batchSize = 10,
): void {
  target.addEventSourceMapping('Queue', {
    eventSourceArn: queue.queueArn,
    batchSize,
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

import { randomUUID } from 'node:crypto';
import { machineNow } from './clock.mjs';
import type { EventFilter } from './event-filter.ts';
import type { InvocationResult } from './instance.ts';
import type { Queue } from './queue.ts';

/** A stream record as Lambda hands it to a function. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: string;
  readonly dynamodb: {
    readonly SequenceNumber: string;
    readonly ApproximateCreationDateTime: number;
    readonly [more: string]: unknown;
  };
  readonly [more: string]: unknown;
}

/** What decides how a mapping reads its stream. Counts below zero mean "without end". */
export interface StreamMappingSettings {
  readonly functionName: string;
  readonly functionArn: string;
  readonly streamArn: string;
  readonly batchSize: number;
  readonly bisect: boolean;
  readonly partialFailures: boolean;
  readonly maximumRetries: number;
  readonly maximumAgeSeconds: number;
  readonly filter: EventFilter;
  readonly onFailure?: Queue;
}

interface Outside {
  readonly invoke: (event: object) => Promise<InvocationResult>;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly report: (problem: string) => void;
  readonly closed: () => boolean;
}

/**
 * Hands the records of one shard to a function, in order: filtered, in batches, and again after a failure, from the first
 * failed record or split in halves, until the retries are used up; then the on-failure queue gets a note and the batch is skipped.
 */
export async function deliverRecords(
  settings: StreamMappingSettings,
  shardId: string,
  records: readonly StreamRecord[],
  outside: Outside,
): Promise<void> {
  const wanted = records.filter(settings.filter);
  for (let start = 0; start < wanted.length && !outside.closed(); start += settings.batchSize) {
    await deliverBatch(settings, shardId, wanted.slice(start, start + settings.batchSize), 0, outside);
  }
}

async function deliverBatch(
  settings: StreamMappingSettings,
  shardId: string,
  batch: readonly StreamRecord[],
  earlierTries: number,
  outside: Outside,
): Promise<void> {
  let rest = batch;
  for (let tries = earlierTries; rest.length > 0 && !outside.closed(); ) {
    const result = await outside.invoke({ Records: rest });
    const failedAt = firstFailure(settings, rest, result);
    if (failedAt === undefined || outside.closed()) return;
    if (failedAt > 0) tries = 0;
    rest = rest.slice(failedAt);
    tries += 1;
    if (isGivenUp(settings, rest, tries)) return giveUp(settings, shardId, rest, tries, outside);
    await outside.pause(Math.min(10_000, 100 * 2 ** tries));
    if (settings.bisect && failedAt === 0 && rest.length > 1) {
      const middle = Math.ceil(rest.length / 2);
      await deliverBatch(settings, shardId, rest.slice(0, middle), tries, outside);
      return deliverBatch(settings, shardId, rest.slice(middle), tries, outside);
    }
  }
}

/** Index of the first record to deliver again; undefined when the whole batch is done. */
function firstFailure(
  settings: StreamMappingSettings,
  batch: readonly StreamRecord[],
  result: InvocationResult,
): number | undefined {
  if (!result.ok) return 0;
  if (!settings.partialFailures) return undefined;
  const failures = batchItemFailures(result.value);
  if (!failures) return 0;
  const indexes = failures.map((id) => batch.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === id));
  // An unknown identifier fails the whole batch, as Lambda documents it.
  return indexes.length === 0 ? undefined : Math.max(0, Math.min(...indexes));
}

/**
 * Reads `{ batchItemFailures: [{ itemIdentifier }] }`.
 *
 * @returns the failed identifiers; empty for none, null or an empty answer; undefined when the answer's shape is wrong
 */
export function batchItemFailures(value: unknown): readonly string[] | undefined {
  const list = (value as { batchItemFailures?: unknown } | null)?.batchItemFailures ?? [];
  if (!Array.isArray(list)) return undefined;
  const ids = list.map((item: { itemIdentifier?: unknown } | null) => item?.itemIdentifier);
  return ids.every((id) => typeof id === 'string' && id !== '') ? (ids as string[]) : undefined;
}

function isGivenUp(settings: StreamMappingSettings, batch: readonly StreamRecord[], tries: number): boolean {
  const oldest = (batch[0]?.dynamodb.ApproximateCreationDateTime ?? 0) * 1000;
  const tooOld = settings.maximumAgeSeconds >= 0 && machineNow() - oldest > settings.maximumAgeSeconds * 1000;
  return tooOld || (settings.maximumRetries >= 0 && tries > settings.maximumRetries);
}

function giveUp(
  settings: StreamMappingSettings,
  shardId: string,
  batch: readonly StreamRecord[],
  tries: number,
  outside: Outside,
): void {
  const times = batch.map(({ dynamodb }) =>
    new Date(dynamodb.ApproximateCreationDateTime * 1000).toISOString(),
  );
  outside.report(
    `${settings.functionName} failed ${tries} times on ${batch.length} stream records; ${
      settings.onFailure ? `queue ${settings.onFailure.settings.name} has the failure` : 'they are lost'
    }.`,
  );
  settings.onFailure?.send(
    JSON.stringify({
      requestContext: {
        requestId: randomUUID(),
        functionArn: settings.functionArn,
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: tries,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: new Date().toISOString(),
      DDBStreamBatchInfo: {
        shardId,
        startSequenceNumber: batch[0]?.dynamodb.SequenceNumber,
        endSequenceNumber: batch.at(-1)?.dynamodb.SequenceNumber,
        approximateArrivalOfFirstRecord: times[0],
        approximateArrivalOfLastRecord: times.at(-1),
        batchSize: batch.length,
        streamArn: settings.streamArn,
      },
    }),
  );
}

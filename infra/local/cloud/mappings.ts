import { type Caller, type Need, refusalOf } from '../template/access.ts';
import type { Model, ModelResource } from '../template/model.ts';
import { TemplateError } from '../template/template.ts';
import type { DynamoDbCall } from './dynamodb-client.ts';
import { compileFilter } from './event-filter.ts';
import type { Functions } from './functions.ts';
import type { FunctionDefinition, InvocationResult } from './instance.ts';
import { startQueueMapping } from './queue-mapping.ts';
import type { Queues } from './queues.ts';
import type { Report } from './services.ts';
import { deliverRecords } from './stream-mapping.ts';
import { readStream, type Wake } from './streams.ts';
import type { LocalTable } from './tables.ts';

type Mapping = ModelResource<'AWS::Lambda::EventSourceMapping'>;

export interface Joined {
  readonly model: Model;
  /** By name and by ARN. */
  readonly findFunction: (
    nameOrArn: string,
  ) => { definition: FunctionDefinition; caller: Caller } | undefined;
  readonly functions: Functions;
  readonly queues: Queues;
  readonly tables: readonly LocalTable[];
  readonly call: DynamoDbCall;
  readonly wake: Wake;
  readonly report: Report;
}

/**
 * Starts every enabled event source mapping of the template.
 *
 * @returns a function that stops reading
 * @throws TemplateError when a mapping's source or function is not there, or its role may not read the source
 */
export function startMappings(joined: Joined): () => void {
  let closed = false;
  const starts = joined.model
    .of('AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => properties.Enabled)
    .map((mapping) => prepare(joined, mapping, () => closed));
  for (const start of starts) start();
  return () => {
    closed = true;
    joined.wake.now();
  };
}

function prepare(joined: Joined, mapping: Mapping, closed: () => boolean): () => void {
  const found = joined.findFunction(mapping.properties.FunctionName);
  if (!found)
    throw new TemplateError(`${mapping.id}.FunctionName: there is no such function in the template.`);
  const { definition, caller } = found;
  const { EventSourceArn: source } = mapping.properties;
  const table = joined.tables.find(({ streamArn }) => streamArn === source);
  if (table) return prepareStream(joined, mapping, table, definition, caller, closed);
  const queue = joined.queues.get(source);
  if (!queue) throw new TemplateError(`${mapping.id}.EventSourceArn: there is no stream or queue ${source}.`);
  requireAccess(mapping, caller, [
    { action: 'sqs:ReceiveMessage', resource: source },
    { action: 'sqs:DeleteMessage', resource: source },
    { action: 'sqs:GetQueueAttributes', resource: source },
  ]);
  if (queue.settings.visibilityTimeout < definition.timeoutSeconds) {
    throw new TemplateError(
      `${mapping.id}: the queue's visibility timeout (${queue.settings.visibilityTimeout} s) is shorter than the timeout of ${definition.name} (${definition.timeoutSeconds} s).`,
    );
  }
  const { properties } = mapping;
  return () =>
    startQueueMapping({
      queue,
      batchSize: properties.BatchSize ?? 10,
      maximumConcurrency: properties.ScalingConfig?.MaximumConcurrency ?? 5,
      partialFailures: properties.FunctionResponseTypes.length > 0,
      filter: compileFilter(patternsOf(mapping), mapping.id),
      invoke: invocation(joined, mapping, definition),
      region: joined.model.place.region,
      closed,
    });
}

function prepareStream(
  joined: Joined,
  mapping: Mapping,
  table: LocalTable,
  definition: FunctionDefinition,
  caller: Caller,
  closed: () => boolean,
): () => void {
  const { properties, id } = mapping;
  const { localStreamArn: streamArn } = table;
  if (!streamArn) throw new TemplateError(`${id}.EventSourceArn: the table ${table.name} has no stream.`);
  requireAccess(
    mapping,
    caller,
    ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((name) => ({
      action: `dynamodb:${name}`,
      resource: table.streamArn,
    })),
  );
  const onFailure = failureQueue(joined, mapping, caller);
  const settings = {
    functionName: definition.name,
    functionArn: definition.arn,
    streamArn: table.streamArn,
    batchSize: properties.BatchSize ?? 100,
    bisect: properties.BisectBatchOnFunctionError,
    partialFailures: properties.FunctionResponseTypes.length > 0,
    maximumRetries: properties.MaximumRetryAttempts,
    maximumAgeSeconds: properties.MaximumRecordAgeInSeconds,
    filter: compileFilter(patternsOf(mapping), id),
    ...(onFailure && { onFailure }),
  };
  const outside = {
    invoke: invocation(joined, mapping, definition),
    pause: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
    report: joined.report,
    closed,
  };
  return () => {
    readStream({
      call: joined.call,
      streamArn,
      startingPosition: table.existed ? 'LATEST' : (properties.StartingPosition ?? 'LATEST'),
      wake: joined.wake,
      closed,
      deliver: (shardId, records) =>
        deliverRecords(
          settings,
          shardId,
          records.map((record) => ({
            ...record,
            eventSourceARN: table.streamArn,
            awsRegion: joined.model.place.region,
          })),
          outside,
        ),
    }).catch((error: Error) => {
      if (!closed())
        joined.report(`${id}: reading the stream for ${definition.name} ended: ${error.message}`);
    });
  };
}

/** Lambda ignores partial failures that the mapping does not ask for, and takes the whole batch as done: we say so. */
function invocation(joined: Joined, { id, properties }: Mapping, { arn, name }: FunctionDefinition) {
  return async (event: object): Promise<InvocationResult> => {
    const result = await joined.functions.invoke(arn, event);
    const isAsked = properties.FunctionResponseTypes.length > 0;
    if (result.ok && !isAsked && tellsFailures(result.value)) {
      joined.report(
        `${id}: ${name} answers batchItemFailures, which the mapping ignores without FunctionResponseTypes.`,
      );
    }
    return result;
  };
}

function tellsFailures(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'batchItemFailures' in answer;
}

function failureQueue(joined: Joined, mapping: Mapping, caller: Caller) {
  const destination = mapping.properties.DestinationConfig?.OnFailure?.Destination;
  if (!destination) return undefined;
  const queue = joined.queues.get(destination);
  if (!queue) throw new TemplateError(`${mapping.id}.DestinationConfig: there is no queue ${destination}.`);
  requireAccess(mapping, caller, [{ action: 'sqs:SendMessage', resource: destination }]);
  return queue;
}

function patternsOf(mapping: Mapping): readonly string[] {
  return (mapping.properties.FilterCriteria?.Filters ?? []).map(({ Pattern }) => Pattern);
}

function requireAccess(mapping: Mapping, caller: Caller, needs: readonly Need[]): void {
  const refusal = refusalOf(caller, needs);
  if (refusal)
    throw new TemplateError(
      `${mapping.id}: ${caller.name} cannot read its source or tell its failures. ${refusal}`,
    );
}

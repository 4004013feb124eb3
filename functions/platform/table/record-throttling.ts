import {
  type DynamoDBClient,
  DynamoDBServiceException,
  PutItemCommand,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { errorFields, log } from '#platform/log.ts';
import { keys } from './keys.ts';

/** How DynamoDB says that it throttles: the error of a request, or the reason for which a transaction was cancelled. */
const throttles = new Set([
  'ThrottlingException',
  'ThrottlingError',
  'ProvisionedThroughputExceededException',
  'ProvisionedThroughputExceeded',
  'RequestLimitExceeded',
]);
/** What goes on is recorded again after so long by a process. Milliseconds. */
const recordedFor = 60_000;

/** Whether an error says that the table is throttled. */
function isThrottling(error: unknown): boolean {
  if (error instanceof TransactionCanceledException) {
    return (error.CancellationReasons ?? []).some(({ Code }) => throttles.has(Code ?? ''));
  }
  return error instanceof DynamoDBServiceException && throttles.has(error.name);
}

/**
 * Records in the table when it throttles a client's requests, for the sweep to see: each attempt counts, since one that the SDK repeats
 * with success is seen by nobody else. That it could not be recorded fails no request.
 */
export function recordThrottling<Client extends Pick<DynamoDBClient, 'middlewareStack' | 'send'>>(
  name: string,
  client: Client,
): Client {
  let recordedAt = 0;
  const record = async () => {
    const now = Date.now();
    if (now - recordedAt < recordedFor) return;
    recordedAt = now;
    const { pk, sk } = keys.throttled();
    const at = new Date(now).toISOString();
    const Item = { pk: { S: pk }, sk: { S: sk }, entity: { S: 'throttled' }, v: { N: '1' }, at: { S: at } };
    try {
      await client.send(new PutItemCommand({ TableName: name, Item }));
    } catch (error) {
      log('error', 'throttling-not-recorded', errorFields(error));
    }
  };
  client.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        if (isThrottling(error)) await record();
        throw error;
      }
    },
    // Within the SDK's repetitions.
    { step: 'finalizeRequest', priority: 'low', name: 'recordThrottling' },
  );
  return client;
}

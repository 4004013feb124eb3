import { amzDate } from './embedded-dynamodb.ts';
import { post } from './post.ts';

/** An error that DynamoDB answered. `code` is the bare type, for example `ResourceNotFoundException`. */
export class DynamoDbError extends Error {
  override readonly name = 'DynamoDbError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Calls one operation of DynamoDB or DynamoDB Streams, under the account's own (administrator's) name. */
export type DynamoDbCall = <T>(operation: string, input: object) => Promise<T>;

const streamOperations = new Set(['DescribeStream', 'GetShardIterator', 'GetRecords']);

/**
 * A client of the wire protocol alone: the local cloud needs few operations, and DynamoDB Local checks no signature.
 *
 * @param url DynamoDB Local itself, not the authorizing gateway
 */
export function dynamoDbClient(url: string, region: string): DynamoDbCall {
  return async <T>(operation: string, input: object): Promise<T> => {
    const service = streamOperations.has(operation) ? 'DynamoDBStreams_20120810' : 'DynamoDB_20120810';
    const { status, body } = await post(
      url,
      {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `${service}.${operation}`,
        'x-amz-date': amzDate(new Date()),
        authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
      },
      JSON.stringify(input),
    );
    const answer = JSON.parse(body.toString()) as { __type?: string; message?: string; Message?: string };
    if (status === 200) return answer as T;
    const code = answer.__type?.split('#').at(-1) ?? String(status);
    throw new DynamoDbError(code, `${operation}: ${answer.message ?? answer.Message ?? code}`);
  };
}

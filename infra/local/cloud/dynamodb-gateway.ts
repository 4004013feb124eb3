import { type Caller, type Need, refusalOf } from './access.ts';
import { jsonError, type Report, type ServiceCall } from './services.ts';

interface TableInput {
  TableName?: string;
  IndexName?: string;
  RequestItems?: Record<string, unknown>;
  TransactItems?: Record<string, { TableName: string }>[];
}

const transactActions: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};
const itemOperations = new Set([
  'GetItem',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'Query',
  'Scan',
  'DescribeTable',
]);

/**
 * The actions and resources an operation needs, by IAM's rules for DynamoDB: there is no action for a transaction, each of
 * its items needs its own; a batch needs the batch's action on each table; a query of an index needs the index alone.
 *
 * @returns undefined for an operation the local cloud does not know
 */
export function dynamoDbNeeds(
  operation: string,
  input: TableInput,
  arnOf: (table: string) => string,
): readonly Need[] | undefined {
  if (operation === 'TransactWriteItems' || operation === 'TransactGetItems') {
    return (input.TransactItems ?? []).flatMap((item) =>
      Object.entries(item).map(([kind, { TableName }]) => ({
        action: `dynamodb:${transactActions[kind] ?? kind}`,
        resource: arnOf(TableName),
      })),
    );
  }
  if (operation === 'BatchGetItem' || operation === 'BatchWriteItem') {
    return Object.keys(input.RequestItems ?? {}).map((table) => ({
      action: `dynamodb:${operation}`,
      resource: arnOf(table),
    }));
  }
  if (!itemOperations.has(operation)) return undefined;
  const table = arnOf(input.TableName ?? '');
  return [
    {
      action: `dynamodb:${operation}`,
      resource: input.IndexName ? `${table}/index/${input.IndexName}` : table,
    },
  ];
}

/** What stands before DynamoDB Local, which knows no IAM: it refuses what the caller's role does not grant. */
export function dynamoDbGateway(options: {
  url: string;
  region: string;
  account: string;
  report: Report;
  /** Called after each call that may have written, so that stream readers need not wait for their next poll. */
  written: () => void;
}): ServiceCall {
  const arnOf = (table: string) =>
    table.startsWith('arn:') ? table : `arn:aws:dynamodb:${options.region}:${options.account}:table/${table}`;
  return async (caller: Caller, operation: string, request: Request) => {
    const body = await request.text();
    const needs = dynamoDbNeeds(operation, JSON.parse(body) as TableInput, arnOf);
    if (!needs) {
      const message = `The local cloud does not know the DynamoDB operation ${operation}.`;
      options.report(`${caller.name}: ${message}`);
      return jsonError('com.amazon.coral.service#UnknownOperationException', message);
    }
    const refusal = refusalOf(caller, needs);
    if (refusal) {
      options.report(`${caller.name} was refused by DynamoDB: ${refusal}`);
      return jsonError('com.amazon.coral.service#AccessDeniedException', refusal);
    }
    const response = await fetch(options.url, {
      method: 'POST',
      headers: {
        'content-type': request.headers.get('content-type') ?? 'application/x-amz-json-1.0',
        'x-amz-target': request.headers.get('x-amz-target') ?? '',
        'x-amz-date': request.headers.get('x-amz-date') ?? '',
        authorization: request.headers.get('authorization') ?? '',
        'accept-encoding': 'identity',
      },
      body,
    });
    const answer = await response.arrayBuffer();
    if (/Put|Update|Delete|Write/.test(operation)) options.written();
    return new Response(answer, { status: response.status, headers: answerHeaders(response.headers) });
  };
}

function answerHeaders(from: Headers): Headers {
  const headers = new Headers();
  for (const name of ['content-type', 'x-amz-crc32', 'x-amzn-requestid']) {
    const value = from.get(name);
    if (value) headers.set(name, value);
  }
  return headers;
}

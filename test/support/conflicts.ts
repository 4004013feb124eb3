import { inject } from 'vitest';
import { readStatement, type Statement } from '../../infra/local/cloud/statements.ts';
import { serveLocally } from '../../infra/local/serve.ts';

type Key = Record<string, unknown>;
interface Write {
  readonly TableName: string;
  readonly Key?: Key;
  readonly Item?: Key;
}

/** How long AWS is taken to work on a call, in milliseconds. */
const callTime = 5;

/** Lets the writes of clients that write at once meet, however slow the machine is: all have sent theirs before one is looked at. */
export class Round {
  #clients: number;
  #waiting: (() => void)[] = [];

  /** @param clients how many write; each leaves when it is done */
  constructor(clients: number) {
    this.#clients = clients;
  }

  /** Waits until every client has sent a write. */
  async begin(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
      this.#go();
    });
  }

  /** A client has its answer and writes no more. */
  leave(): void {
    this.#clients -= 1;
    this.#go();
  }

  #go(): void {
    if (this.#waiting.length < this.#clients) return;
    for (const go of this.#waiting.splice(0)) go();
  }
}

/**
 * Stands in front of DynamoDB Local and does what it never does: a transaction that overlaps on a key with one in flight is
 * cancelled with TransactionConflict, and a single write that does is rejected, as AWS does; of a batch of statements, all are.
 *
 * @param round holds the writes of several clients until all have sent one
 */
export async function startConflicts(round?: Round): Promise<{
  url: string;
  conflicts: () => number;
  close(): Promise<void>;
}> {
  const target = inject('dynamodbUrl');
  const inFlight = new Set<string>();
  let conflicts = 0;
  const server = await serveLocally(
    async (request) => {
      const operation = request.headers.get('x-amz-target')?.split('.')[1] ?? '';
      const body = await request.text();
      const keys = writtenKeys(operation, JSON.parse(body || '{}') as Record<string, unknown>);
      if (keys.length > 0) await round?.begin();
      const clashes = keys.map((key) => inFlight.has(key));
      if (clashes.includes(true)) {
        conflicts += 1;
        if (operation === 'BatchExecuteStatement') return eachRejected(clashes.length);
        return operation === 'TransactWriteItems' ? cancelled(clashes) : rejected();
      }
      for (const key of keys) inFlight.add(key);
      try {
        if (keys.length > 0) await new Promise((resolve) => setTimeout(resolve, callTime));
        const headers = new Headers(request.headers);
        headers.delete('host');
        headers.delete('connection');
        headers.delete('content-length');
        const answer = await fetch(target, { method: 'POST', headers, body });
        return new Response(await answer.arrayBuffer(), { status: answer.status, headers: amzJson });
      } finally {
        for (const key of keys) inFlight.delete(key);
      }
    },
    { port: 0 },
  );
  return { url: server.url, conflicts: () => conflicts, close: server.close };
}

const amzJson = { 'content-type': 'application/x-amz-json-1.0' };

function writtenKeys(operation: string, input: Record<string, unknown>): string[] {
  switch (operation) {
    case 'TransactWriteItems':
      return (input.TransactItems as Record<string, Write>[]).map((item) =>
        keyOf(Object.values(item)[0] as Write),
      );
    case 'BatchExecuteStatement':
      return (input.Statements as Statement[]).map((statement) => keyOf(readStatement(statement) as Write));
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      // The input of a single write is what a transaction holds under the write's name.
      return [keyOf(input as unknown as Write)];
    default:
      return [];
  }
}

function keyOf({ TableName, Key, Item }: Write): string {
  const { pk, sk } = (Key ?? Item) as Key;
  return JSON.stringify([TableName, pk, sk]);
}

function cancelled(clashes: readonly boolean[]): Response {
  const reasons = clashes.map((clash) =>
    clash
      ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }
      : { Code: 'None' },
  );
  return answerError('TransactionCanceledException', {
    Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
    CancellationReasons: reasons,
  });
}

function rejected(): Response {
  return answerError('TransactionConflictException', { Message: 'Transaction is ongoing for the item' });
}

/** None of a batch is written; AWS would write those that do not overlap. */
function eachRejected(statements: number): Response {
  const error = { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' };
  return Response.json(
    { Responses: Array.from({ length: statements }, () => ({ Error: error })) },
    { headers: amzJson },
  );
}

function answerError(type: string, more: object): Response {
  return new Response(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, ...more }), {
    status: 400,
    headers: amzJson,
  });
}

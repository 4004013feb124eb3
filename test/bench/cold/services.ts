import { createHash } from 'node:crypto';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Item } from '#platform/table/table.ts';
import { type RunningServer, serveLocally } from '../../../infra/local/serve.ts';

type Plain = Record<string, unknown>;

/**
 * Answers for AWS and Resend at once and always the same, so that a start waits for nothing: secrets, the given items, writes
 * that succeed, empty lists.
 */
export function startServices(items: readonly Item[], secret: string): Promise<RunningServer> {
  const found = new Map(
    items.map((item) => [`${item.pk}\n${item.sk}`, marshall(item, { removeUndefinedValues: true })]),
  );
  return serveLocally(
    async (request) => {
      if (new URL(request.url).pathname.startsWith('/v1/')) return Response.json(noneAtStripe);
      const operation = request.headers.get('x-amz-target')?.split('.')[1];
      return Response.json(answer(operation, (await request.json()) as Plain, found, secret), {
        headers: { 'content-type': 'application/x-amz-json-1.0' },
      });
    },
    { port: 0 },
  );
}

/** Every list of Stripe's. */
const noneAtStripe = { object: 'list', data: [], has_more: false };

/** The secrets that have another shape than a webhook's. */
const secrets: Readonly<Record<string, string>> = {
  stripe: 'sk_test_of_the_bench',
  resend: 're_of_the_bench',
};

function answer(
  operation: string | undefined,
  input: Plain,
  found: ReadonlyMap<string, unknown>,
  secret: string,
): Plain {
  switch (operation) {
    case undefined:
      return { id: 'resend-id' };
    case 'GetParameter':
      return { Parameter: { Name: input.Name, Value: secrets[String(input.Name)] ?? secret } };
    case 'BatchGetItem':
      return { Responses: itemsOf(input.RequestItems as Record<string, { Keys: KeyOnWire[] }>, found) };
    case 'Query':
      return { Items: [], Count: 0 };
    case 'SendMessageBatch':
      return { Successful: (input.Entries as Message[]).map(taken), Failed: [] };
    default:
      return {};
  }
}

interface KeyOnWire {
  readonly pk: { readonly S: string };
  readonly sk: { readonly S: string };
}

function itemsOf(
  requested: Record<string, { Keys: KeyOnWire[] }>,
  found: ReadonlyMap<string, unknown>,
): Plain {
  return Object.fromEntries(
    Object.entries(requested).map(([table, { Keys }]) => [
      table,
      Keys.map(({ pk, sk }) => found.get(`${pk.S}\n${sk.S}`)).filter((item) => item !== undefined),
    ]),
  );
}

interface Message {
  readonly Id: string;
  readonly MessageBody: string;
}

function taken({ Id, MessageBody }: Message) {
  return { Id, MessageId: Id, MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex') };
}

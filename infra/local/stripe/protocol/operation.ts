import type { Context } from 'hono';
import type { Account, Origin } from '../account/account.ts';
import { checkExpand, expand, type Kind } from './expand.ts';
import { parseForm } from './form.ts';
import { type Fields, fields, type Reader } from './parameters.ts';

/** What the middleware knows of a request: its id and the version it was made for. */
export interface ApiEnvironment {
  Variables: { requestId: string; isPinnedVersion: boolean };
}

type Readers = Record<string, Reader<unknown>>;

/** A request whose parameters have been read. */
export interface ApiRequest<R extends Readers> {
  readonly input: Fields<R>;
  /** The path's id; empty where the path has none. */
  readonly id: string;
  readonly path: string;
  readonly origin: Origin;
}

/** What an operation takes and answers with. */
export interface OperationShape<R extends Readers> {
  readonly readers: R;
  readonly kind: Kind;
  readonly isList?: boolean;
}

/**
 * An API operation: reads the query and the form, refuses what it does not know, checks `expand`, runs, and answers
 * with JSON in which the named properties are expanded.
 */
export function operation<R extends Readers>(
  account: Account,
  shape: OperationShape<R>,
  run: (request: ApiRequest<R>) => object,
): (context: Context<ApiEnvironment>) => Promise<Response> {
  const read = fields(shape.readers);
  return async (context) => {
    const url = new URL(context.req.url);
    const body = context.req.method === 'POST' ? await context.req.text() : '';
    const input = read(parseForm([url.search.slice(1), body].filter(Boolean).join('&')), '');
    const paths = (input as { expand?: string[] }).expand ?? [];
    checkExpand(paths, shape.kind, shape.isList ?? false);
    const answer = run({
      input,
      id: context.req.param('id') ?? '',
      path: url.pathname,
      origin: {
        id: context.get('requestId'),
        idempotencyKey: context.req.header('idempotency-key') ?? null,
      },
    });
    return json(expand(account.store, answer, paths), 200);
  };
}

/**
 * Chooses by the request's version.
 *
 * @param pinned for requests that name the pinned version
 * @param older for those that name none, as an account whose default version is older
 */
export function byVersion(
  pinned: (context: Context<ApiEnvironment>) => Promise<Response>,
  older: (context: Context<ApiEnvironment>) => Promise<Response>,
): (context: Context<ApiEnvironment>) => Promise<Response> {
  return (context) => (context.get('isPinnedVersion') ? pinned(context) : older(context));
}

/** A JSON answer as Stripe lays it out. */
export function json(body: object, status: number): Response {
  return new Response(`${JSON.stringify(body, null, 2)}\n`, {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-cache, no-store' },
  });
}

import type { Env, Hono, Schema } from 'hono';
import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';

/**
 * An app as the HTTP API invokes it.
 * @param options which answers go out byte by byte, by their content type
 */
export function serve<E extends Env, S extends Schema, P extends string>(
  app: Hono<E, S, P>,
  options?: Parameters<typeof handle>[1],
) {
  const handler = handle(app, options);
  return (event: LambdaEvent, context?: LambdaContext) => handler(withoutIdleBody(event), context);
}

type Served = (event: LambdaEvent, context?: LambdaContext) => Promise<unknown>;

/**
 * Two apps of one function. Which of them answers is said by the route that API Gateway took, never by the path: with dots in it a
 * path could name the one and come by the other's door.
 *
 * @param below what the routes of the first begin with: `/api/staff/`
 */
export function serveByRoute(below: string, first: Served, other: Served): Served {
  return (event, context) => {
    const isFirst = 'routeKey' in event && event.routeKey.split(' ')[1]?.startsWith(below) === true;
    return (isFirst ? first : other)(event, context);
  };
}

/** The body of a GET or HEAD means nothing (RFC 9110, section 9.3.1), and the package refuses to make a request that has one. */
function withoutIdleBody(event: LambdaEvent): LambdaEvent {
  const { requestContext: context } = event;
  const method = context && 'http' in context ? context.http.method : undefined;
  return method === 'GET' || method === 'HEAD' ? { ...event, body: null } : event;
}

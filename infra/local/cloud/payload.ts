import { randomUUID } from 'node:crypto';

/** A request as API Gateway hands it to a function: payload format 2.0. */
export interface HttpEvent {
  readonly version: '2.0';
  readonly routeKey: string;
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly cookies?: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly queryStringParameters?: Readonly<Record<string, string>>;
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly requestContext: object;
  readonly body?: string;
  readonly isBase64Encoded: boolean;
}

/** The route a request took. */
export interface TakenRoute {
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly apiId: string;
  readonly account: string;
  /** What the route's authorizer found in the token; absent on an open route. */
  readonly jwt?: {
    readonly claims: Readonly<Record<string, string>>;
    readonly scopes: readonly string[] | null;
  };
}

const textTypes = /^(text\/.*|application\/(json|javascript|xml))$/;

/**
 * @param body the request's bytes: text types arrive as text, all others, forms too, as base64
 * @param sourceIp the peer's address
 */
export function httpEvent(request: Request, body: Buffer, route: TakenRoute, sourceIp: string): HttpEvent {
  const url = new URL(request.url);
  const headers = Object.fromEntries(request.headers);
  const cookies = headers.cookie?.split(/;\s*/);
  delete headers.cookie;
  const isText = textTypes.test(mediaType(headers['content-type'])) && !headers['content-encoding'];
  const query = [...new Set(url.searchParams.keys())].map(
    (key) => [key, url.searchParams.getAll(key).join(',')] as const,
  );
  const now = new Date();
  const path = url.pathname;
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath: path,
    rawQueryString: url.search.slice(1),
    ...(cookies && { cookies }),
    headers: {
      ...headers,
      'x-forwarded-for': [headers['x-forwarded-for'], sourceIp].filter(Boolean).join(', '),
      'x-forwarded-port': url.port,
      'x-forwarded-proto': url.protocol.slice(0, -1),
    },
    ...(query.length > 0 && { queryStringParameters: Object.fromEntries(query) }),
    ...(Object.keys(route.pathParameters).length > 0 && { pathParameters: route.pathParameters }),
    requestContext: {
      accountId: route.account,
      apiId: route.apiId,
      ...(route.jwt && { authorizer: { jwt: route.jwt } }),
      domainName: url.host,
      domainPrefix: url.hostname.split('.')[0],
      http: {
        method: request.method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: route.routeKey,
      stage: '$default',
      time: logTime(now),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/**
 * What API Gateway makes of a function's answer. An object with `statusCode` is taken apart; anything else is the body.
 *
 * @returns undefined when the answer has no shape that API Gateway takes (it answers 500 then)
 */
export function httpResponse(value: unknown): Response | undefined {
  if (typeof value !== 'object' || value === null || !('statusCode' in value)) {
    if (value === undefined || value === null) return undefined;
    const body = typeof value === 'string' ? value : JSON.stringify(value);
    return new Response(body, { headers: { 'content-type': 'application/json' } });
  }
  const {
    statusCode,
    headers = {},
    cookies = [],
    body = '',
    isBase64Encoded = false,
  } = value as {
    statusCode: unknown;
    headers?: Record<string, string | number | boolean>;
    cookies?: string[];
    body?: unknown;
    isBase64Encoded?: boolean;
  };
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 200 || status > 599 || typeof body !== 'string') return undefined;
  const answer = new Headers();
  for (const [name, text] of Object.entries(headers)) answer.set(name, String(text));
  for (const cookie of cookies) answer.append('set-cookie', cookie);
  answer.delete('content-length');
  if (!answer.has('content-type')) answer.set('content-type', 'text/plain; charset=utf-8');
  const bodiless = [204, 205, 304].includes(status);
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  return new Response(bodiless ? null : bytes, { status, headers: answer });
}

function mediaType(contentType = ''): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}

// API Gateway's form: 12/Mar/2026:19:03:58 +0000
function logTime(date: Date): string {
  const [, day, month, year, time] = /, (\d+) (\w+) (\d+) ([\d:]+)/.exec(date.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}

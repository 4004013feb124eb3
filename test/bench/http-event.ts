/** What an HTTP function answers: payload format 2.0. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** A function behind the HTTP API, as the Lambda runtime calls it. */
export type HttpHandler = (event: unknown) => Promise<HttpAnswer>;

/** A request as API Gateway hands it to a function: payload format 2.0. */
export function httpEvent(
  method: string,
  path: string,
  body?: string,
  headers: Readonly<Record<string, string>> = {},
) {
  const time = Date.now();
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: '',
    headers: {
      host: 'give.example.org',
      'x-forwarded-proto': 'https',
      'content-type': 'application/json',
      ...headers,
    },
    requestContext: {
      accountId: '000000000000',
      apiId: 'bench',
      domainName: 'give.example.org',
      domainPrefix: 'give',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.7', userAgent: 'bench' },
      requestId: 'bench',
      routeKey: `${method} ${path}`,
      stage: '$default',
      time: new Date(time).toISOString(),
      timeEpoch: time,
    },
    ...(body !== undefined && { body }),
    isBase64Encoded: false,
  };
}

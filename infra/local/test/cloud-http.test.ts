import { expect, test } from 'vitest';
import { httpEvent, httpResponse } from '../cloud/payload.ts';
import { matchRoute } from '../cloud/routes.ts';

const taken = { routeKey: 'POST /x', pathParameters: {}, apiId: 'api', account: '111122223333' };
function event(contentType: string | undefined, text: string, path = '/x') {
  const headers = { cookie: 'a=1; b=2', ...(contentType && { 'Content-Type': contentType }) };
  const request = new Request(`http://127.0.0.1:8787${path}`, { method: 'POST', headers });
  return httpEvent(request, Buffer.from(text), taken, '127.0.0.1');
}

test.each(['application/json', 'text/plain; charset=utf-8', 'application/xml', 'application/javascript'])(
  'a body of type %s arrives as text',
  (type) => {
    expect(event(type, '{"a":"元"}')).toMatchObject({ body: '{"a":"元"}', isBase64Encoded: false });
  },
);

test.each(['application/x-www-form-urlencoded', 'application/octet-stream', undefined])(
  'a body of type %s arrives as base64',
  (type) => {
    const { body, isBase64Encoded } = event(type, 'a=1');
    expect([Buffer.from(body ?? '', 'base64').toString(), isBase64Encoded]).toEqual(['a=1', true]);
  },
);

test('header names are lower-case, cookies stand apart, the query is given raw and joined', () => {
  const made = event('application/json', '{}', '/x?a=1&a=2&b=%20');
  expect(made.headers['content-type']).toBe('application/json');
  expect(made.headers).not.toHaveProperty('cookie');
  expect(made.cookies).toEqual(['a=1', 'b=2']);
  expect(made.rawQueryString).toBe('a=1&a=2&b=%20');
  expect(made.queryStringParameters).toEqual({ a: '1,2', b: ' ' });
  expect(made.requestContext).toMatchObject({ http: { method: 'POST', path: '/x', sourceIp: '127.0.0.1' } });
});

test('an answer keeps status, headers, every cookie and binary bodies', async () => {
  const response = httpResponse({
    statusCode: 201,
    headers: { 'Content-Type': 'image/png' },
    cookies: ['a=1', 'b=2'],
    body: Buffer.from([0, 255]).toString('base64'),
    isBase64Encoded: true,
  });
  expect(response?.status).toBe(201);
  expect(response?.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect([...new Uint8Array((await response?.arrayBuffer()) ?? new ArrayBuffer())]).toEqual([0, 255]);
});

test('an answer without a status is the body of a 200, and an impossible one is none', async () => {
  expect(await httpResponse({ a: 1 })?.text()).toBe('{"a":1}');
  expect(httpResponse({ statusCode: 'x' })).toBeUndefined();
  expect(httpResponse(null)).toBeUndefined();
});

const routes = ['GET /a/{x}', 'GET /a/b', 'ANY /a/b', 'GET /{rest+}', 'POST /a/{x}/c'].map((routeKey) => ({
  routeKey,
  target: routeKey,
}));

test.each([
  ['GET', '/a/b', 'GET /a/b', {}],
  ['PUT', '/a/b', 'ANY /a/b', {}],
  ['GET', '/a/%E5%85%83', 'GET /a/{x}', { x: '元' }],
  ['POST', '/a/1/c', 'POST /a/{x}/c', { x: '1' }],
  ['GET', '/z/1/2', 'GET /{rest+}', { rest: 'z/1/2' }],
])('%s %s takes the most specific route, its parameters decoded', (method, path, routeKey, parameters) => {
  const found = matchRoute(routes, method, path);
  expect([found?.route.routeKey, found?.pathParameters]).toEqual([routeKey, parameters]);
});

test.each([
  ['HEAD', '/a/b', 'ANY /a/b'],
  ['HEAD', '/a/1', '$default'],
  ['GET', '/a/1', 'GET /a/{x}'],
  ['GET', '/', '$default'],
  ['GET', '/z/1/2', 'GET /{rest+}'],
  ['OPTIONS', '//a/b', '$default'],
])('%s %s comes to the fallback only where no other route takes it', (method, path, routeKey) => {
  const all = [{ routeKey: '$default', target: '$default' }, ...routes];
  const found = matchRoute(all, method, path);
  expect(found?.route.routeKey).toBe(routeKey);
  if (routeKey === '$default') expect(found?.pathParameters).toEqual({});
});

test('what no route names is not found', () => {
  expect(matchRoute(routes, 'DELETE', '/a/1')).toBeUndefined();
  expect(matchRoute(routes, 'POST', '/a/1/')).toBeUndefined();
});

import fc from 'fast-check';
import { operations } from '#apps/api-document/document.ts';
import { siteRoutes } from '#apps/site/routes.ts';
import { deskPages } from '#apps/staff/desk-pages.ts';
import { staffRoutes } from '#apps/staff/endpoints.ts';
import { roles } from '#kernel/staff/actor.ts';
import { doors } from '#kernel/staff/sign-in.ts';
import { filledIn } from '../support/browser-form.ts';
import { changedAt, pathsOf, removed } from '../support/subscribed-events.ts';
import { signedRequest } from './events.ts';
import type { HostileRequest } from './hostile-request.ts';
import { headerText, oddText, oddValue } from './odd.ts';
import { known } from './product.ts';

/** Every route, and every described call: a call may be one of several behind a route's parameter. */
const templates = [
  ...new Set([
    ...siteRoutes,
    ...staffRoutes,
    ...['GET /staff', `GET ${doors.callback}`, `GET ${doors.signedOut}`, 'POST /staff/sign-out'],
    ...deskPages.map(({ method, path }) => `${method.toUpperCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`),
    ...operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`),
  ]),
].map((route) => {
  const [method = '', path = ''] = route.split(' ');
  return { method, path };
});

/** A text as a segment of a path, in one of the ways in which it can be written. */
function written(text: string, way: number): string {
  const whole = text.toWellFormed();
  if (way < 6) return encodeURIComponent(whole);
  if (way === 6) return whole;
  if (way === 7) return encodeURIComponent(encodeURIComponent(whole));
  if (way === 8) {
    return [...Buffer.from(whole)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  }
  return whole.toUpperCase();
}

const oddSegment = fc.tuple(oddText, fc.nat(9)).map(([text, way]) => written(text, way));

/** A segment in the place of a parameter: in most cases one that there is. */
function segment(parameter: string): fc.Arbitrary<string> {
  const names: readonly string[] | undefined = known.names[parameter as keyof typeof known.names];
  if (!names) return oddSegment;
  const right = fc
    .tuple(fc.constantFrom(...names), fc.nat(40))
    .map(([text, way]) => written(text, way > 9 ? 0 : way));
  return fc.oneof({ weight: 3, arbitrary: right }, { weight: 1, arbitrary: oddSegment });
}

/** What happens to a whole path. */
const spoil = fc.constantFrom<(path: string) => string>(
  ...Array.from({ length: 48 }, () => (path: string) => path),
  (path) => `${path}/`,
  (path) => `/${path}`,
  (path) => path.replaceAll('/', '//'),
  (path) => `${path}/..`,
  (path) => `/zh${path}`,
  (path) => `/ZH${path.toUpperCase()}`,
  (path) => `${path}%00`,
  (path) => `${path};jsessionid=1`,
  (path) => path.replace('/', '/./'),
  (path) => path.slice(0, -1),
  (path) => `${path}${'/a'.repeat(2000)}`,
  () => '/*',
);

const target = fc.tuple(fc.constantFrom(...templates), spoil).chain(([{ method, path }, change]) => {
  const wanted = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name = '']) => name);
  return fc.tuple(...wanted.map(segment)).map((segments) => {
    const names = [...segments];
    const filled = path.replaceAll(/\{\w+\+?\}/g, () => names.shift() ?? '');
    return { method, template: path, path: change(filled) };
  });
});

const parameters = [
  ...new Set([
    ...operations.flatMap(({ parameters: each = [] }) =>
      each.filter((one) => one.in === 'query').map(({ name }) => name),
    ),
    'month',
    'amount',
    'q',
    'state',
    'checkout',
    'frequency',
    '__proto__',
  ]),
];

/** A query: in most cases of the parameters that the product knows, some of them twice. */
const query = fc
  .array(
    fc.tuple(
      fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...parameters) }, { weight: 1, arbitrary: oddText }),
      oddText,
      fc.boolean(),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((pairs) =>
    pairs
      .map(([name, value, isRaw]) => {
        const [key, text] = [name.toWellFormed(), value.toWellFormed()];
        return isRaw ? `${key}=${text}` : `${encodeURIComponent(key)}=${encodeURIComponent(text)}`;
      })
      .join('&'),
  );

const headers = fc.record(
  {
    host: headerText,
    origin: fc.oneof(fc.constantFrom('null', 'https://evil.example', 'https://give.example.org'), headerText),
    referer: headerText,
    'if-none-match': fc.oneof(fc.constantFrom('*', 'W/"', '"a", W/"b"'), headerText),
    'if-match': fc.oneof(fc.constantFrom('*', '"1"'), headerText),
    'if-modified-since': headerText,
    range: fc.constantFrom('bytes=0-0', 'bytes=-1', 'bytes=9999999-', 'bytes=a-b,c'),
    'accept-language': fc.oneof(fc.constantFrom('zh-HK', 'xx;q=9', '*', 'en;q=0'.repeat(500)), headerText),
    accept: fc.oneof(fc.constantFrom('text/html', 'application/json', '*/*;q=a'), headerText),
    'accept-encoding': headerText,
    'x-forwarded-for': headerText,
    'x-forwarded-proto': headerText,
    'x-forwarded-host': headerText,
    'x-http-method-override': fc.constantFrom('DELETE', 'PUT'),
    'sec-fetch-site': fc.constantFrom('cross-site', 'same-origin', 'none', ''),
    'access-control-request-method': headerText,
    authorization: headerText,
    cookie: headerText,
    'idempotency-key': fc.oneof(fc.uuid(), headerText),
    'content-length': fc.constantFrom('0', '-1', '99999999', 'a'),
    'transfer-encoding': fc.constant('chunked'),
    expect: fc.constant('100-continue'),
  },
  { requiredKeys: [] },
);

/** A value that is right, changed at a few places. */
function spoiled(right: unknown): fc.Arbitrary<unknown> {
  const change = fc.tuple(fc.nat(), fc.option(oddValue, { freq: 6, nil: removed }));
  return fc.array(change, { maxLength: 2 }).map((changes) => {
    let value = right;
    for (const [where, other] of changes) {
      const paths = pathsOf(value);
      if (paths.length > 0) value = changedAt(value, paths[where % paths.length] ?? [], other);
    }
    return value;
  });
}

type Body = NonNullable<HostileRequest['body']>;
interface Sent {
  readonly type: string | undefined;
  readonly body: Body | undefined;
}

const deep = `${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`;
const garbage: fc.Arbitrary<Sent> = fc.record({
  type: fc.oneof(
    fc.constantFrom(
      undefined,
      'application/json',
      'application/json; charset=utf-16',
      'multipart/form-data; boundary=a',
      'application/x-www-form-urlencoded',
      'text/plain',
    ),
    headerText,
  ),
  body: fc.oneof(
    fc.constantFrom<Body | undefined>(
      undefined,
      { text: '' },
      { text: deep },
      { text: '['.repeat(30_000) },
      { text: '{"amount":1e999}' },
      { text: '\ufeff{}' },
      { text: '--a\r\ncontent-disposition: form-data; name="__proto__"\r\n\r\n1\r\n--a--' },
      { text: 'a=1&'.repeat(20_000) },
      { base64: Buffer.alloc(70_000, 65).toString('base64') },
    ),
    oddText.map((text) => ({ text })),
    fc.json().map((text) => ({ text })),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => ({ base64: Buffer.from(bytes).toString('base64') })),
  ),
});

const examples = new Map(
  operations.flatMap(({ method, path, body }) =>
    body ? [[`${method.toUpperCase()} ${path}`, body.example]] : [],
  ),
);

/** A body for a route: right, or nearly, where the route is described or is a form; or anything. */
function bodyFor(route: string): fc.Arbitrary<Sent> {
  const example = examples.get(route);
  if (example !== undefined) {
    const json = spoiled(example).map((value) => ({
      type: 'application/json',
      body: { text: JSON.stringify(value) ?? 'null' },
    }));
    return fc.oneof({ weight: 5, arbitrary: json }, { weight: 1, arbitrary: garbage });
  }
  if (!route.startsWith('POST '))
    return fc.oneof(
      { weight: 9, arbitrary: fc.constant({ type: undefined, body: undefined }) },
      { weight: 1, arbitrary: garbage },
    );
  const form = spoiled({
    ...filledIn,
    email: 'stranger@example.net',
    checkout: '',
    again: 'yes',
    address: 'stranger@example.net',
  }).map((value) => {
    const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    const text = new URLSearchParams(
      fields.map(([name, each]) => [name, asText(each).toWellFormed()] as [string, string]),
    ).toString();
    return {
      type: 'application/x-www-form-urlencoded',
      body: { base64: Buffer.from(text).toString('base64') },
    };
  });
  return fc.oneof({ weight: 5, arbitrary: form }, { weight: 1, arbitrary: garbage });
}

const staffClaims = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom<Record<string, unknown> | undefined>(
      ...roles.map((role) => ({ sub: `sub-of-${role}`, [known.rolesClaim]: `[${role}]` })),
    ),
  },
  { weight: 2, arbitrary: fc.constant({ sub: 'sub-of-admin', [known.rolesClaim]: '[admin]' }) },
  { weight: 1, arbitrary: fc.constant(undefined) },
  {
    weight: 1,
    arbitrary: fc.record({
      sub: fc.oneof(oddText, oddValue),
      [known.rolesClaim]: fc.oneof(oddText, oddValue),
    }),
  },
);

const otherMethods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'];

const toRoutes: fc.Arbitrary<HostileRequest> = target.chain(({ method, template, path }) =>
  fc
    .record({
      method: fc.oneof(
        { weight: 9, arbitrary: fc.constant(method) },
        { weight: 1, arbitrary: fc.constantFrom(...otherMethods) },
      ),
      query: fc.oneof({ weight: 1, arbitrary: fc.constant('') }, { weight: 1, arbitrary: query }),
      odd: fc.oneof({ weight: 1, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: headers }),
      key: fc.oneof(
        { weight: 9, arbitrary: fc.uuid().map((key): string | undefined => key) },
        { weight: 1, arbitrary: fc.constant(undefined) },
      ),
      sent: bodyFor(`${method} ${template}`),
      claims: staffClaims,
      address: fc.ipV4(),
    })
    .map(({ method: chosen, query: search, odd, key, sent, claims, address }) => ({
      route: `${method} ${template}`,
      method: chosen,
      path,
      query: search,
      headers: {
        ...(sent.type !== undefined && { 'content-type': sent.type }),
        ...(key !== undefined && chosen !== 'GET' && { 'idempotency-key': key }),
        ...odd,
      },
      ...(sent.body && { body: sent.body }),
      ...(claims && template.startsWith('/api/staff') && { claims }),
      address,
    })),
);

/** Any hostile request, of every kind. */
export const hostileRequests: fc.Arbitrary<HostileRequest> = fc.oneof(
  { weight: 4, arbitrary: toRoutes },
  { weight: 1, arbitrary: signedRequest },
);

function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

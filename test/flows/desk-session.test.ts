import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect } from 'vitest';
import { openSession } from '#kernel/staff/open-session.ts';
import { readTokens } from '#kernel/staff/read-session.ts';
import { SignInRefused } from '#kernel/staff/sign-in.ts';
import type { Table } from '#platform/table/table.ts';
import { demoSignIns } from '../../infra/demo/staff.ts';
import { type LocalSignIn, startLocalSignIn } from '../../infra/local/sign-in/server.ts';
import { csrfIn, DeskBrowser, issuerOf, openDesk, staffFunction } from '../support/desk-browser.ts';
import { signInStory } from '../support/sign-in-story.ts';
import { place } from '../support/staff-api.ts';
import { everything, watchRequests } from '../support/table.ts';

const minute = 60_000;
const cookie = '__Host-staff';

/** A desk whose time a test moves on; the issuer keeps its own. */
async function deskInTime(table: Table, { settings }: LocalSignIn<string>) {
  let passed = 0;
  const clock = () => new Date(Date.now() + passed);
  const answer = await openDesk(table, settings, { clock });
  return {
    browser: new DeskBrowser(answer),
    answer,
    clock,
    pass: (milliseconds: number) => {
      passed += milliseconds;
    },
  };
}

const it = signInStory.extend('desk', async ({ issuer, table }) => deskInTime(table, issuer));

/** The secret in the browser's cookie. */
const secretIn = ({ cookies }: DeskBrowser) => cookies.get(cookie)?.split('.')[0] ?? '';

it('a session ends after thirty minutes without a page, and is gone from the table', async ({
  desk: { browser, pass },
  issuer,
  table,
}) => {
  await browser.signIn('staff_finance');
  pass(29 * minute);
  expect((await browser.open('/staff')).status).toBe(200);
  pass(30 * minute);
  expect((await browser.open('/staff', {}, ({ origin }) => origin === issuer.url)).status).toBe(303);
  expect(await everything(table, 'session')).toEqual([]);
});

it('a session ends after eight hours, however busy it was; who comes back stands where they wanted to be', async ({
  desk: { browser, pass },
  issuer,
}) => {
  await browser.signIn('staff_finance');
  for (let asked = 1; asked < 24; asked += 1) {
    pass(20 * minute);
    expect((await browser.open('/staff')).way).toHaveLength(1);
  }
  pass(20 * minute);
  const shown = await browser.open('/staff/payments');
  // The issuer still knows the person, and asks nothing.
  expect(shown.way.some((address) => address.startsWith(issuer.url))).toBe(true);
  expect(shown.url.pathname).toBe('/staff/payments');
});

it('a session shows what the roles of the last hour allow: one that is taken away at the issuer ends within an hour', async ({
  desk: { browser, pass },
  issuer,
}) => {
  await browser.signIn('staff_finance');
  issuer.changeRoles('staff_finance', []);
  for (const minutes of [29, 29]) {
    pass(minutes * minute);
    expect((await browser.open('/staff/payments')).status).toBe(200);
  }
  pass(2 * minute);
  expect((await browser.open('/staff/payments')).status).toBe(403);
  expect((await browser.open('/staff')).html).toContain('have no role yet');
  issuer.changeRoles('staff_finance', ['finance', 'campaigns']);
  for (const minutes of [29, 29, 2]) {
    pass(minutes * minute);
    await browser.open('/staff');
  }
  expect((await browser.open('/staff')).html).toContain('approve comments');
});

it('a session ends within an hour for a person whom the issuer does not know any more', async ({
  desk: { browser, pass },
  issuer,
  table,
  log,
}) => {
  await browser.signIn('staff_finance');
  issuer.changeRoles('staff_finance', undefined);
  for (const minutes of [29, 29, 2]) {
    pass(minutes * minute);
    await browser.send('/staff');
  }
  expect(await everything(table, 'session')).toEqual([]);
  expect((await browser.send('/staff')).headers.get('location')).toContain(issuer.url);
  expect(log.entries).toContainEqual(expect.objectContaining({ event: 'session-not-renewed' }));
});

it('a refresh token that comes twice ends the whole sign-in at an issuer that turns them', async ({
  issuer,
  table,
}) => {
  const browser = new DeskBrowser(await openDesk(table, issuer.settings));
  await browser.signIn('staff_finance');
  const tokens = await readTokens(secretIn(browser), { table });
  if (!tokens) throw new Error('There is no session.');
  const asked = issuerOf(issuer.settings);
  const renewed = await asked.renew(tokens);
  await expect(asked.renew(tokens)).rejects.toThrow(SignInRefused);
  await expect(asked.renew(renewed.tokens)).rejects.toThrow(SignInRefused);
});

it('of many pages at once one renews the session, and all of them are shown', async ({ issuer, table }) => {
  let passed = 0;
  const clock = () => new Date(Date.now() + passed);
  const real = issuerOf(issuer.settings);
  let renewals = 0;
  const counting = {
    ...real,
    renew: (tokens: Parameters<typeof real.renew>[0]) => {
      renewals += 1;
      return real.renew(tokens);
    },
  };
  const browser = new DeskBrowser(await openDesk(table, issuer.settings, { clock, issuer: counting }));
  await browser.signIn('staff_finance');
  for (const minutes of [29, 29, 2]) {
    passed += minutes * minute;
    const shown = await Promise.all(Array.from({ length: 5 }, () => browser.open('/staff')));
    for (const { status, way } of shown) expect([status, way.length]).toEqual([200, 1]);
  }
  expect(renewals).toBe(1);
});

it('a session stays while the issuer cannot be asked, and shows nothing by roles that are an hour old', async ({
  table,
  log,
}) => {
  const issuer = await startLocalSignIn({ port: 0 }, demoSignIns);
  const { browser, pass } = await deskInTime(table, issuer);
  await browser.signIn('staff_finance');
  for (const minutes of [29, 29]) {
    pass(minutes * minute);
    await browser.open('/staff');
  }
  await issuer.close();
  pass(2 * minute);
  const shown = await browser.open('/staff');
  expect(shown.status).toBe(503);
  expect(shown.html).not.toContain('Hazel');
  expect(await everything(table, 'session')).toHaveLength(1);
  expect(log.entries).toEqual([expect.objectContaining({ event: 'issuer-unavailable' })]);
});

it('a session costs a page one consistent read, and a write a minute', async ({
  desk: { browser, pass },
  table,
}) => {
  // Who may confirm what is done before the first gift is asked about that at the home, with one read more.
  await browser.signIn('staff_campaigns');
  const sent = watchRequests(table);
  await browser.open('/staff');
  expect(sent.map(({ operation }) => operation)).toEqual(['BatchGetItem']);
  expect(JSON.stringify(sent[0]?.input)).toContain('"ConsistentRead":true');
  pass(minute);
  await browser.open('/staff');
  expect(sent.map(({ operation }) => operation)).toEqual(['BatchGetItem', 'BatchGetItem', 'UpdateItem']);
});

it('a cookie that was altered, or signed by others, opens nothing and asks the table nothing', async ({
  desk: { browser },
  issuer,
  table,
}) => {
  await browser.signIn('staff_finance');
  const value = browser.cookies.get(cookie) ?? '';
  const [secret = '', signature = ''] = value.split('.');
  const other = new DeskBrowser(
    await openDesk(table, issuer.settings, { sessionKey: async () => 'another key of at least 32 letters' }),
  );
  await other.signIn('staff_admin');
  const sent = watchRequests(table);
  for (const forged of [
    secret,
    `${secret}.`,
    `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}.${signature}`,
    `${secret}.${signature.replace(/^./, (first) => (first === 'a' ? 'b' : 'a'))}`,
    other.cookies.get(cookie) ?? '',
    value.repeat(20),
    '',
  ]) {
    browser.cookies.set(cookie, forged);
    const answer = await browser.send('/staff');
    expect(answer.headers.get('location'), forged).toContain(issuer.url);
  }
  expect(sent).toEqual([]);
});

it('the table gives neither the cookie nor the issuer’s tokens', async ({ desk: { browser }, table }) => {
  await browser.signIn('staff_finance');
  const secret = secretIn(browser);
  const tokens = await readTokens(secret, { table });
  expect(tokens).toEqual({ id: expect.stringMatching(/^eyJ/), refresh: expect.stringMatching(/./) });
  const stored = JSON.stringify(await everything(table));
  for (const hidden of [secret, tokens?.id, tokens?.refresh]) expect(stored).not.toContain(hidden);
});

it('a session that is corrupt is none: the person signs in anew', async ({
  desk: { browser },
  table,
  log,
}) => {
  await browser.signIn('staff_finance');
  const [item] = await everything(table, 'session');
  const corrupt = { ...item, actor: { id: 'staff_finance', roles: ['emperor'] } };
  await table.client.send(new PutCommand({ TableName: table.name, Item: corrupt }));
  expect((await browser.open('/staff')).html).toContain('Hello, Hazel');
  expect(log.entries).toEqual([expect.objectContaining({ event: 'item-corrupt' })]);
});

it.for<[what: string, headers: Record<string, string>]>([
  ['no origin', {}],
  ['a foreign origin', { origin: 'https://evil.example' }],
  ['a hidden origin', { origin: 'null' }],
  ['our origin on another port', { origin: 'http://127.0.0.1:2' }],
  ['our origin from across sites', { origin: place.siteUrl, 'sec-fetch-site': 'cross-site' }],
])('a form with %s is refused, and nobody is signed out', async ([_, headers], { desk, table }) => {
  const csrf = csrfIn(await desk.browser.signIn('staff_finance'));
  const body = new URLSearchParams({ csrf });
  const answer = await desk.browser.open('/staff/sign-out', { method: 'POST', body, headers });
  expect(answer.status).toBe(403);
  expect(answer.html).toContain('This was not taken');
  expect(await everything(table, 'session')).toHaveLength(1);
});

it('a form without the session’s token, or with another’s, is refused', async ({ desk, table }) => {
  const csrf = csrfIn(await desk.browser.signIn('staff_finance'));
  const other = csrfIn(await new DeskBrowser(desk.answer).signIn('staff_admin'));
  expect(other).toMatch(/^[\w-]{43}$/);
  for (const fields of [{}, { csrf: '' }, { csrf: `${csrf}x` }, { csrf: other }]) {
    expect((await desk.browser.post('/staff/sign-out', fields)).status).toBe(403);
  }
  expect(await everything(table, 'session')).toHaveLength(2);
});

it('a form of a session that is over is not taken, and its page leads back to where it stood', async ({
  desk: { browser, pass },
}) => {
  const csrf = csrfIn(await browser.signIn('staff_finance'));
  pass(31 * minute);
  const referer = `${place.siteUrl}/staff/payments?month=2026-11`;
  const shown = await browser.post('/staff/language', { csrf, language: 'zh-HK' }, { referer });
  expect(shown.status).toBe(401);
  expect(shown.html).toContain('<a class="button" href="/staff/payments?month=2026-11">Sign in</a>');
  const elsewhere = { referer: 'https://evil.example/staff-room' };
  expect((await browser.post('/staff/language', { csrf }, elsewhere)).html).toContain('href="/staff"');
  expect(browser.cookies.has('__Host-staff-language')).toBe(false);
});

it('no page of the desk is kept by a browser or shown in a frame, and none runs a script', async ({
  desk: { browser },
}) => {
  const home = await browser.signIn('staff_finance');
  for (const { headers, html } of [home, await browser.open('/staff/nothing')]) {
    expect(headers.get('cache-control')).toBe('no-store');
    const policy = headers.get('content-security-policy');
    expect(policy).toMatch(/default-src 'none'.*form-action 'self'.*frame-ancestors 'none'/);
    expect(policy).not.toContain('script-src');
    expect(html).not.toContain('<script');
  }
});

/** An event as API Gateway sends it, with a path as it came: nothing resolves the dots in it. */
function eventOf(routeKey: string, rawPath: string, headers: Record<string, string>, cookies: string[]) {
  const http = { method: 'GET', path: rawPath, protocol: 'HTTP/1.1', sourceIp: '192.0.2.7', userAgent: '' };
  const requestContext = { http, domainName: new URL(place.siteUrl).host, routeKey, stage: '$default' };
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: '',
    headers,
    cookies,
    requestContext,
    isBase64Encoded: false,
  };
}

it('the door decides who is believed: pages the session alone, the JSON the authorizer’s claims alone', async ({
  desk: { browser },
  issuer,
  table,
}) => {
  await browser.signIn('staff_admin');
  const cookies = [...browser.cookies].map(([name, value]) => `${name}=${value}`);
  const { admin: token } = await issuer.staffTokens();
  const headers = {
    authorization: `Bearer ${token}`,
    'x-amzn-request-context': JSON.stringify({
      authorizer: { jwt: { claims: { sub: 'a', roles: '[admin]' } } },
    }),
    'x-session': 'admin',
  };
  const invoke = staffFunction(table, issuer.settings);
  const ask = async (routeKey: string, path: string, sent: string[]) => {
    // It holds what the adapter reads, of the many more fields that API Gateway sends.
    const answer = await invoke(eventOf(routeKey, path, headers, sent) as never);
    return answer as { statusCode: number; headers: Record<string, string>; body: string };
  };
  const page = 'ANY /staff/{proxy+}';
  for (const path of [
    '/staff/../api/staff/me',
    '/staff/%2e%2e/api/staff/me',
    '/staff/%2E%2E/api/staff/me',
    '/staff/..%2fapi%2fstaff%2fme',
    '/staff//../../api/staff/me',
    '/staff/./../api/staff/me',
    '/api/staff/me',
  ]) {
    for (const sent of [[], cookies]) {
      const { statusCode, headers: answered, body } = await ask(page, path, sent);
      expect([303, 404], path).toContain(statusCode);
      expect(answered['content-type'] ?? '', path).not.toContain('json');
      expect(body, path).not.toContain('"rights"');
    }
  }
  // A bearer token opens no page, and a session no JSON.
  expect((await ask('ANY /staff', '/staff', [])).headers.location).toContain(issuer.url);
  const json = 'ANY /api/staff/{proxy+}';
  expect((await ask(json, '/api/staff/me', cookies)).statusCode).toBe(401);
  expect((await ask(json, '/api/staff/../../staff', cookies)).statusCode).toBe(401);
});

it('each sign-in has a session of its own: signing out of one leaves the other', async ({
  desk: { browser, answer, clock },
  table,
}) => {
  const other = new DeskBrowser(answer);
  const [home] = [await browser.signIn('staff_finance'), await other.signIn('staff_finance')];
  await browser.signOut(home);
  expect((await other.open('/staff')).html).toContain('Hello, Hazel');
  const signedIn = { actor: { id: 'staff_door', roles: [] }, name: 'Alder', tokens: { id: 'x' } };
  await openSession(signedIn, { table, now: clock() });
  const csrfs = (await everything(table, 'session')).map(({ csrf }) => csrf);
  expect(new Set(csrfs).size).toBe(2);
});

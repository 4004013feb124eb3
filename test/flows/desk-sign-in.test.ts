import { expect } from 'vitest';
import type { Issuer } from '#kernel/staff/issuer-gateway.ts';
import { demoSignIns } from '../../infra/demo/staff.ts';
import { startLocalSignIn } from '../../infra/local/sign-in/server.ts';
import { DeskBrowser, issuerOf, openDesk, type Shown } from '../support/desk-browser.ts';
import { place } from '../support/staff-api.ts';
import { story } from '../support/story.ts';
import { everything } from '../support/table.ts';

const it = story
  .extend('issuer', { scope: 'file' }, async ({}, { onCleanup }) => {
    const issuer = await startLocalSignIn({ port: 0 }, demoSignIns);
    onCleanup(() => issuer.close());
    return issuer;
  })
  .extend('browser', async ({ issuer, table }) => new DeskBrowser(await openDesk(table, issuer.settings)));

const session = '__Host-staff';
const attempt = '__Host-staff-sign-in';

it('a volunteer is led to the sign-in, back to the page they asked for, and out again', async ({
  issuer,
  table,
  browser,
}) => {
  const home = await browser.signIn('staff_finance');
  expect(home.status).toBe(200);
  expect(home.url.pathname).toBe('/staff');
  expect(home.html).toContain('Hello, Hazel');
  const before = new Map(browser.cookies);

  const out = await browser.signOut(home);
  expect(out.url.pathname).toBe('/staff/signed-out');
  expect(out.html).toContain('You are signed out');
  expect(await everything(table, 'session')).toEqual([]);
  // The cookie of a session that was ended is dead for everybody.
  for (const [name, value] of before) browser.cookies.set(name, value);
  expect((await browser.open('/staff')).url.origin).toBe(issuer.url);
});

it('a person who asked for a page with a query stands on that page after the sign-in', async ({
  browser,
}) => {
  const shown = await browser.signIn('staff_finance', '/staff/payments?month=2026-11');
  expect(shown.url.pathname + shown.url.search).toBe('/staff/payments?month=2026-11');
});

it('a session’s cookie is for this host alone, over TLS, out of reach of scripts, for eight hours', async ({
  browser,
}) => {
  const { href } = await browser.toCallback('staff_finance');
  const cookies = (await browser.send(href)).headers.getSetCookie();
  expect(cookies.find((each) => each.startsWith(`${session}=`))).toMatch(
    /^__Host-staff=[\w-]{43}\.[\w%]+; Max-Age=28800; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
  expect(cookies.find((each) => each.startsWith(`${attempt}=`))).toContain('Max-Age=0');
});

it('the address of the sign-in holds what the code flow with PKCE asks for', async ({ issuer, browser }) => {
  const answer = await browser.send('/staff/payments');
  expect(answer.status).toBe(303);
  const { origin, searchParams } = new URL(answer.headers.get('location') ?? '');
  expect(origin).toBe(issuer.url);
  expect(Object.fromEntries(searchParams)).toMatchObject({
    response_type: 'code',
    client_id: 'desk',
    redirect_uri: `${place.siteUrl}/staff/signed-in`,
    scope: 'openid profile staff',
    code_challenge_method: 'S256',
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    state: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
  });
});

/** Refused with a page that says what to do: nothing is set, nobody is led anywhere. */
function expectRefused(shown: Shown, browser: DeskBrowser): void {
  expect(shown.status).toBe(400);
  expect(shown.way).toHaveLength(1);
  expect(shown.html).toContain('You are not signed in');
  expect(shown.html).toContain('<a class="button" href="/staff">Sign in again</a>');
  expect(shown.headers.getSetCookie().join()).not.toContain(`${session}=`);
  expect(browser.cookies.has(session)).toBe(false);
}

it.for<[what: string, change: (callback: URL, browser: DeskBrowser) => unknown]>([
  ['another state', (callback) => callback.searchParams.set('state', 'x'.repeat(43))],
  ['no state', (callback) => callback.searchParams.delete('state')],
  ['a code that the issuer did not give', (callback) => callback.searchParams.set('code', 'guessed')],
  ['no code', (callback) => callback.searchParams.delete('code')],
  ['the name of a foreign issuer', (callback) => callback.searchParams.set('iss', 'https://evil.example')],
  [
    'the issuer’s own refusal',
    (callback) => {
      callback.searchParams.delete('code');
      callback.searchParams.set('error', 'access_denied');
    },
  ],
  ['no cookie', (_, browser) => void browser.cookies.delete(attempt)],
  [
    'an altered cookie',
    (_, { cookies }) => {
      const value = cookies.get(attempt) ?? '';
      expect(value).toContain('staff');
      cookies.set(attempt, value.replace('staff', 'stafF'));
    },
  ],
  [
    'the cookie of another sign-in',
    async (_, browser) => {
      await browser.send('/staff');
    },
  ],
])('a sign-in that comes back with %s is refused', async ([_, change], { table, browser, log }) => {
  const callback = await browser.toCallback('staff_admin');
  await change(callback, browser);
  expectRefused(await browser.open(callback.href), browser);
  expect(await everything(table, 'session')).toEqual([]);
  expect(log.entries).toEqual([expect.objectContaining({ event: 'desk-sign-in-refused' })]);
  expect(log.printed.join()).not.toMatch(/Rowan|guessed|evil/);
});

it('a code is good once: who brings it again, with the same cookie, is refused', async ({
  browser,
  table,
  log,
}) => {
  const callback = await browser.toCallback('staff_admin');
  const held = browser.cookies.get(attempt) ?? '';
  expect((await browser.open(callback.href)).html).toContain('Hello, Rowan');
  browser.cookies.clear();
  browser.cookies.set(attempt, held);
  expectRefused(await browser.open(callback.href), browser);
  expect(await everything(table, 'session')).toHaveLength(1);
  expect(log.entries).toHaveLength(1);
});

it('a sign-in that took more than ten minutes is refused, a second less is not', async ({
  issuer,
  table,
  log,
}) => {
  for (const [seconds, status] of [
    [601, 400],
    [599, 200],
  ] as const) {
    let now = new Date();
    const late = new DeskBrowser(await openDesk(table, issuer.settings, { clock: () => now }));
    const callback = await late.toCallback('staff_admin');
    now = new Date(now.getTime() + seconds * 1000);
    const shown = await late.open(callback.href);
    expect(shown.status).toBe(status);
    if (status === 400) expectRefused(shown, late);
  }
  expect(log.entries).toHaveLength(1);
});

it.for<[what: string, change: (issuer: Issuer) => Partial<Issuer>]>([
  ['nonce', ({ redeem }) => ({ redeem: (query, held) => redeem(query, { ...held, nonce: 'another' }) })],
  [
    'verifier',
    ({ redeem }) => ({ redeem: (query, held) => redeem(query, { ...held, verifier: 'y'.repeat(43) }) }),
  ],
])('a token for another %s is refused', async ([_, change], { issuer, table, log }) => {
  const real = issuerOf(issuer.settings);
  const changed = { issuer: { ...real, ...change(real) } };
  const browser = new DeskBrowser(await openDesk(table, issuer.settings, changed));
  expectRefused(await browser.open((await browser.toCallback('staff_admin')).href), browser);
  expect(log.entries).toHaveLength(1);
});

it.for<[what: string, settings: object]>([
  ['for another audience', { audience: 'urn:other' }],
  ['without the scope of the staff', { scope: 'openid-and-more' }],
])('a token %s is refused, as the JSON API refuses it', async ([_, settings], { issuer, table, log }) => {
  const trusting = issuerOf({ ...issuer.settings, ...settings });
  const changed = { issuer: { ...issuerOf(issuer.settings), redeem: trusting.redeem } };
  const browser = new DeskBrowser(await openDesk(table, issuer.settings, changed));
  expectRefused(await browser.open((await browser.toCallback('staff_admin')).href), browser);
  expect(log.entries).toHaveLength(1);
});

it('nobody is led elsewhere by what stands behind /staff', async ({ browser }) => {
  for (const path of ['/staff//evil.example', '/staff/%5C%5Cevil.example', '/staff/https://evil.example']) {
    browser.cookies.clear();
    const callback = await browser.toCallback('staff_admin', path);
    const answer = await browser.send(callback.href);
    expect(new URL(answer.headers.get('location') ?? '', place.siteUrl).origin).toBe(place.siteUrl);
    expect(answer.headers.get('location')).toMatch(/^\/staff/);
  }
});

it('an issuer that does not answer is said to be so, and nobody is signed in', async ({
  issuer,
  table,
  log,
}) => {
  const settings = { ...issuer.settings, issuer: 'http://127.0.0.1:9' };
  const browser = new DeskBrowser(await openDesk(table, issuer.settings, { issuer: issuerOf(settings) }));
  const shown = await browser.open('/staff');
  expect(shown.status).toBe(503);
  expect(shown.html).toContain('The sign-in service does not answer');
  expect(log.entries).toEqual([expect.objectContaining({ event: 'issuer-unavailable' })]);
});

it('the pages before the sign-in speak the language that the browser asks for', async ({ browser }) => {
  const asked = { headers: { 'accept-language': 'zh-HK,zh;q=0.9,en;q=0.8' } };
  const shown = await browser.open('/staff/signed-out', asked);
  expect(shown.html).toContain('<html lang="zh-Hant-HK">');
  expect(shown.html).toContain('您已登出');
  expect((await browser.open('/staff/signed-out')).html).toContain('<html lang="en-HK">');
});

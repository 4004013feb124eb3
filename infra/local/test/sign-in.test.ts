import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type LocalSignIn, startLocalSignIn } from '../sign-in/server.ts';

/** Whom the desk knows; the roles mean nothing to the sign-in. */
const people = [
  { id: 'staff_admin', name: 'Rowan', email: 'rowan@example.org', role: 'admin' },
  { id: 'staff_finance', name: 'Hazel', email: 'hazel@example.org', role: 'finance' },
] as const;
const roles = people.map(({ role }) => role);

let signIn: LocalSignIn<(typeof roles)[number]>;
const written = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'info')];
beforeAll(async () => {
  signIn = await startLocalSignIn({ port: 0 }, people);
});
afterAll(() => signIn.close());

const verify = (token: string) =>
  jwtVerify(token, createRemoteJWKSet(new URL(`${signIn.url}/jwks`)), {
    issuer: signIn.url,
    audience: signIn.settings.audience,
  });

test('the tokens for scripts are good for a day, one a role', async () => {
  const tokens = await signIn.staffTokens();
  expect(Object.keys(tokens)).toEqual(roles);
  for (const role of roles) {
    const { payload, protectedHeader } = await verify(tokens[role]);
    expect(protectedHeader.alg).toBe('RS256');
    expect(payload).toMatchObject({ sub: `staff_${role}`, roles: [role], scope: 'staff' });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(86_400);
  }
});

/** A browser as far as signing in needs one: it keeps cookies and follows nothing by itself. */
function browser() {
  const cookies = new Map<string, string>();
  return async (url: string, init: RequestInit = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return { response, to: new URL(response.headers.get('location') ?? url, url) };
  };
}

async function signInAs(member: string, verifier: string) {
  const visit = browser();
  const query = new URLSearchParams({
    client_id: 'desk',
    response_type: 'code',
    scope: 'openid profile staff',
    redirect_uri: 'http://127.0.0.1:8787/staff/signed-in',
    state: 'state-1',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const page = await visit(`${signIn.url}/auth?${query}`);
  const shown = await visit(page.to.href);
  const form = { method: 'POST', body: new URLSearchParams({ member }) };
  const chosen = await visit(page.to.href, form);
  return { html: await shown.response.text(), shown: shown.response, chosen, visit };
}

/** Follows the sign-in's redirects until they lead to the desk. */
async function toTheDesk({ chosen, visit }: Awaited<ReturnType<typeof signInAs>>): Promise<URL> {
  let { to } = chosen;
  for (let step = 0; step < 5 && to.origin === signIn.url; step += 1) ({ to } = await visit(to.href));
  return to;
}

const redeem = (code: string, verifier: string) =>
  fetch(`${signIn.url}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'desk',
      code,
      redirect_uri: 'http://127.0.0.1:8787/staff/signed-in',
      code_verifier: verifier,
    }),
  });

test('the desk signs a person in by authorization code with PKCE, on any port of this machine', async () => {
  const verifier = randomBytes(32).toString('base64url');
  const signedIn = await signInAs('staff_finance', verifier);
  for (const role of roles) expect(signedIn.html).toContain(`(${role})`);
  const to = await toTheDesk(signedIn);
  expect(to.origin + to.pathname).toBe('http://127.0.0.1:8787/staff/signed-in');
  expect(to.searchParams.get('state')).toBe('state-1');
  const response = await redeem(to.searchParams.get('code') ?? '', verifier);
  const { access_token: token } = (await response.json()) as { access_token: string };
  const { payload } = await verify(token);
  expect(payload).toMatchObject({ sub: 'staff_finance', roles: ['finance'], scope: 'staff' });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
});

test('a code without its verifier gives no token', async () => {
  const to = await toTheDesk(await signInAs('staff_admin', randomBytes(32).toString('base64url')));
  expect(to.searchParams.get('code')).toMatch(/./);
  const response = await redeem(to.searchParams.get('code') ?? '', randomBytes(32).toString('base64url'));
  expect(response.status).toBe(400);
});

test('no page may frame what it answers', async () => {
  const verifier = randomBytes(32).toString('base64url');
  const { chosen, shown } = await signInAs('staff_finance', verifier);
  const paths = ['/session/end', '/interaction/none', '/jwks'];
  const answers = await Promise.all(paths.map((path) => fetch(`${signIn.url}${path}`)));
  for (const { headers } of [shown, chosen.response, ...answers]) {
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-frame-options')).toBe('DENY');
  }
});

test('a person that there is not is refused', async () => {
  const { chosen } = await signInAs('staff_nobody', randomBytes(32).toString('base64url'));
  expect(chosen.response.status).toBe(422);
});

test('a page elsewhere that reaches it through a name of its own is refused', async () => {
  const status = await new Promise((resolve, reject) => {
    const { port } = new URL(signIn.url);
    const headers = { host: 'evil.example.org' };
    request({ host: '127.0.0.1', port, path: '/jwks', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
  expect(status).toBe(421);
});

test('in all of this it wrote no warning and no notice', () => {
  const lines = written.flatMap(({ mock }) => mock.calls.map(([text]) => String(text)));
  expect(lines.filter((line) => line.includes('oidc-provider'))).toEqual([]);
});

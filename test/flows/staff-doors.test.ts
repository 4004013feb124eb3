import { exportSPKI, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { staffEndpoints, staffRoutes } from '#apps/staff/endpoints.ts';
import { type Role, roles } from '#kernel/staff/actor.ts';
import { rights } from '#kernel/staff/rights.ts';
import { routeOf } from '#platform/http/endpoint.ts';
import { openStaffApi } from '../support/staff-api.ts';
import { freshTable } from '../support/table.ts';
import { startTokenIssuer, type TokenIssuer } from '../support/token-issuer.ts';

/** Who may pass, word for word: a right that is given away shows up here. */
const doors: Readonly<Record<string, readonly Role[]>> = {
  'GET /api/staff/me': roles,
  'GET /api/staff/me/sessions': roles,
  'POST /api/staff/me/end-sessions': roles,
  'GET /api/staff/sessions': ['admin'],
  'POST /api/staff/team/{id}/end-sessions': ['admin'],
  'GET /api/staff/team': ['admin'],
  'POST /api/staff/team': ['admin'],
  'POST /api/staff/team/{id}/roles': ['admin'],
  'POST /api/staff/team/{id}/remove': ['admin'],
  'POST /api/staff/team/{id}/second-factor': ['admin'],
  'GET /api/staff/complaints': roles,
  'POST /api/staff/complaints/{id}/resolve': roles,
  'GET /api/staff/settings': ['admin', 'campaigns', 'finance'],
  'PUT /api/staff/settings': ['admin'],
  'GET /api/staff/opening': ['admin', 'finance'],
  'POST /api/staff/opening/{tick}': ['admin', 'finance'],
  'POST /api/staff/opening-closed': ['admin', 'finance'],
  'GET /api/staff/campaigns': ['admin', 'campaigns', 'finance'],
  'GET /api/staff/campaigns/{slug}': ['admin', 'campaigns', 'finance'],
  'PUT /api/staff/campaigns/{slug}': ['admin', 'campaigns'],
  'POST /api/staff/campaigns/{slug}/status': ['admin', 'campaigns'],
  'POST /api/staff/campaigns/{slug}/move': ['admin', 'campaigns'],
  'GET /api/staff/pages': ['admin', 'campaigns'],
  'GET /api/staff/pages/{name}': ['admin', 'campaigns'],
  'PUT /api/staff/pages/{name}': ['admin', 'campaigns'],
  'GET /api/staff/campaigns/{slug}/photo': ['admin', 'campaigns'],
  'POST /api/staff/campaigns/{slug}/photo': ['admin', 'campaigns'],
  'POST /api/staff/campaigns/{slug}/photo/uploaded': ['admin', 'campaigns'],
  'GET /api/staff/payments': ['admin', 'campaigns', 'finance'],
  'GET /api/staff/gifts/{paymentId}': ['admin', 'campaigns', 'finance'],
  'POST /api/staff/payments': ['admin', 'finance'],
  'GET /api/staff/entered-payments': ['admin', 'finance'],
  'POST /api/staff/entered-payments/{id}/undo': ['admin', 'finance'],
  'POST /api/staff/gifts/{paymentId}/release': ['admin', 'finance'],
  'POST /api/staff/gifts/{paymentId}/refunds': ['admin', 'finance'],
  'GET /api/staff/gifts/{paymentId}/refunds': ['admin', 'campaigns', 'finance'],
  'GET /api/staff/words': ['admin', 'campaigns'],
  'POST /api/staff/words/{checkoutId}': ['admin', 'campaigns'],
  'GET /api/staff/campaigns/{slug}/names': ['admin', 'campaigns'],
  'POST /api/staff/names/{checkoutId}': ['admin', 'campaigns'],
  'POST /api/staff/amounts/{checkoutId}': ['admin', 'campaigns'],
  'GET /api/staff/gifts/{paymentId}/donor': ['admin', 'finance'],
  'GET /api/staff/gifts/{paymentId}/erasure': ['admin', 'finance'],
  'POST /api/staff/gifts/{paymentId}/erasure': ['admin', 'finance'],
  'POST /api/staff/gifts/{paymentId}/address': ['admin', 'finance'],
  'POST /api/staff/gifts/{paymentId}/thanks': ['admin', 'finance'],
  'GET /api/staff/person-requests': ['admin', 'finance'],
  'POST /api/staff/person-requests': ['admin', 'finance'],
  'POST /api/staff/person-requests/{id}/end': ['admin', 'finance'],
  'GET /api/staff/attention': ['admin', 'finance'],
  'POST /api/staff/attention/{kind}/{id}/settle': ['admin', 'finance'],
  'POST /api/staff/mails/{id}/send-again': ['admin', 'finance'],
  'GET /api/staff/disputes': ['admin', 'finance'],
  'GET /api/staff/accounts': ['admin', 'finance'],
  'GET /api/staff/ledger': ['admin', 'finance'],
  'GET /api/staff/totals': ['admin', 'finance'],
  'POST /api/staff/ledger/{kind}': ['admin', 'finance'],
  'GET /api/staff/months': ['admin', 'finance'],
  'POST /api/staff/months/{month}/close': ['admin', 'finance'],
  'GET /api/staff/payouts': ['admin', 'finance'],
  'GET /api/staff/promises': ['admin', 'finance'],
  'POST /api/staff/promises/{reference}/match': ['admin', 'finance'],
  'POST /api/staff/payouts/{payoutId}/accept': ['admin', 'finance'],
  'GET /api/staff/differences': ['admin', 'finance'],
  'POST /api/staff/differences/{id}/accept': ['admin', 'finance'],
  'GET /api/staff/passed-on': ['admin', 'finance', 'families'],
  'POST /api/staff/passed-on': ['admin', 'finance', 'families'],
  'GET /api/staff/passed-on/{id}': ['admin', 'finance', 'families'],
  'POST /api/staff/passed-on/{id}/approve': ['admin', 'finance'],
  'POST /api/staff/passed-on/{id}/refuse': ['admin', 'finance'],
  'POST /api/staff/passed-on/{id}/cancel': ['admin', 'finance', 'families'],
  'POST /api/staff/passed-on/{id}/hand-over': ['admin', 'finance', 'families'],
  'POST /api/staff/passed-on/{id}/acknowledge': ['admin', 'finance', 'families'],
  'POST /api/staff/second-person/{kind}/{id}/ask-trustee': ['admin', 'finance', 'families'],
  'GET /api/staff/exports': ['admin', 'finance'],
  'POST /api/staff/exports': ['admin', 'finance'],
  'GET /api/staff/exports/{id}': ['admin', 'finance'],
  'GET /api/staff/audit': ['admin', 'finance'],
  'GET /api/staff/audit/{kind}/{id}': ['admin', 'finance'],
  'GET /api/staff/team/{id}/audit': ['admin', 'finance'],
};

const parameters: Record<string, string> = {
  name: 'about',
  reference: '00000198',
  tick: 'privacy',
  slug: 'nowhere',
  paymentId: 'pi_none',
  checkoutId: 'chk_none',
  month: '2026-13',
  payoutId: 'po_none',
  kind: 'campaign',
  id: 'x',
};
/** Every POST needs one, and is let in or not whatever it is. */
const headers = { 'idempotency-key': 'doors' };
const filled = (route: string) => route.replaceAll(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? '');
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

const at = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

/** Invalid tokens, each of a person who would be admin. */
const broken = (issuer: TokenIssuer): Record<string, () => Promise<string | undefined>> => ({
  'no token': async () => undefined,
  'an empty token': async () => '',
  'no token but a text': async () => 'admin',
  'an expired token': () => issuer.token(['admin'], { claims: { exp: at(-1) } }),
  'a token without an end': () => issuer.token(['admin'], { claims: { exp: undefined } }),
  'a token that is not good yet': () => issuer.token(['admin'], { claims: { nbf: at(60) } }),
  'a token of the future': () => issuer.token(['admin'], { claims: { iat: at(60) } }),
  'a token of another issuer': () =>
    issuer.token(['admin'], { claims: { iss: 'https://elsewhere.example.org' }, foreignKey: true }),
  'a token of ours that names another issuer': () =>
    issuer.token(['admin'], { claims: { iss: 'https://elsewhere.example.org' } }),
  'a token signed with a foreign key under our key’s name': () =>
    issuer.token(['admin'], { foreignKey: true }),
  'a token of an unknown key': () => issuer.token(['admin'], { foreignKey: true, kid: 'unknown' }),
  'a token that names no key': () => issuer.token(['admin'], { kid: undefined }),
  'a token for another audience': () => issuer.token(['admin'], { claims: { aud: 'another' } }),
  'a token for another audience whose client is ours': () =>
    issuer.token(['admin'], { claims: { aud: 'another', client_id: issuer.signIn.audience } }),
  'a token with elliptic curves, which API Gateway does not take': () =>
    issuer.token(['admin'], { alg: 'ES256' }),
  'a token without a signature': async () => {
    const [, payload] = (await issuer.token(['admin'])).split('.');
    return `${encoded({ alg: 'none', kid: 'own' })}.${payload}.`;
  },
  'a token signed with the public key as a secret': async () =>
    new SignJWT({ sub: 'x', 'cognito:groups': ['admin'], scope: 'staff' })
      .setProtectedHeader({ alg: 'HS256', kid: 'own' })
      .setIssuer(issuer.signIn.issuer)
      .setAudience(issuer.signIn.audience)
      .setExpirationTime('5m')
      .sign(Buffer.from(await exportSPKI(issuer.publicKey))),
  'a token whose roles were changed': async () => {
    const [header, payload = '', signature] = (await issuer.token(['door'])).split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    return `${header}.${encoded({ ...claims, 'cognito:groups': ['admin'] })}.${signature}`;
  },
});

/** The doors of the staff, and who gives the tokens for them. */
const it = test.extend('staff', { scope: 'file' }, async ({}, { onCleanup }) => {
  const issuer = await startTokenIssuer();
  onCleanup(() => issuer.close());
  return { issuer, api: await openStaffApi(await freshTable(), issuer.signIn) };
});

describe('every route of the staff', () => {
  it('has its word about who may pass, and the right that it declares admits nobody else', () => {
    const declared = staffEndpoints.map((each) => {
      const allowed = each.right === null ? roles : (['admin', ...rights[each.right]] as const);
      return [routeOf(each), [...allowed].sort()];
    });
    const expected = Object.entries(doors).map(([route, allowed]) => [route, [...allowed].sort()]);
    expect(declared.sort()).toEqual(expected.sort());
  });

  it.for(staffRoutes)(
    '%s takes the roles that may pass, and answers 403 to every other role',
    async (route, { staff: { api, issuer } }) => {
      for (const role of roles) {
        const response = await api.call(filled(route), { token: await issuer.token([role]), headers });
        if (doors[route]?.includes(role)) expect([401, 403], role).not.toContain(response.status);
        else {
          expect(response.status, role).toBe(403);
          expect(await response.json(), role).toMatchObject({ code: 'forbidden' });
        }
        expect(response.headers.get('cache-control'), role).toBe('no-store');
      }
    },
  );

  it.for(staffRoutes)(
    '%s is closed to a person who signed in and has no role, unless it is about themself',
    async (route, { staff: { api, issuer } }) => {
      const names = [[], ['Admin'], ['adminx'], ['guest', 'finance,admin']];
      for (const given of names) {
        const response = await api.call(filled(route), { token: await issuer.token(given), headers });
        const isOwn = /^\w+ \/api\/staff\/me\b/.test(route);
        if (isOwn) expect([401, 403], given.join()).not.toContain(response.status);
        else expect(response.status, given.join()).toBe(403);
      }
    },
  );

  it.for(staffRoutes)(
    '%s lets no token in that does not hold, and reaches no function',
    async (route, { staff: { api, issuer } }) => {
      const before = api.invoked.length;
      for (const [name, make] of Object.entries(broken(issuer))) {
        const token = await make();
        const response = await api.call(filled(route), token === undefined ? {} : { token });
        expect(response.status, name).toBe(401);
        expect(await response.json(), name).toEqual({ message: 'Unauthorized' });
        expect(response.headers.get('www-authenticate'), name).toMatch(/^Bearer/);
      }
      expect(api.invoked.length).toBe(before);
    },
  );

  it.for(staffRoutes)(
    '%s refuses a token without the scope: an ID token is no access token',
    async (route, { staff: { api, issuer } }) => {
      const token = await issuer.token(['admin'], { claims: { scope: 'openid profile' } });
      expect((await api.call(filled(route), { token })).status).toBe(403);
    },
  );

  it('takes the client for the audience when a token has none, as Cognito’s have', async ({
    staff: { api, issuer },
  }) => {
    const claims = { aud: undefined, client_id: issuer.signIn.audience };
    const token = await issuer.token(['finance'], { claims });
    const response = await api.call('GET /api/staff/me', { token });
    expect(await response.json()).toMatchObject({ id: 'sub-of-finance', roles: ['finance'] });
  });

  it('believes no header: without the authorizer’s claims the function answers 401', async ({
    staff: { api, issuer },
  }) => {
    const event = { requestContext: {}, headers: {} };
    const headers = { authorization: `Bearer ${await issuer.token(['admin'])}`, 'x-roles': 'admin' };
    const response = await api.app.request('/api/staff/me', { headers }, { event });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 'unauthorized' });
  });

  it('asks every POST for an Idempotency-Key before anything is looked up', async ({ staff: { api } }) => {
    const authorizer = { jwt: { claims: { sub: 'a', 'cognito:groups': '[admin]' } } };
    const event = { requestContext: { authorizer } };
    const response = await api.app.request('/api/staff/anything', { method: 'POST' }, { event });
    expect(await response.json()).toMatchObject({ code: 'idempotency-key-missing' });
  });

  it('is answered by the app, and the app answers nothing else', async ({ staff: { api } }) => {
    const served = api.app.routes.filter(({ path }) => path !== '/*');
    const written = served.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
    expect([...new Set(written)].sort()).toEqual([...staffRoutes].sort());
  });
});

import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { siteRoutes } from '#apps/site/routes.ts';
import { staffRoutes } from '#apps/staff/endpoints.ts';
import { createStaffApp } from '#apps/staff/staff-app.ts';
import { roles } from '#kernel/staff/actor.ts';
import { openStripe } from '#payments/checkout/gateway.ts';
import { writeCursor } from '#platform/http/cursors.ts';
import { KeyedHash } from '#platform/ids.ts';
import { nobody } from '../support/local-stripe.ts';
import { secretKey, siteOn, storeCampaigns } from '../support/site.ts';
import { story } from '../support/story.ts';
import { freshTable } from '../support/table.ts';

const month = '2026-11';
/** How many odd texts each address gets; `npm run test:hostile` sends more. */
const times = process.env.HOSTILE ? 40 : 12;
const order = '2026-11-22T04:00:00.000Z#aud_0123456789abcdef0123456789abcdef';

/** Texts that a caller may put where we expect an id, a month or a cursor. */
const longTexts = ['z'.repeat(1500), 'z'.repeat(3000), '施'.repeat(683), '😀'.repeat(2000), 'a'.repeat(7500)];
const oddTexts = [
  '\0',
  '%',
  '%ff',
  '..',
  '\ud800',
  '__proto__',
  'constructor',
  'null',
  '1e999',
  '😀',
  "' OR 1=1",
  '#',
  '\n',
  ' ',
];
const cursors = [
  null,
  7,
  [],
  {},
  [[]],
  ['ledger', 0],
  { __proto__: null, list: 1 },
  [`ledger ${month}`, { list: 1e9 }],
].map((value) => Buffer.from(JSON.stringify(value)).toString('base64url'));
const foreignCursors = [
  writeCursor('audit 2026-10', order),
  writeCursor('audit of gift pi_1', order),
  writeCursor(`attention ${month}`, order.slice(0, 24)),
  writeCursor(`ledger ${month}`, { list: -1 }),
  writeCursor(`ledger ${month}`, { list: 0.5 }),
  writeCursor(`ledger ${month}`, { list: 0, before: `2026-11-22T04:00:00.000Z#${'z'.repeat(1500)}` }),
  writeCursor(`passed-on ${month}`, 'z'.repeat(1500)),
  writeCursor(`exports ${month}`, `2026-11-22T04:00:00.000Z#${'施'.repeat(400)}`),
  writeCursor('gifts soup-kitchen', [month, null, 0]),
  writeCursor('campaigns', '1'),
];
const odd = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...longTexts) },
  { weight: 2, arbitrary: fc.constantFrom(...oddTexts) },
  { weight: 2, arbitrary: fc.constantFrom(...cursors, ...foreignCursors) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }) },
);

/** A lone surrogate cannot stand in an address: it is sent as a client would, as the mark of what is not a character. */
const inAddress = (text: string) => encodeURIComponent(text.toWellFormed()).replaceAll('.', '%2E');
const filled = (route: string, text: string, kind = text) => {
  const [method = '', path = ''] = route.split(' ');
  const address = path.replaceAll(/\{\w+\}/g, (name) => inAddress(name === '{kind}' ? kind : text));
  return { method, path: address };
};
/** A kind that a route knows; without it the caller's text stands in its place. */
const kindOf = (route: string) => {
  if (route.includes('/audit/')) return 'gift';
  return route.includes('/attention/') ? 'gift-held' : 'transfers';
};
const queries = ['cursor', 'limit', 'month', 'account', 'kind', 'settled', 'checkout', 'amount', 'look', 'v'];

/** The site, and the staff’s API for a caller whose role the test chooses. */
const it = story.extend('doors', { scope: 'file' }, async () => {
  const caller: { role: (typeof roles)[number] } = { role: 'admin' };
  const table = await freshTable();
  await storeCampaigns(table);
  const site = siteOn(table, nobody);
  const staff = createStaffApp({
    random: Math.random,
    table,
    clock: () => new Date(),
    stripe: async () => openStripe(secretKey, nobody),
    hash: async () => new KeyedHash('a hash key of at least thirty-two characters'),
    actorOf: () => ({ id: 'somebody', roles: [caller.role] }),
  });

  const ask = async (app: { request: typeof site.request }, method: string, path: string) => {
    const hasBody = method === 'POST' || method === 'PUT';
    const headers = { 'idempotency-key': 'odd', ...(hasBody && { 'content-type': 'application/json' }) };
    return app.request(path, { method, headers, ...(hasBody && { body: bodyFor(path) }) });
  };

  return { caller, ask, staff, site };
});

/** A body that is right, so that the address decides. */
const bodies: Readonly<Record<string, object>> = {
  settle: { note: 'Looked at.' },
  accept: { reason: 'Looked at.' },
  refuse: { reason: 'Looked at.' },
  cancel: { reason: 'Looked at.' },
  refunds: { reason: 'requested-by-giver' },
};

const bodyFor = (path: string) =>
  JSON.stringify(
    path.includes('/words/') ? { decision: 'approve' } : (bodies[path.split('/').at(-1) ?? ''] ?? {}),
  );

describe('whatever stands where an id is expected', () => {
  it.for(staffRoutes.filter((route) => route.includes('{')))(
    '%s answers it with 4xx to every role, never with a fault of ours',
    async (route, { doors: { caller, ask, staff } }) => {
      await fc.assert(
        fc.asyncProperty(
          odd,
          fc.constantFrom(kindOf(route), undefined),
          fc.constantFrom('admin' as const, 'admin' as const, ...roles),
          async (text, kind, one) => {
            caller.role = one;
            const { method, path } = filled(route, text, kind);
            const { status } = await ask(staff, method, path);
            expect([path.slice(0, 80), status < 500]).toEqual([path.slice(0, 80), true]);
          },
        ),
        { numRuns: times },
      );
    },
  );

  it('is answered with 404 where an object of a known kind is looked for', async ({
    doors: { caller, staff, site },
  }) => {
    caller.role = 'admin';
    for (const id of longTexts) {
      for (const [app, route, body] of [
        [staff, 'GET /api/staff/campaigns/{slug}', undefined],
        [staff, 'GET /api/staff/gifts/{paymentId}', undefined],
        [staff, 'GET /api/staff/passed-on/{id}', undefined],
        [staff, 'GET /api/staff/exports/{id}', undefined],
        [staff, 'POST /api/staff/attention/gift-held/{id}/settle', { note: 'Looked at.' }],
        [staff, 'POST /api/staff/payouts/{id}/accept', { reason: 'Looked at.' }],
        [staff, 'POST /api/staff/differences/{id}/accept', { reason: 'Looked at.' }],
        [site, 'GET /api/campaigns/{slug}', undefined],
        [site, 'GET /api/campaigns/{slug}/gifts', undefined],
        [site, 'GET /api/checkouts/{checkoutId}', undefined],
        [site, 'GET /campaigns/{slug}', undefined],
        [site, 'GET /thanks/{checkoutId}', undefined],
      ] as const) {
        const { method, path } = filled(route, id);
        const answer = await app.request(path, {
          method,
          headers: { 'idempotency-key': 'odd', 'content-type': 'application/json' },
          ...(body && { body: JSON.stringify(body) }),
        });
        expect([route, id.length, answer.status]).toEqual([route, id.length, 404]);
      }
      // Whether anything was ever done to an object is no question of whether it exists: only a key that cannot be is refused.
      const { path } = filled('GET /api/staff/audit/gift/{id}', id);
      const usable = Buffer.byteLength(`audit#gift#${id}`) <= 2048;
      expect((await staff.request(path)).status).toBe(usable ? 200 : 404);
    }
  });

  it.for(siteRoutes)(
    '%s answers it with 4xx, a redirect or a page',
    async (route, { doors: { ask, site } }) => {
      await fc.assert(
        fc.asyncProperty(odd, async (text) => {
          const { method, path } = filled(route, text);
          const { status } = await ask(site, method, path);
          expect([path.slice(0, 80), status < 500]).toEqual([path.slice(0, 80), true]);
        }),
        { numRuns: route.includes('{') ? times : 1 },
      );
    },
  );
});

const lists = staffRoutes.filter((route) => route.startsWith('GET '));

describe('whatever stands in a query', () => {
  it.for([...lists, ...siteRoutes.filter((route) => route.startsWith('GET '))])(
    '%s answers it, or says 422 and names the parameter',
    async (route, { doors: { staff, site, caller, ask } }) => {
      const app = (lists as readonly string[]).includes(route) ? staff : site;
      await fc.assert(
        fc.asyncProperty(
          odd,
          fc.constantFrom(...queries),
          fc.constantFrom(...roles),
          async (text, name, one) => {
            caller.role = one;
            const { method, path } = filled(route, 'gift');
            const answer = await ask(app, method, `${path}?${name}=${inAddress(text)}`);
            expect([name, text.slice(0, 60), answer.status < 500]).toEqual([name, text.slice(0, 60), true]);
            if (answer.status === 422 && app === staff) {
              expect(await answer.json()).toMatchObject({ errors: [{ pointer: `/${name}` }] });
            }
          },
        ),
        { numRuns: times },
      );
    },
  );

  it('as a cursor of another list, or of none, is refused by every list that has pages', async ({
    doors: { caller, staff, site },
  }) => {
    caller.role = 'admin';
    const paged = [
      [staff, `/api/staff/audit?month=${month}`],
      [staff, '/api/staff/audit/gift/pi_2?'],
      [staff, `/api/staff/attention?month=${month}`],
      [staff, `/api/staff/ledger?month=${month}`],
      [staff, `/api/staff/passed-on?month=${month}`],
      [staff, `/api/staff/exports?month=${month}`],
      [site, '/api/campaigns?'],
      [site, '/api/campaigns/education/gifts?'],
    ] as const;
    for (const [app, path] of paged) {
      for (const cursor of [...longTexts, ...oddTexts, ...cursors, ...foreignCursors]) {
        const answer = await app.request(`${path}&cursor=${inAddress(cursor)}`);
        expect([path, cursor.slice(0, 60), answer.status]).toEqual([path, cursor.slice(0, 60), 422]);
        expect(await answer.json()).toMatchObject({ code: 'invalid', errors: [{ pointer: '/cursor' }] });
      }
      expect((await app.request(path)).status).toBe(200);
    }
    const answer = await site.request(
      `/campaigns/education/supporters?cursor=${inAddress(longTexts[0] ?? '')}`,
    );
    expect(answer.status).toBe(404);
  });
});

import { describe, expect } from 'vitest';
import * as z from 'zod';
import { openApiDocument } from '#apps/api-document/document.ts';
import { type SchemaName, schemas } from '#apps/api-document/schemas.ts';
import { siteRoutes } from '#apps/site/routes.ts';
import { staffRoutes } from '#apps/staff/endpoints.ts';
import { createResendWebhookApp, type ResendWebhookContext } from '#apps/webhooks/resend-webhook-app.ts';
import { createWebhookApp, type WebhookContext } from '#apps/webhooks/webhook-app.ts';
import { parseGiftCheckout } from '#giving/gift-form/checkout-request.ts';
import { charity } from '#platform/charity.ts';
import { problems } from '#platform/errors.ts';
import type { Schema } from '#platform/http/described.ts';
import type { Table } from '#platform/table/table.ts';
import { contractOf } from '../support/api-contract.ts';
import { nobody, silentStripe } from '../support/local-stripe.ts';
import { aCheckout, aPerson, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { gift, postCheckout, siteOn, storeCampaigns } from '../support/site.ts';
import { story } from '../support/story.ts';
import { freshTable } from '../support/table.ts';

const site = 'https://give.example.org';
const document = JSON.parse(JSON.stringify(openApiDocument(site))) as Document;

interface Operation {
  readonly operationId: string;
  readonly security?: readonly unknown[];
  readonly description: string;
  readonly tags: readonly string[];
  readonly parameters: readonly { name: string; in: string; required?: boolean; schema: Schema }[];
  readonly requestBody?: { content: Record<string, { schema: Schema; example: unknown }> };
  readonly responses: Record<string, Answer>;
}
interface Answer {
  readonly description: string;
  readonly content?: Record<string, { schema: Schema; example?: unknown; examples?: Examples }>;
}
type Examples = Record<string, { value: unknown }>;
interface Document {
  readonly info: { readonly description: string };
  readonly openapi: string;
  readonly servers: readonly { url: string }[];
  readonly tags: readonly { name: string }[];
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: {
    readonly schemas: Record<string, Schema>;
    readonly securitySchemes: Record<string, unknown>;
  };
}

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    route: `${method.toUpperCase()} ${path}`,
    path,
    operation,
  })),
);

/** A check of our own making from a schema of the document as it went out, not from what it was made of. */
function checkFrom(schema: Schema) {
  const local = JSON.stringify({ ...schema, $defs: document.components.schemas }).replaceAll(
    '#/components/schemas/',
    '#/$defs/',
  );
  return z.fromJSONSchema(JSON.parse(local) as Parameters<typeof z.fromJSONSchema>[0]);
}

/** What the document says of an answer. */
function described(route: string, status: number, type: string) {
  const found = operations.find((each) => each.route === route)?.operation.responses[status]?.content;
  const media = found?.[type.split(';')[0] ?? ''];
  if (!media) throw new Error(`The document knows no ${status} ${type} of ${route}.`);
  return media;
}

/** A site with three gifts, of which each hides something else, and one that waits for its payment. */
const it = story.extend('opened', { scope: 'file' }, async ({}, { onCleanup }) => {
  const stripe = await silentStripe();
  onCleanup(() => stripe.close());
  const table = await freshTable();
  await storeCampaigns(table);
  for (const number of [1, 2, 3]) {
    const checkout = aCheckout(number);
    await store(table, checkout, aPerson(checkout, { hideName: number === 2, hideAmount: number === 3 }));
    await webhookOn(table).deliver(sessionEvent(checkout, { created: new Date() }));
  }
  await store(table, aCheckout(4));
  return { table, app: siteOn(table, stripe.url) };
});

describe('the OpenAPI document', () => {
  it('is of OpenAPI 3.1, at this site, and describes exactly the JSON routes and the webhooks', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d$/);
    expect(document.servers).toEqual([{ url: site }]);
    const json = siteRoutes.filter(
      (route) => /^(?:GET|POST|PUT|PATCH|DELETE) \/api\//.test(route) && route !== 'GET /api/docs',
    );
    const webhooks = [
      ...createWebhookApp({} as WebhookContext).routes,
      ...createResendWebhookApp({} as ResendWebhookContext).routes,
    ].map(({ method, path }) => `${method} ${path}`);
    expect(
      operations
        .map(({ route }) => route)
        .filter((route) => !route.includes(' /api/staff/'))
        .sort(),
    ).toEqual([...json, ...webhooks].sort());
  });

  it('describes every operation of the staff, with its sign-in, and no other behind the sign-in', () => {
    const behind = operations.filter(
      ({ operation }) => JSON.stringify(operation.security) === '[{"staffSignIn":[]}]',
    );
    expect(behind.map(({ route }) => route).sort()).toEqual([...staffRoutes].sort());
    for (const { route, operation } of behind) {
      expect(Object.keys(operation.responses), route).toEqual(expect.arrayContaining(['401', '403']));
    }
    expect(Object.keys(document.components.securitySchemes)).toEqual(['staffSignIn']);
  });

  it('still says whatever programs rely on: a line of api-contract.txt may come (`-u`), and none may go', async () => {
    await expect(contractOf(document)).toMatchFileSnapshot('api-contract.txt');
  });

  it('is whole: ids once, tags known, path parameters declared and required, references that lead somewhere', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { route, path, operation } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = operation.parameters.filter((each) => each.in === 'path');
      expect(declared.map(({ name }) => name).sort(), route).toEqual(inPath.sort());
      expect(declared.every(({ required }) => required === true)).toBe(true);
      for (const tag of operation.tags) expect(document.tags.map(({ name }) => name)).toContain(tag);
      expect(operation.description, route).not.toBe('');
      for (const [status, answer] of Object.entries(operation.responses)) {
        expect(status).toMatch(/^[2-5]\d\d$/);
        expect(answer.description, `${route} ${status}`).not.toBe('');
      }
    }
    const references = JSON.stringify(document).match(/(?<="\$ref":")[^"]+/g) ?? [];
    expect(references.length).toBeGreaterThan(10);
    for (const reference of references) {
      expect(Object.keys(document.components.schemas)).toContain(
        reference.replace('#/components/schemas/', ''),
      );
    }
  });

  it('says in every amount that it is in minor units', () => {
    const fieldsOf = ({ properties = {}, items, anyOf = [] }: Schema): [string, Schema][] => [
      ...Object.entries(properties),
      ...[...Object.values(properties), ...(items ? [items] : []), ...anyOf].flatMap(fieldsOf),
    ];
    const amounts = Object.values(document.components.schemas)
      .flatMap(fieldsOf)
      .filter(([name]) => /^(?:amount|raised|goal|carriedOver|pledged)$/.test(name));
    expect(amounts.length).toBeGreaterThan(6);
    for (const [name, schema] of amounts) expect(JSON.stringify(schema), name).toContain('Minor units');
  });

  it('has examples that its own schemas take', () => {
    let checked = 0;
    for (const { operation } of operations) {
      for (const content of [
        operation.requestBody?.content,
        ...Object.values(operation.responses).map((each) => each.content),
      ]) {
        for (const { schema, example, examples } of Object.values(content ?? {})) {
          const values = [
            ...(example === undefined ? [] : [example]),
            ...Object.values<Examples[string]>(examples ?? {}).map((each) => each.value),
          ];
          for (const value of values) expect(checkFrom(schema).safeParse(value).error).toBeUndefined();
          checked += values.length;
        }
      }
    }
    expect(checked).toBeGreaterThan(20);
  });

  it('names every problem that there is, with its status', () => {
    const named = operations.flatMap(({ operation }) =>
      Object.entries(operation.responses).flatMap(([status, { content }]) =>
        Object.keys(content?.['application/problem+json']?.examples ?? {}).map((code) => [
          code,
          Number(status),
        ]),
      ),
    );
    // A method that an address does not have is of no call: the introduction names it.
    const expected = Object.entries(problems)
      .filter(([code]) => code !== 'method-not-allowed')
      .map(([code, [status]]) => [code, status]);
    expect(document.info.description).toContain('405 `method-not-allowed`');
    const asText = (pairs: (string | number)[][]) => [...new Set(pairs.map((pair) => pair.join(' ')))].sort();
    expect(asText(named)).toEqual(asText(expected));
  });

  it.each<[string, Record<string, unknown>]>([
    ['a name as long as it may be', { name: '荔'.repeat(100) }],
    ['a name too long', { name: '荔'.repeat(101) }],
    ['a long name of characters beyond 16 bits', { name: '👋'.repeat(50) }],
    ['no name', { name: '' }],
    ['words as long as they may be', { message: 'é'.repeat(300) }],
    ['words too long', { message: 'é'.repeat(301) }],
    ['too little', { amount: charity.smallestGift - 1 }],
    ['the least', { amount: charity.smallestGift }],
    ['too much', { amount: 100_000_000 }],
    ['half a cent', { amount: 500.5 }],
    ['another language', { language: 'fr' }],
    ['an unknown field', { tip: 1 }],
    ['no address', { email: 'juniper' }],
  ])('and the check agree on a request with %s', (_what, changes) => {
    const body = { ...gift, ...changes };
    const taken = (() => {
      try {
        return Boolean(parseGiftCheckout(body));
      } catch {
        return false;
      }
    })();
    expect(checkFrom(document.components.schemas.GiftCheckout ?? {}).safeParse(body).success).toBe(taken);
  });
});

describe('every answer of the API', () => {
  const warehouse = '/api/campaigns/lai-chi-kok-warehouse';
  it.for<[string, string, SchemaName]>([
    ['GET /api/campaigns', '/api/campaigns', 'CampaignPage'],
    ['GET /api/campaigns', '/api/campaigns?limit=1', 'CampaignPage'],
    ['GET /api/campaigns/{slug}', warehouse, 'Campaign'],
    ['GET /api/campaigns/{slug}', '/api/campaigns/soup-kitchen', 'Campaign'],
    ['GET /api/campaigns/{slug}/gifts', `${warehouse}/gifts?limit=2`, 'GiftPage'],
    ['GET /api/campaigns/{slug}/gifts', '/api/campaigns/education/gifts', 'GiftPage'],
    ['GET /api/checkouts/{checkoutId}', `/api/checkouts/${aCheckout(1).id}`, 'Checkout'],
    ['GET /api/checkouts/{checkoutId}', `/api/checkouts/${aCheckout(4).id}`, 'Checkout'],
  ])(
    '%s: %s is a %s, with no field that the document does not know',
    async ([route, path, name], { opened: { app } }) => {
      const answer = await app.request(path);
      const body: unknown = await answer.json();
      const { schema } = described(route, answer.status, answer.headers.get('content-type') ?? '');
      expect(schema.$ref).toBe(`#/components/schemas/${name}`);
      expect(schemas[name].parse(body)).toEqual(body);
      expect(checkFrom(schema).safeParse(body).error).toBeUndefined();
    },
  );

  it('POST /api/campaigns/{slug}/checkouts answers a StartedCheckout', async ({ opened: { app } }) => {
    const answer = await postCheckout(app, gift, { key: 'of openapi' });
    const body: unknown = await answer.json();
    const { schema } = described('POST /api/campaigns/{slug}/checkouts', answer.status, 'application/json');
    expect(schemas.StartedCheckout.parse(body)).toEqual(body);
    expect(checkFrom(schema).safeParse(body).error).toBeUndefined();
  });

  it('GET /api/openapi.json answers the document, and /api/docs a page with each call and its problems', async ({
    opened: { app },
  }) => {
    expect(await (await app.request('/api/openapi.json')).json()).toEqual(document);
    const page = await (await app.request('/api/docs')).text();
    expect(page).toContain('href="/api/openapi.json"');
    for (const { route, operation } of operations) {
      expect(page).toContain(`id="${operation.operationId}"`);
      expect(page).toContain(`href="#${operation.operationId}"`);
      expect(page, route).toContain(route);
    }
    for (const code of Object.keys(problems)) expect(page).toContain(`<code>${code}</code>`);
    expect(page).toContain(
      'curl -X POST https://give.example.org/api/campaigns/lai-chi-kok-warehouse/checkouts',
    );
  });

  type Ask = (app: ReturnType<typeof siteOn>, table: Table) => Response | Promise<Response>;
  const post = 'POST /api/campaigns/{slug}/checkouts';
  it.for<[string, string, Ask]>([
    ['not-found', 'GET /api/campaigns/{slug}', async (app) => app.request('/api/campaigns/nothing')],
    ['invalid', 'GET /api/campaigns', async (app) => app.request('/api/campaigns?limit=0')],
    ['invalid', 'GET /api/campaigns/{slug}/gifts', async (app) => app.request(`${warehouse}/gifts?cursor=x`)],
    [
      'invalid',
      'GET /api/campaigns/{slug}/gifts',
      async (app) => {
        const ofTheFuture = Buffer.from('["2999-01",null,0]').toString('base64url');
        return app.request(`${warehouse}/gifts?cursor=${ofTheFuture}`);
      },
    ],
    ['not-found', 'GET /api/campaigns/{slug}/gifts', async (app) => app.request('/api/campaigns/a/gifts')],
    ['not-found', 'GET /api/checkouts/{checkoutId}', async (app) => app.request('/api/checkouts/chk_1')],
    ['not-found', post, (app) => postCheckout(app, gift, { slug: 'nothing' })],
    ['not-json', post, (app) => postCheckout(app, '{')],
    ['idempotency-key-missing', post, (app) => postCheckout(app, gift, { key: null })],
    [
      'idempotency-key-reused',
      post,
      async (app) => {
        await postCheckout(app, gift, { key: 'reused' });
        return postCheckout(app, { ...gift, amount: 60_000 }, { key: 'reused' });
      },
    ],
    ['invalid', post, (app) => postCheckout(app, { ...gift, amount: 1, 'a/b': 1 })],
    ['not-offered', post, (app) => postCheckout(app, { ...gift, frequency: 'monthly' })],
    ['body-too-large', post, (app) => postCheckout(app, ' '.repeat(70_000))],
    ['media-type', post, (app) => postCheckout(app, gift, { type: 'text/plain' })],
    ['campaign-closed', post, (app) => postCheckout(app, gift, { slug: 'soup-kitchen' })],
    [
      'payments-unavailable',
      post,
      (_, table) => postCheckout(siteOn(table, nobody), gift, { key: 'nobody' }),
    ],
    ['internal', post, (_, table) => postCheckout(siteOn({ ...table, name: 'no-such-table' }, nobody), gift)],
  ])(
    'the problem %s of %s is described, with its status',
    async ([code, route, ask], { opened: { app, table } }) => {
      const answer = await ask(app, table);
      const body = (await answer.json()) as { code: string };
      expect(body.code).toBe(code);
      const media = described(route, answer.status, answer.headers.get('content-type') ?? '');
      expect(Object.keys(media.examples ?? {})).toContain(code);
      expect(schemas.Problem.parse(body)).toEqual(body);
      expect(checkFrom(media.schema).safeParse(body).error).toBeUndefined();
    },
  );
});

import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Context } from 'hono';
import { defaultIsContentTypeBinary, type LambdaEvent } from 'hono/aws-lambda';
import type { OpenApiDocument } from '#apps/api-document/document.ts';
import { createSiteApp } from '#apps/site/app.tsx';
import { readFooterLinks } from '#giving/plain-pages/read-texts.ts';
import { recallSettings } from '#kernel/settings/recall-settings.ts';
import { openStripe } from '#payments/checkout/gateway.ts';
import { maybeSecret, secret, variable } from '#platform/config.ts';
import { csvType } from '#platform/files/csv.ts';
import { serve } from '#platform/http/serve.ts';
import { KeyedHash } from '#platform/ids.ts';
import { openTable } from '#platform/table/table.ts';
import { createMemory } from '#platform/web/memory.ts';

const stripeKey = maybeSecret('STRIPE_SECRET_KEY_PARAMETER');
const hashKey = secret('HASH_KEY_PARAMETER');

const clock = () => new Date();
const table = openTable(variable('TABLE_NAME'));
const memory = createMemory(clock);
/** The foot of every page would otherwise cost each page a read of its own. */
const footerMemory = createMemory(clock, 60_000);

/** Lambda `site`: pages and JSON API for donors. */
export const handler = serve(
  createSiteApp({
    table,
    footerLinks: () => footerMemory.recall('footer', () => readFooterLinks({ table })),
    stripe: stripeKey && (async (deadline) => openStripe(await stripeKey(), undefined, deadline)),
    hash: async () => new KeyedHash(await hashKey()),
    clock,
    random: Math.random,
    memory,
    settings: () => recallSettings({ table, memory }),
    site: variable('SITE_URL'),
    demonstration: variable('STRIPE_LIVEMODE') !== 'true',
    addressOf: sourceAddress,
    formKey: () => randomBytes(16).toString('base64url'),
    apiDocument,
  }),
  { isContentTypeBinary: isBytes },
);

/** The API's document, a file beside the bundle. */
async function apiDocument(): Promise<OpenApiDocument> {
  return JSON.parse(
    await readFile(new URL('./api-document.json', import.meta.url), 'utf8'),
  ) as OpenApiDocument;
}

/** CSV is sent byte by byte: read as text it would lose its byte order mark. */
function isBytes(type: string): boolean {
  return type === csvType || defaultIsContentTypeBinary(type);
}

/** The caller's address as API Gateway saw it; headers that a caller can write do not count. */
function sourceAddress(c: Context<{ Bindings: { event: LambdaEvent } }>): string {
  const context = c.env.event.requestContext;
  return context && 'http' in context ? context.http.sourceIp : 'unknown';
}

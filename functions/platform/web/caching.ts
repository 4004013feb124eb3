import type { Hono, MiddlewareHandler } from 'hono';
import { COMPRESSIBLE_CONTENT_TYPE_REGEX } from 'hono/compress';
import { cors } from 'hono/cors';
import { etag, RETAINED_304_HEADERS } from 'hono/etag';

/** How long an answer may be shown without asking again. */
export const freshness = {
  /** What moves with every gift. */
  totals: 'public, max-age=15, stale-while-revalidate=60',
  /** What moves with a deployment. */
  documents: 'public, max-age=3600, stale-while-revalidate=86400',
  pictures: 'public, max-age=86400',
};

// A 304 without them would be refused by a browser on another site that asked with If-None-Match.
const corsHeaders = ['access-control-allow-origin', 'access-control-expose-headers'];

const tagged = etag({
  retainedHeaders: [...RETAINED_304_HEADERS, ...corsHeaders],
  generateDigest: (body) => crypto.subtle.digest('SHA-256', body as Uint8Array<ArrayBuffer>),
});

const takesCompressed = /(?:\bgzip\b|\bdeflate\b|\*)(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i;

/** The tag of a whole answer is weak where it goes out compressed; a 304 has to carry the same one (RFC 9110, section 15.4.5). */
const weakAsSent: MiddlewareHandler = async (c, next) => {
  await next();
  const { status, headers } = c.res;
  const tag = headers.get('etag');
  if (status !== 304 || !tag || c.req.method === 'HEAD' || !headers.has('vary')) return;
  if (takesCompressed.test(c.req.header('accept-encoding') ?? '')) c.header('etag', `W/${tag}`);
};

/** Open to pages of other sites; a preflight is answered here, because If-None-Match needs one. */
const open = cors({
  origin: '*',
  allowMethods: ['GET', 'HEAD'],
  allowHeaders: ['If-None-Match'],
  exposeHeaders: ['ETag'],
  maxAge: 86_400,
});

/**
 * Makes the GETs of a path cacheable: an ETag over the body, 304 to who has it (RFC 9110, section 13.1.2), and how long the
 * answer is fresh. Errors are neither tagged nor cached. To be called before the path's own handler is added.
 *
 * @param cacheControl one of {@link freshness}
 */
export function cacheable(app: Hono, path: string, cacheControl: string): void {
  app.on('GET', path, weakAsSent, tagged, variesWhereCompressed, fresh(cacheControl));
}

/** Makes the GETs of a path cacheable and readable by the scripts of any site. */
export function publicRead(app: Hono, path: string, cacheControl: string): void {
  app.on(['GET', 'OPTIONS'], path, open);
  cacheable(app, path, cacheControl);
}

function fresh(cacheControl: string): MiddlewareHandler {
  return async (c, next) => {
    await next();
    if (c.res.ok) c.header('cache-control', cacheControl);
  };
}

/**
 * Says of what may be compressed that it varies. A HEAD and, within the tagging, a 304 say it so too, which are not compressed
 * themselves (RFC 9110, sections 9.3.2 and 15.4.5).
 */
export const variesWhereCompressed: MiddlewareHandler = async (c, next) => {
  await next();
  const type = c.res.headers.get('content-type') ?? '';
  if (COMPRESSIBLE_CONTENT_TYPE_REGEX.test(type)) c.header('vary', 'Accept-Encoding');
};

/** Keeps every answer out of caches that does not say how long it is fresh: pages with a form carry a fresh key. */
export const noStoreUnlessSaid: MiddlewareHandler = async (c, next) => {
  await next();
  if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store');
};

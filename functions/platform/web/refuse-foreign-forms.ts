import type { MiddlewareHandler } from 'hono';
import { Problem } from '#platform/errors.ts';

const changesNothing = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what a page of another site sends to a page of ours, whichever it is. The JSON API needs none of it: a page of another
 * site cannot send JSON, because the browser asks first (CORS) and gets no permission.
 *
 * @param site the site's address; the one that the request came to counts too, as without its own domain, or on `localhost`
 */
export function refuseForeignForms({ site }: { readonly site: string }): MiddlewareHandler {
  const { origin, protocol } = new URL(site);
  return async (c, next) => {
    if (changesNothing.has(c.req.method) || c.req.path.startsWith('/api/')) return next();
    const own = [origin, `${protocol}//${new URL(c.req.url).host}`];
    if (isForeignForm(c.req.raw.headers, own)) {
      throw new Problem('forbidden', 'This form was sent from another site.');
    }
    return next();
  };
}

/** Refuses every form that does not say that one of our pages sent it: the desk's are sent by browsers alone, which say so. */
export function refuseUnnamedForms({ site }: { readonly site: string }): MiddlewareHandler {
  const { origin } = new URL(site);
  return async (c, next) => {
    const { headers } = c.req.raw;
    if (!changesNothing.has(c.req.method) && (!headers.has('origin') || isForeignForm(headers, [origin]))) {
      throw new Problem('forbidden', 'This form was sent from another site.');
    }
    return next();
  };
}

/**
 * Whether a page of another site sent a form. Browsers say where it came from by `Origin` (`null` where they hide it, which our own
 * pages never make them do) and by `Sec-Fetch-Site`; what sends neither is a program.
 *
 * @param headers.get as of a request
 * @param own the origins that the site is reached at, for example `https://give.example.org`
 */
function isForeignForm(headers: { get(name: string): string | null }, own: readonly string[]): boolean {
  const origin = headers.get('origin');
  if (origin !== null && !own.includes(origin)) return true;
  return headers.get('sec-fetch-site')?.trim().toLowerCase() === 'cross-site';
}

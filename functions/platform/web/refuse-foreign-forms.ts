import type { MiddlewareHandler } from 'hono';
import { Problem } from '#platform/errors.ts';
import { isForeignForm } from '#platform/http/foreign-form.ts';

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

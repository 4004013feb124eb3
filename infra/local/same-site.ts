import { createMiddleware } from 'hono/factory';

/**
 * Whether a page of another origin sent a form. A browser tells with Origin or, where it leaves that out, with Sec-Fetch-Site; what
 * sends neither is a program such as curl.
 */
export function isForeignForm({ method, url, headers }: Request): boolean {
  if (method !== 'POST') return false;
  const [origin, site] = [headers.get('origin'), headers.get('sec-fetch-site')];
  if (origin !== null && origin !== new URL(url).origin) return true;
  return site !== null && site !== 'same-origin' && site !== 'none';
}

/** Refuses forms that a page of another origin sends, so that a web page cannot press this server's buttons. */
export const refuseForeignForms = createMiddleware(async (context, next) => {
  if (isForeignForm(context.req.raw)) return context.text('This form was sent by another site.\n', 403);
  return next();
});

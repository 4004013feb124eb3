import { createMiddleware } from 'hono/factory';

/**
 * Whether a page of another origin sent a form. A browser says so with Origin or, where it leaves that out, with Sec-Fetch-Site; what
 * sends neither is a program such as curl.
 */
export function isForeignForm({ method, url, headers }: Request): boolean {
  if (method !== 'POST') return false;
  const [origin, site] = [headers.get('origin'), headers.get('sec-fetch-site')];
  if (origin !== null && origin !== new URL(url).origin) return true;
  return site !== null && site !== 'same-origin' && site !== 'none';
}

/** What an answer says that no page may frame. */
export const unframed = { 'content-security-policy': "frame-ancestors 'none'", 'x-frame-options': 'DENY' };

/**
 * Lets no page frame this server's answers, so that none lays its own buttons over ours. An answer that says itself who may frame it
 * keeps its rule: the inbox frames the mails that it shows.
 */
export const refuseFrames = createMiddleware(async (context, next) => {
  await next();
  const policy = context.res.headers.get('content-security-policy');
  if (policy?.includes('frame-ancestors')) return;
  const rule = unframed['content-security-policy'];
  context.header('content-security-policy', policy ? `${policy}; ${rule}` : rule);
  context.header('x-frame-options', unframed['x-frame-options']);
});

/** Refuses forms that a page of another origin sends, so that a web page cannot press this server's buttons. */
export const refuseForeignForms = createMiddleware(async (context, next) => {
  if (isForeignForm(context.req.raw)) return context.text('This form was sent by another site.\n', 403);
  return next();
});

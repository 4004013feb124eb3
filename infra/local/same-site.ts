import { createMiddleware } from 'hono/factory';

/**
 * Refuses forms that a page of another origin sends, so that a web page cannot press this server's buttons. A browser tells with
 * Origin or, where it leaves that out, with Sec-Fetch-Site; what sends neither is a program such as curl, and is taken.
 */
export const refuseForeignForms = createMiddleware(async (context, next) => {
  const origin = context.req.header('origin');
  const isForm = context.req.method === 'POST';
  const foreign = origin !== undefined && origin !== new URL(context.req.url).origin;
  const site = context.req.header('sec-fetch-site');
  if (isForm && (foreign || (site !== undefined && site !== 'same-origin' && site !== 'none'))) {
    return context.text('This form was sent by another site.\n', 403);
  }
  return next();
});

import { createMiddleware } from 'hono/factory';

/** Refuses forms that a page of another origin sends, so that a web page cannot press this server's buttons. */
export const refuseForeignForms = createMiddleware(async (context, next) => {
  const origin = context.req.header('origin');
  const isForm = context.req.method === 'POST';
  if (isForm && origin !== undefined && origin !== new URL(context.req.url).origin) {
    return context.text('This form was sent by another site.\n', 403);
  }
  return next();
});

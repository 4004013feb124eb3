import { Hono } from 'hono';
import { serveEndpoints } from '#kernel/staff/endpoint.ts';
import type { StaffContext, StaffEnv } from '#kernel/staff/staff-context.ts';
import { Problem } from '#platform/errors.ts';
import { problemOf, readIdempotencyKey } from '#platform/http/requests.ts';
import { staffEndpoints } from './endpoints.ts';

/** The staff's operations as JSON. Each gets its permit before it reads anything, and its verb demands that permit. */
export function createStaffApp(ctx: StaffContext): Hono<StaffEnv> {
  const app = new Hono<StaffEnv>();
  app.use(async (c, next) => {
    c.set('actor', ctx.actorOf(c));
    if (c.req.method === 'POST') readIdempotencyKey(c);
    await next();
  });
  app.use(async (c, next) => {
    await next();
    c.header('cache-control', 'no-store');
    c.header('x-content-type-options', 'nosniff');
  });
  serveEndpoints(app, staffEndpoints, ctx);
  app.notFound(() => new Problem('not-found', 'There is nothing at this address.').toResponse());
  app.onError((error, c) => problemOf(error, c).toResponse());
  return app;
}

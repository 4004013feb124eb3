import { createMiddleware } from 'hono/factory';
import { Problem } from '#platform/errors.ts';
import type { DeskEnv } from './desk-context.ts';
import { hidden, type Typed } from './desk-input.ts';

/**
 * Takes what a form sends only with the token of the session, which stands in our own pages alone.
 * @throws Problem `forbidden` for a form of another session, or of none
 */
export const takeForm = createMiddleware<DeskEnv>(async (c, next) => {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
  const form = await c.req.formData().catch(() => new FormData());
  const typed: Typed = Object.fromEntries(
    [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
  );
  if (typed[hidden.csrf] !== c.get('session').csrf) {
    throw new Problem('forbidden', 'This form was not sent from your session.');
  }
  c.set('form', typed);
  return next();
});

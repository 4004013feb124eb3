import { Hono, type MiddlewareHandler } from 'hono';
import { isObject } from './email.ts';
import { ResendError } from './errors.ts';

interface Outage {
  /** 500 to 599; null while Resend is up. */
  readonly status: number | null;
  /** The email is taken, and only the answer is lost. */
  readonly accept: boolean;
}

const up: Outage = { status: null, accept: false };

/**
 * The switch that takes the local Resend down, for tests and for trying it out:
 * `POST /__local/outage` with `{ "status": 500 }` or `{ "status": null }`, and `"accept": true` to take emails and lose the answer.
 *
 * @returns the switch's routes, and what stands before Resend's API
 */
export function createOutage(): { routes: Hono; guard: MiddlewareHandler } {
  let outage = up;
  const routes = new Hono();
  routes.get('/__local/outage', (c) => c.json(outage));
  routes.post('/__local/outage', async (c) => {
    // A page elsewhere cannot send this type without asking first, and is never allowed to.
    if (!c.req.header('content-type')?.startsWith('application/json')) {
      return c.json({ error: 'Send application/json.' }, 415);
    }
    const asked = readOutage(await c.req.json().catch(() => undefined));
    if (!asked) return c.json({ error: '`status` must be null or 500 to 599, `accept` true or false.' }, 422);
    outage = asked;
    return c.json(outage);
  });

  const guard: MiddlewareHandler = async (c, next) => {
    const { status, accept } = outage;
    if (status === null) return next();
    if (accept) await next();
    const { body } = new ResendError('application_error', 'The local Resend plays an outage.', status);
    c.res = undefined; // Or Hono would keep the headers of the lost answer.
    c.res = Response.json(body, { status });
  };
  return { routes, guard };
}

function readOutage(body: unknown): Outage | undefined {
  if (!isObject(body)) return undefined;
  const { status, accept = false } = body;
  if (typeof accept !== 'boolean') return undefined;
  if (status === null) return up;
  const known = typeof status === 'number' && Number.isInteger(status) && status >= 500 && status <= 599;
  return known ? { status, accept } : undefined;
}

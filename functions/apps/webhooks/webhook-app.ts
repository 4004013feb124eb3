import { Hono } from 'hono';
import type { Clock } from '#platform/clock.ts';
import type { Secret } from '#platform/config.ts';
import { errorFields, log } from '#platform/log.ts';
import { countUnusable, UnusableEvent } from '#platform/stripe/event-shape.ts';
import { signatureFault } from '#platform/stripe/signature.ts';
import type { Table } from '#platform/table/table.ts';
import { takeEvent } from './events.ts';

export interface WebhookContext {
  readonly table: Table;
  readonly signingSecret: Secret;
  /** Whether this stage takes real money; an event of the other mode is refused. */
  readonly livemode: boolean;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Stripe sends no larger event, in bytes. */
const largestEvent = 1_048_576;
const utf8 = new TextDecoder();

/**
 * Takes Stripe events: verifies the raw bytes, finds the type in the event table and commits; it answers 2xx only after that. Any
 * content type is accepted, because only the signature decides.
 */
export function createWebhookApp(ctx: WebhookContext): Hono {
  const app = new Hono();
  app.post('/stripe/webhook', async (c) => {
    const body = await c.req.arrayBuffer();
    if (body.byteLength > largestEvent) return c.text('The event is too large.', 413);
    const payload = utf8.decode(body);
    const fault = signatureFault(payload, c.req.header('stripe-signature'), await ctx.signingSecret());
    if (fault) {
      log('warn', 'stripe-signature-refused', { fault });
      return c.text('The signature does not match the body.', 400);
    }
    const { table, random, livemode } = ctx;
    const outcome = await takeEvent(parse(payload), { table, random, livemode, now: ctx.clock() });
    if (outcome === 'other-mode') return c.text('This endpoint takes events of the other mode.', 400);
    return c.json({ outcome });
  });
  app.onError((error, c) => {
    // A repetition would bring the same signed bytes, so this is no 5xx; it raises an alarm of its own.
    if (error instanceof UnusableEvent) {
      countUnusable(error);
      return c.text(error.message, 400);
    }
    log('error', 'stripe-event-failed', errorFields(error));
    return c.text('The event was not taken; send it again.', 500);
  });
  return app;
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    throw new UnusableEvent('body');
  }
}

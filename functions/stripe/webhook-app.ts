import { Hono } from 'hono';
import Stripe from 'stripe';
import type { Clock } from '../platform/clock.ts';
import type { Secret } from '../platform/config.ts';
import { count, errorFields, log } from '../platform/log.ts';
import type { Table } from '../table/table.ts';
import { handleEvent } from './events.ts';

/** What the webhook needs from the outside. */
export interface WebhookDeps {
  readonly table: Table;
  readonly signingSecret: Secret;
  /** Whether this stage takes real money; an event of the other kind is refused. */
  readonly livemode: boolean;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Stripe sends no event larger than this, in bytes. */
const largestEvent = 1_048_576;

/**
 * Takes Stripe's events: verifies the raw bytes, looks the type up in the event table and commits; 2xx only after that. Any
 * content type is taken, because only the signature decides.
 */
export function createWebhookApp(deps: WebhookDeps): Hono {
  const app = new Hono();
  app.post('/stripe/webhook', async (c) => {
    const body = Buffer.from(await c.req.arrayBuffer());
    if (body.byteLength > largestEvent) return c.text('The event is too large.', 413);
    const event = await verify(body, c.req.header('stripe-signature'), deps);
    if (!event) return c.text('The signature does not match the body.', 400);
    if (event.livemode !== deps.livemode) {
      count('UnexpectedLivemode', { eventId: event.id, type: event.type });
      return c.text('This endpoint takes events of the other mode.', 400);
    }
    if (event.api_version !== Stripe.API_VERSION) {
      count('UnexpectedApiVersion', { eventId: event.id, version: event.api_version ?? 'none' });
    }
    const outcome = await handleEvent(event, { table: deps.table, now: deps.clock(), random: deps.random });
    log('info', 'stripe-event', { eventId: event.id, type: event.type, outcome });
    return c.json({ outcome });
  });
  app.onError((error, c) => {
    log('error', 'stripe-event-failed', errorFields(error));
    return c.text('The event was not taken; send it again.', 500);
  });
  return app;
}

async function verify(
  body: Buffer,
  signature: string | undefined,
  deps: WebhookDeps,
): Promise<Stripe.Event | undefined> {
  if (!signature) return undefined;
  try {
    return Stripe.webhooks.constructEvent(body, signature, await deps.signingSecret());
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return undefined;
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

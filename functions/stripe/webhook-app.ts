import { Hono } from 'hono';
import Stripe from 'stripe';
import type { Clock } from '../platform/clock.ts';
import type { Secret } from '../platform/config.ts';
import { errorFields, log } from '../platform/log.ts';
import type { Table } from '../table/table.ts';
import { UnusableEvent, wrongField } from './event-shape.ts';
import { takeEvent } from './take-event.ts';

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
    const signed = await verify(body, c.req.header('stripe-signature'), deps);
    if (!signed) return c.text('The signature does not match the body.', 400);
    const { event } = signed;
    const wrong = wrongField(event);
    if (wrong !== undefined) throw new UnusableEvent(wrong);
    const { table, random, livemode } = deps;
    const outcome = await takeEvent(event, { table, random, livemode, now: deps.clock() });
    if (outcome === 'other-mode') return c.text('This endpoint takes events of the other mode.', 400);
    return c.json({ outcome });
  });
  app.onError((error, c) => {
    // No repetition changes what Stripe has signed, so this is no 5xx, which would ring our alarm for three days. A real event
    // that we cannot use rings all the same: the sweep reads it from Stripe's list and fails on it.
    if (error instanceof UnusableEvent) {
      log('error', 'stripe-event-unusable', { eventId: error.eventId, field: error.field });
      return c.text(error.message, 400);
    }
    log('error', 'stripe-event-failed', errorFields(error));
    return c.text('The event was not taken; send it again.', 500);
  });
  return app;
}

/** What was signed, as JSON if it is any; undefined when the signature does not match. */
async function verify(
  body: Buffer,
  signature: string | undefined,
  deps: WebhookDeps,
): Promise<{ readonly event: Stripe.Event } | undefined> {
  if (!signature) return undefined;
  try {
    return { event: Stripe.webhooks.constructEvent(body, signature, await deps.signingSecret()) };
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return undefined;
    // The package reads the body after it has checked the signature.
    if (error instanceof SyntaxError) throw new UnusableEvent('body');
    throw error;
  }
}

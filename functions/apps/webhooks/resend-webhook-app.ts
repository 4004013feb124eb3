import { type Context, Hono } from 'hono';
import { Resend, type WebhookEventPayload } from 'resend';
import type { Clock } from '#platform/clock.ts';
import type { Secret } from '#platform/config.ts';
import { errorFields, log } from '#platform/log.ts';
import type { Table } from '#platform/table/table.ts';
import { handleResendEvent } from './resend-events.ts';

export interface ResendWebhookContext {
  readonly table: Table;
  /** `whsec_` and base64, as Resend shows it. */
  readonly signingSecret: Secret;
  readonly clock: Clock;
}

/** Far more than an event about one mail has, in bytes. */
const largestEvent = 262_144;
// The package checks signatures with a method of its client, and the client demands an API key; this one is sent nowhere.
const { webhooks } = new Resend('re_checks_signatures_only');

/** Takes Resend's events: verifies the raw bytes, finds the type in the event table and commits; it answers 2xx only after that. */
export function createResendWebhookApp(ctx: ResendWebhookContext): Hono {
  const app = new Hono();
  app.post('/resend/webhook', async (c) => {
    const body = Buffer.from(await c.req.arrayBuffer());
    if (body.byteLength > largestEvent) return c.text('The event is too large.', 413);
    const verified = verify(body, c, await ctx.signingSecret(), ctx.clock());
    if ('fault' in verified) {
      log('warn', 'resend-signature-refused', { fault: verified.fault });
      return c.text('The signature does not match the body.', 400);
    }
    const event = verified.signed;
    // A repetition would bring the same signed bytes, so this is no 5xx.
    if (!isEvent(event)) {
      log('error', 'resend-event-unusable');
      return c.text('The signature matches, but this is no event of Resend.', 400);
    }
    const outcome = await handleResendEvent(event, { table: ctx.table, now: ctx.clock() });
    log('info', 'resend-event', { eventId: c.req.header('svix-id'), type: event.type, outcome });
    return c.json({ outcome });
  });
  app.onError((error, c) => {
    log('error', 'resend-event-failed', errorFields(error));
    return c.text('The event was not taken; send it again.', 500);
  });
  return app;
}

/** Whether what was signed has the shape of an event (resend.com/docs/webhooks/event-types). */
function isEvent(signed: unknown): signed is WebhookEventPayload {
  if (typeof signed !== 'object' || signed === null) return false;
  const { type, data } = signed as { readonly type?: unknown; readonly data?: unknown };
  return typeof type === 'string' && typeof data === 'object' && data !== null;
}

/**
 * Why a body is not accepted as Resend's: a header is missing, its time is malformed or more than five minutes away, or the signature
 * does not match.
 */
type Fault = 'missing' | 'malformed' | 'old' | 'mismatch';

/** The signed body, parsed if it is JSON. */
function verify(
  body: Buffer,
  c: Context,
  webhookSecret: string,
  now: Date,
): { readonly signed: unknown } | { readonly fault: Fault } {
  const headers = {
    id: c.req.header('svix-id') ?? '',
    timestamp: c.req.header('svix-timestamp') ?? '',
    signature: c.req.header('svix-signature') ?? '',
  };
  try {
    return { signed: webhooks.verify({ payload: body.toString('utf8'), headers, webhookSecret }) };
  } catch (error) {
    // The package parses the body after it has checked the signature.
    if (error instanceof SyntaxError) return { signed: undefined };
    // A secret that is not base64 throws too; that is our own fault.
    if (!isMismatch(error)) throw error;
    return { fault: faultOf(headers, now) };
  }
}

function faultOf({ id, timestamp, signature }: Readonly<Record<string, string>>, now: Date): Fault {
  if (!id || !timestamp || !signature) return 'missing';
  if (!/^\d{1,12}$/.test(timestamp)) return 'malformed';
  return Math.abs(now.getTime() / 1000 - Number(timestamp)) > 300 ? 'old' : 'mismatch';
}

/** The error's class belongs to a package of Resend that we do not import; its name is a text and survives minifying. */
function isMismatch(error: unknown): boolean {
  return error instanceof Error && error.name === 'WebhookVerificationError';
}

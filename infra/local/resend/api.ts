import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Mailbox } from './address.ts';
import { type Email, isObject, readEmail } from './email.ts';
import { ResendError } from './errors.ts';
import type { Fates } from './fates.ts';
import { IdempotencyKeys } from './idempotency.ts';
import type { Inbox, Message } from './inbox.ts';
import { RateLimit } from './rate-limit.ts';
import type { Troubles } from './troubles.ts';

/** What the local Resend API works with. */
interface ResendApiOptions {
  readonly inbox: Inbox;
  readonly fates: Fates;
  readonly troubles: Troubles;
  /** The only key that is accepted as bearer token. */
  readonly apiKey: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Awaited after validation and before an email is taken; a test holds a request open with it. */
  readonly accepting: () => Promise<void>;
}

const mostInBatch = 100;

/** Resend's own API: `POST /emails`, `POST /emails/batch`, `GET /emails/{id}`. Errors are Resend's. */
export function createResendApi({ inbox, fates, troubles, apiKey, now, accepting }: ResendApiOptions): Hono {
  const keys = new IdempotencyKeys(now);
  const api = new Hono();
  const take = (email: Email): Message => {
    const message = inbox.add(email);
    fates.accept(message);
    return message;
  };
  api.use('/emails/*', authenticate(apiKey), limit(new RateLimit(now)), troubles.guard);

  api.post('/emails', async (c) => {
    const body = await c.req.text();
    const answer = await keys.once(c.req.header('idempotency-key'), `/emails\n${body}`, async () => {
      const email = readEmail(parseJson(body));
      await accepting();
      return { id: take(email).id };
    });
    return c.json(answer);
  });

  api.post('/emails/batch', async (c) => {
    const body = await c.req.text();
    const mode = c.req.header('x-batch-validation') ?? 'strict';
    const answer = await keys.once(
      c.req.header('idempotency-key'),
      `/emails/batch\n${mode}\n${body}`,
      async () => {
        const { emails, errors } = readBatch(parseJson(body), mode);
        await accepting();
        const data = emails.map((email) => ({ id: take(email).id }));
        return mode === 'permissive' ? { data, errors } : { data };
      },
    );
    return c.json(answer);
  });

  api.get('/emails/:id', (c) => {
    const message = inbox.get(c.req.param('id'));
    if (!message) throw new ResendError('not_found', 'Email not found');
    return c.json(describe(message, fates.lastOf(message)));
  });

  api.all('/emails/*', (c) => {
    throw new ResendError('not_found', `The local Resend has no endpoint ${c.req.method} ${c.req.path}.`);
  });
  api.onError(answerError);
  return api;
}

// Anything but a ResendError is a fault of the local Resend, and stays an error.
function answerError(error: Error, c: Context): Response {
  if (!(error instanceof ResendError)) throw error;
  return c.json(error.body, error.statusCode as ContentfulStatusCode);
}

function authenticate(apiKey: string): MiddlewareHandler {
  return async (c, next) => {
    const given = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    if (!given) {
      throw new ResendError('missing_api_key', 'Missing API key in the authorization header.');
    }
    // Not `invalid_api_key`, which only the package's types still know.
    if (given !== apiKey) throw new ResendError('validation_error', 'API key is invalid', 401);
    await next();
  };
}

function limit(rateLimit: RateLimit): MiddlewareHandler {
  return async (c, next) => {
    const { allowed, headers } = rateLimit.take();
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    if (!allowed) {
      throw new ResendError(
        'rate_limit_exceeded',
        'Too many requests. Please limit the number of requests per second. Or contact support to increase rate limit.',
      );
    }
    await next();
  };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new ResendError('validation_error', 'The request body is not valid JSON.', 400);
  }
}

function readBatch(body: unknown, mode: string) {
  if (mode !== 'strict' && mode !== 'permissive') {
    throw new ResendError(
      'validation_error',
      'The `x-batch-validation` header must be `strict` or `permissive`.',
    );
  }
  if (!Array.isArray(body) || body.length < 1 || body.length > mostInBatch) {
    throw new ResendError('validation_error', `A batch must be an array of 1 to ${mostInBatch} emails.`);
  }
  const emails: Email[] = [];
  const errors: { index: number; message: string }[] = [];
  for (const [index, one] of body.entries()) {
    try {
      emails.push(readBatchEmail(one));
    } catch (error) {
      if (!(error instanceof ResendError)) throw error;
      if (mode === 'strict')
        throw new ResendError(error.name, `Email ${index} of the batch: ${error.message}`);
      errors.push({ index, message: error.message });
    }
  }
  return { emails, errors };
}

function readBatchEmail(body: unknown): Email {
  if (isObject(body) && body.attachments !== undefined) {
    throw new ResendError('validation_error', 'The `attachments` field is not supported in a batch.');
  }
  return readEmail(body);
}

function describe({ id, messageId, acceptedAt, email }: Message, lastEvent: string) {
  const written = (list: readonly Mailbox[]) =>
    list.map(({ Name, Address }) => (Name ? `${Name} <${Address}>` : Address));
  const orNull = (list: readonly Mailbox[]) => (list.length === 0 ? null : written(list));
  return {
    object: 'email',
    id,
    message_id: `<${messageId}>`,
    to: written(email.to),
    from: written([email.from])[0],
    created_at: acceptedAt.toISOString(),
    subject: email.subject,
    html: email.html,
    text: email.text,
    bcc: orNull(email.bcc),
    cc: orNull(email.cc),
    reply_to: orNull(email.replyTo),
    last_event: lastEvent,
    scheduled_at: null,
    tags: email.tags,
  };
}

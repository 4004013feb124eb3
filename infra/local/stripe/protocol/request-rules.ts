import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Account } from '../account/account.ts';
import { newId } from '../account/ids.ts';
import { ApiError, invalidRequest } from './errors.ts';
import { IdempotencyKeys } from './idempotency.ts';
import { type ApiEnvironment, json } from './operation.ts';

/** Gives each answer of the API its `Request-Id` and the version it speaks. */
export function identify(account: Account) {
  return createMiddleware<ApiEnvironment>(async (context, next) => {
    context.set('requestId', newId('req', 14));
    await next();
    context.res.headers.set('request-id', context.get('requestId'));
    context.res.headers.set('stripe-version', account.settings.apiVersion);
    const key = context.req.header('idempotency-key');
    if (key !== undefined) context.res.headers.set('idempotency-key', key);
  });
}

/** Lets the account's own key and any test key in, as Bearer or Basic user name. */
export function authenticate(secretKey: string) {
  return createMiddleware<ApiEnvironment>(async (context, next) => {
    const key = keyOf(context.req.header('authorization') ?? '');
    if (key === undefined) {
      throw new ApiError(401, {
        type: 'invalid_request_error',
        message:
          "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
      });
    }
    if (key !== secretKey && !/^(sk|rk)_test_\w+$/.test(key)) {
      const masked = key.length > 12 ? `${key.slice(0, 8)}****${key.slice(-4)}` : '****';
      throw new ApiError(401, {
        type: 'invalid_request_error',
        message: `Invalid API Key provided: ${masked}. The local Stripe takes test keys only.`,
      });
    }
    await next();
  });
}

/** The key that a request was made with, as Bearer or Basic user name. */
export function keyOf(authorization: string): string | undefined {
  const [, scheme, value] = /^(Bearer|Basic) (\S+)$/i.exec(authorization) ?? [];
  if (scheme === undefined || value === undefined) return undefined;
  if (scheme.toLowerCase() === 'bearer') return value;
  return Buffer.from(value, 'base64').toString('utf8').split(':')[0];
}

/** Takes the pinned `Stripe-Version`, or none, which stands for an account whose default is older. */
export function checkVersion(account: Account) {
  const { apiVersion } = account.settings;
  return createMiddleware<ApiEnvironment>(async (context, next) => {
    const given = context.req.header('stripe-version');
    if (given !== undefined && given !== apiVersion) {
      throw invalidRequest(`Invalid Stripe API version: ${given}. The local Stripe speaks ${apiVersion}.`);
    }
    context.set('isPinnedVersion', given !== undefined);
    const type = context.req.header('content-type') ?? 'application/x-www-form-urlencoded';
    if (context.req.method === 'POST' && !type.startsWith('application/x-www-form-urlencoded')) {
      throw invalidRequest(`Invalid Content-Type: ${type}. The API takes application/x-www-form-urlencoded.`);
    }
    await next();
  });
}

/** Fails POSTs as was asked for: before their effect, or after it, with the answer lost. */
export function failAsAsked(account: Account) {
  return createMiddleware<ApiEnvironment>(async (context, next) => {
    const { method, path } = context.req;
    const fault = account.store.faults.find((one) => one.left > 0 && path.startsWith(one.path));
    if (method !== 'POST' || !fault) return next();
    fault.left -= 1;
    const failure = json(
      { error: { type: 'api_error', message: 'The call failed, as was asked for.' } },
      500,
    );
    if (fault.when === 'before') return failure;
    await next();
    context.res = failure;
    return undefined;
  });
}

/** Replays the first answer to a POST whose `Idempotency-Key` was used before. */
export function replayAnswers(account: Account) {
  const keysByAccount = new Map<string, IdempotencyKeys>();
  return createMiddleware<ApiEnvironment>(async (context, next) => {
    const key = context.req.header('idempotency-key');
    if (context.req.method !== 'POST' || key === undefined) return next();
    const caller = context.req.header('authorization') ?? '';
    const keys = keysByAccount.get(caller) ?? new IdempotencyKeys(() => account.now());
    keysByAccount.set(caller, keys);
    keys.begin(key);
    try {
      return await answerOnce(keys, key, context, next);
    } finally {
      keys.end(key);
    }
  });
}

async function answerOnce(
  keys: IdempotencyKeys,
  key: string,
  context: Context<ApiEnvironment>,
  next: () => Promise<void>,
): Promise<Response | undefined> {
  const { path } = context.req;
  const parameters = `${new URL(context.req.url).search}\n${await context.req.text()}`;
  const stored = keys.replay(key, path, parameters);
  if (stored) {
    return new Response(stored.body, {
      status: stored.status,
      headers: { 'content-type': 'application/json', 'idempotent-replayed': 'true' },
    });
  }
  await next();
  keys.keep(key, path, parameters, { status: context.res.status, body: await context.res.clone().text() });
  return undefined;
}

import type Stripe from 'stripe';
import { openStripe } from '#payments/checkout/gateway.ts';
import { type RunningServer, serveLocally } from '../../infra/local/serve.ts';
import { type LocalStripe, startLocalStripe } from '../../infra/local/stripe/server.ts';
import { secretKey } from './site.ts';

/** Nobody listens there. */
export const nobody = 'http://127.0.0.1:9';

/**
 * A local Stripe whose events go nowhere: the test delivers what it needs itself.
 * @param clock milliseconds since 1970
 */
export function silentStripe(clock: () => number = Date.now): Promise<LocalStripe> {
  return startLocalStripe({
    port: { port: 0 },
    secretKey,
    webhookUrl: nobody,
    webhookSecret: 'whsec_nobody',
    accountName: 'Test',
    clock,
  });
}

/** Every Session of a local Stripe, oldest first. */
export async function sessionsOf(stripe: LocalStripe): Promise<Stripe.Checkout.Session[]> {
  const { data } = await openStripe(secretKey, stripe.url).checkout.sessions.list({ limit: 100 });
  return data.reverse();
}

/** Pays a Session on its page, as the donor does. */
export async function payOnPage(stripe: LocalStripe, sessionId: string): Promise<void> {
  const answer = await tryOnPage(stripe, sessionId, '4242 4242 4242 4242');
  if (answer.status !== 303) throw new Error(`The payment page answered ${answer.status}.`);
}

/** Sends a Session's page with a test card: 303 when it is taken. */
export function tryOnPage(stripe: LocalStripe, sessionId: string, number: string): Promise<Response> {
  return fetch(`${stripe.url}/c/pay/${sessionId}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: stripe.url },
    body: new URLSearchParams({
      method: 'card',
      number,
      expiry: '12 / 40',
      cvc: '123',
      name: 'Juniper Example',
    }),
  });
}

/** Pays a Session with a slow method: it is processing until a control of the local Stripe ends it. */
export async function sendOffOnPage(stripe: LocalStripe, sessionId: string): Promise<void> {
  const answer = await fetch(`${stripe.url}/c/pay/${sessionId}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: stripe.url },
    body: new URLSearchParams({ method: 'delayed-succeeds', name: 'Juniper Example' }),
  });
  if (answer.status !== 303) throw new Error(`The payment page answered ${answer.status}.`);
}

/** Lets banks, payers or the account's own bank do something, as the controls of the local Stripe's page do. */
export async function control<T>(
  stripe: LocalStripe,
  path: string,
  form: Readonly<Record<string, string>> = {},
): Promise<T> {
  const answer = await fetch(`${stripe.url}/__local/${path}`, {
    method: 'POST',
    headers: { origin: stripe.url },
    body: new URLSearchParams(form),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** The same Stripe behind another address, where some calls are answered otherwise. */
export function stripeBut(
  stripe: LocalStripe,
  otherwise: (path: string, body: string, query: URLSearchParams) => Response | undefined,
): Promise<RunningServer> {
  return serveLocally(
    async (request) => {
      const { pathname, search, searchParams } = new URL(request.url);
      const body = await request.text();
      const other = otherwise(pathname, body, searchParams);
      if (other) return other;
      const headers = new Headers();
      for (const name of ['authorization', 'content-type', 'idempotency-key', 'stripe-version']) {
        const value = request.headers.get(name);
        if (value) headers.set(name, value);
      }
      return fetch(`${stripe.url}${pathname}${search}`, {
        method: request.method,
        headers,
        body: request.method === 'GET' ? null : body,
      });
    },
    { port: 0 },
  );
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { serveLocally } from '../../serve.ts';
import { hongKongAccount } from '../../stripe/account/settings.ts';
import { startLocalStripe } from '../../stripe/server.ts';

export const secretKey = 'sk_test_tideover000000000000';
export const webhookSecret = 'whsec_tideover';

/** What a webhook's receiver got. */
export interface Received {
  readonly body: string;
  readonly signature: string;
  readonly userAgent: string;
}

/** A local Stripe, a receiver of its webhooks, and a real SDK client. */
export async function openStripe(options: { webhookUrl?: string } = {}) {
  const received: Received[] = [];
  const answers: number[] = [];
  const receiver = await serveLocally(
    async (request) => {
      received.push({
        body: await request.text(),
        signature: request.headers.get('stripe-signature') ?? '',
        userAgent: request.headers.get('user-agent') ?? '',
      });
      return new Response('', { status: answers.shift() ?? 200 });
    },
    { port: 0 },
  );
  let offset = 0;
  const server = await startLocalStripe({
    port: { port: 0 },
    secretKey,
    webhookUrl: () => options.webhookUrl ?? `${receiver.url}/stripe/webhook`,
    webhookSecret,
    accountName: 'Harbour <b>Kitchen</b>',
    clock: () => Date.now() + offset,
    settings: { ...hongKongAccount, balanceTransactionDelay: 60, retryDelays: [30, 120] },
  });
  const stripe = clientFor(server.url);
  return {
    url: server.url,
    /** Where the receiver listens. */
    receiverUrl: receiver.url,
    stripe,
    received,
    /** Statuses of the receiver's next answers; then 200. */
    answers,
    /** Moves the local Stripe's clock ahead. */
    pass: (seconds: number) => {
      offset += seconds * 1000;
    },
    events: () =>
      received.map(({ body, signature }) => stripe.webhooks.constructEvent(body, signature, webhookSecret)),
    call: (path: string, form: Record<string, string> = {}) =>
      fetch(`${server.url}/__local/${path}`, { method: 'POST', body: new URLSearchParams(form) }),
    pay: (sessionId: string, form: Record<string, string> = {}) => submitCard(server.url, sessionId, form),
    close: async () => {
      await server.close();
      await receiver.close();
    },
  };
}

/** The SDK as the functions make it, against a local address. */
export function clientFor(url: string): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe(secretKey, {
    host: hostname,
    port: Number(port),
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
  });
}

/** Sends the hosted page's form as a browser without JavaScript does. */
export function submitCard(url: string, sessionId: string, form: Record<string, string>): Promise<Response> {
  const card = { email: 'may@example.org', number: '4242 4242 4242 4242', expiry: '12 / 39', cvc: '123' };
  return fetch(`${url}/c/pay/${sessionId}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: url },
    body: new URLSearchParams({ name: 'May Chan', ...card, ...form }),
  });
}

/** A Session of HK$500 as the giving page asks for it. */
export function giftSession(): Stripe.Checkout.SessionCreateParams {
  return {
    mode: 'payment',
    submit_type: 'donate',
    locale: 'zh-HK',
    adaptive_pricing: { enabled: false },
    customer_email: 'may@example.org',
    line_items: [
      {
        quantity: 1,
        price_data: { currency: 'hkd', unit_amount: 50_000, product_data: { name: 'Lai Chi Kok warehouse' } },
      },
    ],
    metadata: { checkoutId: 'chk_1' },
    payment_intent_data: { metadata: { checkoutId: 'chk_1' } },
    expires_at: Math.floor(Date.now() / 1000) + 3600,
    success_url: 'http://127.0.0.1:8787/thanks/chk_1?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://127.0.0.1:8787/campaigns/warehouse',
  };
}

/** A port that was free a moment ago, for a program that cannot choose one itself. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

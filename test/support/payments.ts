import { PutCommand } from '@aws-sdk/lib-dynamodb';
import Stripe from 'stripe';
import { createWebhookApp, type WebhookContext } from '#apps/webhooks/webhook-app.ts';
import { type Person, toPersonItem } from '#kernel/people/person-item.ts';
import { amountOf, type Checkout } from '#payments/checkout/checkout.ts';
import { toCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { toMetadata } from '#payments/checkout/metadata.ts';
import type { Table } from '#platform/table/table.ts';
import { underRole } from './template-roles.ts';

const signingSecret = 'whsec_test_of_flows';
/** 22 November 2026, 20:00 in Hong Kong. */
export const now = new Date('2026-11-22T12:00:00.000Z');

/** A checkout of a gift; by default HK$500.00 to the warehouse. `amount` is paid in all, `cover` is in it. */
export function aCheckout(
  number: number,
  {
    amount = 50_000,
    cover = 0,
    fund = 'lai-chi-kok-warehouse',
    ...changes
  }: Partial<Checkout> & { readonly amount?: number; readonly cover?: number } = {},
): Checkout {
  return {
    id: `chk_${String(number).padStart(32, '0')}`,
    status: 'open',
    fund,
    subject: { kind: 'campaign', slug: fund },
    mode: 'payment',
    lines: [
      { kind: 'gift', amount: amount - cover },
      ...(cover > 0 ? [{ kind: 'cover', amount: cover } as const] : []),
    ],
    currency: 'hkd',
    language: 'en',
    site: 'https://give.example.org',
    createdAt: now,
    expiresAt: new Date(now.getTime() + 7_200_000),
    bodyDigest: 'digest',
    sessionId: undefined,
    ...changes,
  };
}

export function aPerson(checkout: Checkout, changes: Partial<Person> = {}): Person {
  return {
    checkoutId: checkout.id,
    name: 'Juniper Example',
    displayName: 'Juniper',
    email: 'juniper@example.org',
    hideName: false,
    hideAmount: false,
    message: undefined,
    marketingConsent: undefined,
    ...changes,
  };
}

/** Writes a checkout with its person, as starting it does. */
export async function store(table: Table, checkout: Checkout, person = aPerson(checkout)): Promise<void> {
  for (const Item of [toCheckoutItem(checkout), toPersonItem(person)]) {
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
  }
}

type SessionEventType =
  | 'checkout.session.completed'
  | 'checkout.session.async_payment_succeeded'
  | 'checkout.session.async_payment_failed'
  | 'checkout.session.expired';

/** Stripe's event about a checkout's Session, with the fields that events of this version carry for a payment. */
export function sessionEvent(
  checkout: Checkout,
  changes: {
    type?: SessionEventType;
    session?: Partial<Stripe.Checkout.Session>;
    created?: Date;
    event?: Partial<Stripe.Event>;
  } = {},
) {
  const number = checkout.id.slice(-8);
  return {
    id: `evt_${number}_${changes.type ?? 'completed'}`,
    object: 'event',
    api_version: Stripe.API_VERSION,
    created: Math.floor((changes.created ?? now).getTime() / 1000),
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type: changes.type ?? 'checkout.session.completed',
    data: {
      object: {
        id: `cs_test_${number}`,
        object: 'checkout.session',
        mode: 'payment',
        status: 'complete',
        payment_status: 'paid',
        payment_intent: `pi_${number}`,
        amount_total: amountOf(checkout),
        currency: checkout.currency,
        metadata: toMetadata(checkout),
        livemode: false,
        ...changes.session,
      },
    },
    ...changes.event,
  };
}

/**
 * A webhook on a table, whose events are signed with `signingSecret`. Its clock stands at `now` by default; for an event of a later
 * day at the event's own time, because no event is delivered before it happened.
 */
export function webhookOn(table: Table, changes: Partial<WebhookContext> = {}) {
  const ownTable = underRole('StripeWebhook', table);
  const appAt = (time: Date) =>
    createWebhookApp({
      table: ownTable,
      signingSecret: () => Promise.resolve(signingSecret),
      livemode: false,
      clock: () => time,
      random: Math.random,
      ...changes,
    });
  const post = async (body: string, signature: string | undefined, time = now) =>
    appAt(time).request('/stripe/webhook', {
      method: 'POST',
      body,
      headers: signature === undefined ? {} : { 'stripe-signature': signature },
    });
  return {
    post,
    /** Delivers an event with a signature of the present moment. */
    deliver: (event: object) => {
      const body = JSON.stringify(event);
      return post(body, sign(body), timeOf(event));
    },
  };
}

function timeOf(event: object): Date {
  const { created, data } = event as {
    readonly created?: unknown;
    readonly data?: { readonly object?: { readonly created?: unknown } | null };
  };
  const times = [created, data?.object?.created].map((seconds) => Number(seconds) * 1000);
  const latest = Math.max(...times.filter((time) => time < Date.UTC(2100)), 0);
  return latest > now.getTime() + 86_400_000 ? new Date(latest) : now;
}

/** Signs a body as Stripe does. */
export function sign(body: string, options: { secret?: string; at?: Date } = {}): string {
  return Stripe.webhooks.generateTestHeaderString({
    payload: body,
    secret: options.secret ?? signingSecret,
    timestamp: Math.floor((options.at ?? new Date()).getTime() / 1000),
  });
}

/** What a delivery answered, for short comparisons. */
export async function outcomeOf(response: Response): Promise<string> {
  return response.status === 200
    ? ((await response.json()) as { outcome: string }).outcome
    : `status ${response.status}`;
}

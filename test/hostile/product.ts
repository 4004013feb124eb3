import { defaultIsContentTypeBinary, handle } from 'hono/aws-lambda';
import type Stripe from 'stripe';
import { createDeskApp } from '#apps/staff/desk-app.tsx';
import { createStaffApp } from '#apps/staff/staff-app.ts';
import { createResendWebhookApp } from '#apps/webhooks/resend-webhook-app.ts';
import { createWebhookApp } from '#apps/webhooks/webhook-app.ts';
import type { Issuer } from '#kernel/staff/issuer-gateway.ts';
import { actorOfRequest } from '#kernel/staff/read-actor.ts';
import { SignInRefused } from '#kernel/staff/sign-in.ts';
import type { StaffContext } from '#kernel/staff/staff-context.ts';
import { openStripe } from '#payments/checkout/gateway.ts';
import { csvType } from '#platform/files/csv.ts';
import { openFiles } from '#platform/files/file-store.ts';
import { serve, serveByRoute } from '#platform/http/serve.ts';
import { KeyedHash } from '#platform/ids.ts';
import type { Table } from '#platform/table/table.ts';
import { type HttpAnswer, type HttpHandler, httpEvent } from '../bench/http-event.ts';
import { silentStripe } from '../support/local-stripe.ts';
import { aCheckout, aPerson, store, webhookOn } from '../support/payments.ts';
import { secretKey, siteOn, storeCampaigns } from '../support/site.ts';
import { subscribedEvents } from '../support/subscribed-events.ts';
import { freshTable } from '../support/table.ts';
import { type Door, doorOf, type HostileRequest } from './hostile-request.ts';

/** What an attacker may know or guess, and the secrets that sign. */
export const known = {
  /** So many checkouts stand in the table, from 1 on; the first half is paid. */
  checkouts: 12,
  rolesClaim: 'cognito:groups',
  stripeSecret: 'whsec_of_hostile_runs_0000000000',
  resendSecret: `whsec_${Buffer.from('a secret of hostile runs').toString('base64')}`,
  hashKey: 'a hash key of at least thirty-two characters',
  /** What stands in the place of a path's parameters. */
  names: {
    slug: ['lai-chi-kok-warehouse', 'emergency-cash', 'education', 'soup-kitchen'],
    checkoutId: [aCheckout(1).id, aCheckout(2).id, aCheckout(12).id],
    paymentId: ['pi_00000001', 'pi_00000002', 'pi_00000003'],
    payoutId: ['po_1', 'po_2'],
    month: ['2026-09', '2026-10', '2026-11', '2026-12'],
    kind: ['payment', 'campaign', 'early-fraud-warning', 'gift-held', 'refund-failed', 'opening'],
    id: ['issfr_1', 'pi_00000001', 'lai-chi-kok-warehouse', `dsb_${'0'.repeat(32)}`, `exp_${'0'.repeat(32)}`],
    file: ['icon.svg', 'harbour.png', 'warehouse.svg'],
  },
} as const;

/** What no stranger may read of the person of a checkout that is in no request. */
export const privateStrings = {
  name: 'Zephyrine Quillfeather',
  email: 'zephyrine.quill@private.example',
};

/** The product in this process: the apps as Lambda calls them, on a table of the template with what a year leaves behind. */
export async function openProduct() {
  const table = await freshTable();
  await storeCampaigns(table);
  await fill(table);
  const stripe = await silentStripe();
  const client = openStripe(secretKey, stripe.url);
  return { table, answer: answering(handlersOn(table, client, stripe.url)), close: () => stripe.close() };
}

export type Product = Awaited<ReturnType<typeof openProduct>>;

/** The types of the events that Stripe sent of each paid checkout. */
const typesOfPaid = [
  'checkout.session.completed',
  'refund.created',
  'charge.dispute.created',
  'radar.early_fraud_warning.created',
  'payout.paid',
] as const;

async function fill(table: Table): Promise<void> {
  const webhook = webhookOn(table, { clock: () => new Date() });
  for (let number = 1; number <= known.checkouts; number += 1) {
    const checkout = aCheckout(number);
    const { name, email } = privateStrings;
    await store(
      table,
      checkout,
      aPerson(checkout, { name, email, message: 'Stay strong', hideName: true, displayName: name }),
    );
    if (number > known.checkouts / 2) continue;
    const events = subscribedEvents(number);
    for (const type of typesOfPaid) {
      await webhook.deliver(events[type]);
    }
  }
}

function handlersOn(table: Table, stripe: Stripe, stripeUrl: string): Readonly<Record<Door, HttpHandler>> {
  const clock = () => new Date();
  const site = siteOn(table, stripeUrl, {
    hash: () => Promise.resolve(new KeyedHash(known.hashKey)),
    addressOf: (c) => sourceIpOf(c.env as Env),
    stripe: () => Promise.resolve(stripe),
  });
  const staff: StaffContext = {
    random: Math.random,
    table,
    clock,
    actorOf: (c) => actorOfRequest(c, known.rolesClaim),
    stripe: () => Promise.resolve(stripe),
    files: openFiles('no-such-bucket'),
    hash: () => Promise.resolve(new KeyedHash(known.hashKey)),
  };
  const desk = createDeskApp({
    ...staff,
    site: 'https://give.example.org',
    demonstration: true,
    sessionKey: async () => known.hashKey,
    issuer: silentIssuer,
  });
  const stripeWebhook = createWebhookApp({
    table,
    signingSecret: async () => known.stripeSecret,
    livemode: false,
    clock,
    random: Math.random,
  });
  const resendWebhook = createResendWebhookApp({
    table,
    signingSecret: async () => known.resendSecret,
    clock,
  });
  const isContentTypeBinary = (type: string) => type === csvType || defaultIsContentTypeBinary(type);
  return {
    site: serve(site, { isContentTypeBinary }) as HttpHandler,
    staff: serveByRoute('/api/staff', serve(createStaffApp(staff)), serve(desk)) as HttpHandler,
    stripe: handle(stripeWebhook) as HttpHandler,
    resend: handle(resendWebhook) as HttpHandler,
  };
}

/** An issuer at which nobody signs in: strangers come to the desk with whatever they make up. */
const silentIssuer: Issuer = {
  signInAddress: async () => new URL('https://issuer.example.org/auth'),
  redeem: () => Promise.reject(new SignInRefused('There is no such code.')),
  renew: () => Promise.reject(new SignInRefused('There is no such token.')),
  signOutAddress: async () => undefined,
};

interface Env {
  readonly event: { readonly requestContext: { readonly http: { readonly sourceIp: string } } };
}

function sourceIpOf({ event }: Env): string {
  return event.requestContext.http.sourceIp;
}

function answering(handlers: Readonly<Record<Door, HttpHandler>>) {
  return async (request: HostileRequest): Promise<HttpAnswer> => {
    const { method, path, query, headers, body, claims, address } = request;
    const sent = body && ('text' in body ? body.text : body.base64);
    const event = httpEvent(method, path, sent, headers);
    return handlers[doorOf(request)]({
      ...event,
      rawQueryString: query,
      // As API Gateway names the route: by the path as it came.
      routeKey: `ANY ${path}`,
      isBase64Encoded: body !== undefined && 'base64' in body,
      requestContext: {
        ...event.requestContext,
        http: { ...event.requestContext.http, sourceIp: address },
        ...(claims && { authorizer: { jwt: { claims, scopes: null } } }),
      },
    });
  };
}

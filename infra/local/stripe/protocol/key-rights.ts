import { createMiddleware } from 'hono/factory';
import { ApiError } from './errors.ts';
import { parseForm } from './form.ts';
import type { ApiEnvironment } from './operation.ts';

/** Stripe's resources for restricted keys: the name that the dashboard shows, and the one that its refusals use. */
const stripeResources = {
  Balance: 'balance',
  'Balance Transaction Sources': 'balance_transaction_source',
  'Charges and Refunds': 'charge',
  'Checkout Sessions': 'checkout_session',
  Disputes: 'dispute',
  Events: 'event',
  Invoices: 'invoice',
  PaymentIntents: 'payment_intent',
  Payouts: 'payout',
} as const;

type StripeResource = keyof typeof stripeResources;

/** What a restricted key may do with each kind of object: `write` includes reading; what is not named is `none`. */
export type RestrictedKeyRights = { readonly [Resource in StripeResource]?: 'read' | 'write' };

/** The resource that a call belongs to, by the beginning of its path; calls of others are open to no restricted key. */
const resourceOfPath: readonly [path: string, resource: StripeResource][] = [
  ['/v1/balance_transactions', 'Balance'],
  ['/v1/balance', 'Balance'],
  ['/v1/charges', 'Charges and Refunds'],
  ['/v1/refunds', 'Charges and Refunds'],
  ['/v1/checkout/sessions', 'Checkout Sessions'],
  ['/v1/disputes', 'Disputes'],
  ['/v1/events', 'Events'],
  ['/v1/invoice_payments', 'Invoices'],
  ['/v1/payment_intents', 'PaymentIntents'],
  ['/v1/payouts', 'Payouts'],
];

/** What is read along by `expand`, by the name of the property. */
const resourceOfProperty: Readonly<Record<string, StripeResource>> = {
  balance_transaction: 'Balance',
  charge: 'Charges and Refunds',
  failure_balance_transaction: 'Balance',
  invoice: 'Invoices',
  latest_charge: 'Charges and Refunds',
  payment_intent: 'PaymentIntents',
  source: 'Balance Transaction Sources',
};

/**
 * Refuses what a restricted key was not given, 403 as Stripe does, with the right that is missing.
 *
 * @param rights of each restricted key; any other key may do everything
 */
export function restrict(
  rights: ReadonlyMap<string, RestrictedKeyRights>,
  keyOf: (authorization: string) => string | undefined,
) {
  return createMiddleware<ApiEnvironment>(async (context, next) => {
    const key = keyOf(context.req.header('authorization') ?? '') ?? '';
    const given = rights.get(key);
    if (!given) return next();
    const { method, path, url } = context.req;
    const called = resourceOfPath.find(([start]) => path === start || path.startsWith(`${start}/`))?.[1];
    require(key, given, called, method === 'GET' ? 'read' : 'write');
    const form = method === 'POST' ? await context.req.text() : '';
    const { expand = [] } = parseForm([new URL(url).search.slice(1), form].filter(Boolean).join('&')) as {
      expand?: string[];
    };
    for (const property of Object.values(expand).flatMap((each) => String(each).split('.'))) {
      if (property !== 'data') require(key, given, resourceOfProperty[property], 'read');
    }
    return next();
  });
}

function require(
  key: string,
  given: RestrictedKeyRights,
  resource: StripeResource | undefined,
  right: 'read' | 'write',
): void {
  const has = resource && given[resource];
  if (has === right || has === 'write') return;
  const why = resource
    ? `Having the 'rak_${stripeResources[resource]}_${right}' permission would allow this request to continue.`
    : 'This is a restricted API key, but the required permissions are not available for use by restricted keys.';
  throw new ApiError(403, {
    type: 'invalid_request_error',
    message: `The provided key '${key.slice(0, 8)}****${key.slice(-4)}' does not have the required permissions for this endpoint on account 'acct_local'. ${why}`,
  });
}

import { readFileSync } from 'node:fs';
import Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { openStripe } from '#payments/checkout/gateway.ts';
import { askKey } from '#payments/checkout/key-gateway.ts';
import {
  type StripeKeyOwner,
  stripeKeyOwners,
  stripeKeyParameter,
  stripeKeyRights,
} from '../../infra/constructs/stripe-key-rights.ts';
import { startLocalStripe } from '../../infra/local/stripe/server.ts';
import { restrictedKeys, rightsByKey } from '../../infra/start/stripe-keys.ts';
import { nobody } from '../support/local-stripe.ts';
import { resourcesOf, someSignIn, synthesize } from '../support/synthesis.ts';

/** Clients of one local Stripe, each with the key of a function. */
const it = test.extend('stripeOf', { scope: 'file' }, async ({}, { onCleanup }) => {
  const keys = restrictedKeys();
  const local = await startLocalStripe({
    port: { port: 0 },
    secretKey: 'sk_test_of_keys',
    restrictedKeys: rightsByKey(keys),
    webhookUrl: `${nobody}/`,
    webhookSecret: 'whsec_of_keys',
    accountName: 'Keys',
  });
  onCleanup(() => local.close());
  return (owner: StripeKeyOwner) => openStripe(keys.get(owner) ?? '', local.url);
});

describe('the keys of Stripe', () => {
  it('have in the deployment guide exactly the rights that are declared', () => {
    const guide = readFileSync(new URL('../../infra/docs/deploy.md', import.meta.url), 'utf8');
    const rows = [...guide.matchAll(/^ *\| `(stripe-key-[a-z]+)` \| (.+) \|$/gm)].map(([, key, rights]) => [
      key,
      rights,
    ]);
    const declared = stripeKeyOwners.map((owner) => [
      stripeKeyParameter(owner),
      Object.entries(stripeKeyRights[owner])
        .map(([resource, right]) => `${resource}: ${right === 'read' ? 'Read' : 'Write'}`)
        .join('; '),
    ]);
    expect(rows).toEqual(declared);
    for (const owner of stripeKeyOwners) {
      expect(guide).toContain(`--name /tideover/dev/${stripeKeyParameter(owner)} `);
    }
  });

  it('of the desk is known as one that may do what it needs and no more; any other is named', async ({
    stripeOf,
  }) => {
    // A charge would show whether it is a live one.
    expect(await askKey({ stripe: stripeOf('staff') })).toBe('no-charge');
    expect(await askKey({ stripe: stripeOf('books') })).toBe('too-much');
    expect(await askKey({ stripe: stripeOf('site') })).toBe('too-little');
    expect(await askKey({ stripe: openStripe('rk_test_any', nobody) })).toBe('no-answer');
  });

  it('lie in a parameter of each function that has one, which no other function may read', () => {
    const { service } = synthesize('dev', someSignIn);
    const owners: string[] = [];
    for (const { Properties } of resourcesOf(service, 'AWS::Lambda::Function').values()) {
      const { Variables = {} } = (Properties.Environment ?? {}) as { Variables?: Record<string, unknown> };
      const parameter = Variables.STRIPE_SECRET_KEY_PARAMETER;
      if (parameter === undefined) continue;
      const owner = String(Properties.FunctionName).replace('tideover-dev-', '') as StripeKeyOwner;
      owners.push(owner);
      expect(parameter).toBe(`/tideover/dev/${stripeKeyParameter(owner)}`);
      const readers = [...resourcesOf(service, 'AWS::IAM::Policy')].filter(([, policy]) =>
        JSON.stringify(policy.Properties.PolicyDocument).includes(
          `parameter/tideover/dev/${stripeKeyParameter(owner)}"`,
        ),
      );
      expect(readers.map(([id]) => id.replace(/Role.*/, '').toLowerCase())).toEqual([owner]);
    }
    expect(owners.sort()).toEqual([...stripeKeyOwners].sort());
  });
});

describe('a restricted key at the local Stripe', () => {
  const session = {
    mode: 'payment',
    line_items: [
      { quantity: 1, price_data: { currency: 'hkd', unit_amount: 50_000, product_data: { name: 'A gift' } } },
    ],
    success_url: 'https://give.example.org/',
  } satisfies Stripe.Checkout.SessionCreateParams;

  it('does what it has the right to, and what Write includes', async ({ stripeOf }) => {
    const stripe = stripeOf('site');
    const { id } = await stripe.checkout.sessions.create(session);
    expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({ status: 'open' });
    expect(await stripe.checkout.sessions.expire(id)).toMatchObject({ status: 'expired' });
    expect((await stripeOf('books').refunds.list()).data).toEqual([]);
  });

  it.for<[string, StripeKeyOwner, (stripe: Stripe) => Promise<unknown>, string]>([
    ['refunds', 'site', (stripe) => stripe.refunds.create({ payment_intent: 'pi_1' }), 'rak_charge_write'],
    ['reads payments', 'site', (stripe) => stripe.paymentIntents.retrieve('pi_1'), 'rak_payment_intent_read'],
    ['lists Sessions', 'books', (stripe) => stripe.checkout.sessions.list(), 'rak_checkout_session_read'],
    ['lists events', 'site', (stripe) => stripe.events.list(), 'rak_event_read'],
    [
      'makes payouts',
      'books',
      (stripe) => stripe.payouts.create({ amount: 1, currency: 'hkd' }),
      'rak_payout_write',
    ],
    ['refunds', 'books', (stripe) => stripe.refunds.create({ payment_intent: 'pi_1' }), 'rak_charge_write'],
    [
      'makes Sessions',
      'staff',
      (stripe) => stripe.checkout.sessions.create(session),
      'rak_checkout_session_write',
    ],
    [
      'reads charges along',
      'worker',
      (stripe) => stripe.paymentIntents.retrieve('pi_1', { expand: ['latest_charge'] }),
      'rak_charge_read',
    ],
    [
      'makes customers',
      'site',
      (stripe) => stripe.customers.create({}),
      'not available for use by restricted keys',
    ],
  ])(
    'is refused what it has no right to: nobody %s with the key of %s',
    async ([_, owner, call, missing], { stripeOf }) => {
      const refused = (await call(stripeOf(owner)).catch(
        (error: unknown) => error,
      )) as Stripe.errors.StripeError;
      expect(refused).toBeInstanceOf(Stripe.errors.StripePermissionError);
      expect(refused.statusCode).toBe(403);
      expect(refused.message).toContain(missing);
    },
  );
});

import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { clientFor, freePort, giftSession, openStripe, webhookSecret } from './support/stripe-account.ts';
import { isJudgeThere, type Judge, startJudge, verdictOf } from './support/stripe-judge.ts';

const title = isJudgeThere
  ? 'the local Stripe before the judge'
  : 'the local Stripe before the judge (skipped: no ../shared/tools/stripe-judge beside the repository)';

describe.skipIf(!isJudgeThere)(title, () => {
  let judges: Judge[] = [];
  let account: Awaited<ReturnType<typeof openStripe>>;
  let stripe: Stripe;
  let proxyUrl: string;
  let hookUrl: string;

  beforeAll(async () => {
    hookUrl = `http://127.0.0.1:${await freePort()}`;
    account = await openStripe({ webhookUrl: `${hookUrl}/stripe/webhook` });
    proxyUrl = `http://127.0.0.1:${await freePort()}`;
    judges = await Promise.all([
      startJudge('proxy', proxyUrl, account.url),
      startJudge('hook', hookUrl, account.receiverUrl, '--secret', webhookSecret),
    ]);
    stripe = clientFor(proxyUrl);
  });

  afterAll(async () => {
    for (const judge of judges) judge.close();
    await account.close();
  });

  test('requests, answers and events of paid, declined, authenticated, delayed and expired checkouts have no violation', async () => {
    await stripe.customers.create({
      email: 'first@example.org',
      name: '陳美',
      metadata: { person: 'per_1' },
    });
    const paid = await stripe.checkout.sessions.create(
      { ...giftSession(), expand: ['line_items'] },
      { idempotencyKey: 'gift-1' },
    );
    const again = await stripe.checkout.sessions.create(
      { ...giftSession(), expires_at: paid.expires_at, expand: ['line_items'] },
      { idempotencyKey: 'gift-1' },
    );
    expect(again.id).toBe(paid.id);
    await account.pay(paid.id, { number: '4000 0000 0000 0002' });
    await account.pay(paid.id, { number: '4000 0025 0000 3155' });
    await fetch(`${account.url}/c/pay/${paid.id}/authenticate`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ answer: 'confirm' }),
    });
    for (const method of ['delayed-succeeds', 'delayed-fails']) {
      const { id } = await stripe.checkout.sessions.create({ ...giftSession(), customer_creation: 'always' });
      await account.pay(id, { method });
      await account.call(`sessions/${id}/settle`);
    }
    const product = await stripe.products.create({ name: 'Printed map' });
    const price = await stripe.prices.create({ product: product.id, currency: 'hkd', unit_amount: 8000 });
    const sale = await stripe.checkout.sessions.create({
      ...giftSession(),
      line_items: [{ price: price.id, quantity: 2 }],
      payment_intent_data: { shipping: { name: 'May Chan', address: { line1: '1 Lai Chi Kok Road' } } },
    });
    expect(sale.amount_total).toBe(16_000);
    await account.pay(sale.id);
    const expired = await stripe.checkout.sessions.create(giftSession());
    await stripe.checkout.sessions.expire(expired.id);
    account.pass(61);

    const session = await stripe.checkout.sessions.retrieve(paid.id, {
      expand: ['payment_intent.latest_charge.balance_transaction', 'customer', 'line_items'],
    });
    const intent = session.payment_intent as Stripe.PaymentIntent;
    await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge.balance_transaction'] });
    await stripe.charges.retrieve((intent.latest_charge as Stripe.Charge).id, { expand: ['payment_intent'] });
    await stripe.paymentMethods.retrieve(intent.payment_method as string);
    await stripe.checkout.sessions.listLineItems(paid.id);
    await stripe.checkout.sessions.list({ status: 'expired', expand: ['data.line_items'] });
    await stripe.paymentIntents.list({ limit: 2, expand: ['data.latest_charge'] });
    await stripe.charges.list({ payment_intent: intent.id });
    const balance = await stripe.balanceTransactions.list({ expand: ['data.source'] });
    await stripe.balanceTransactions.retrieve(balance.data[0]?.id ?? '');
    const [completed] = (await stripe.events.list({ type: 'checkout.session.completed' })).data;
    await stripe.events.retrieve(completed?.id ?? '');
    const customers = await stripe.events.list({ types: ['customer.created'], delivery_success: true });
    await stripe.customers.retrieve(
      (customers.data[0]?.data.object as Stripe.Customer | undefined)?.id ?? '',
    );
    await expect(stripe.checkout.sessions.retrieve('cs_test_none')).rejects.toThrow('No such');
    await expect(stripe.customers.create({ name: 'other' }, { idempotencyKey: 'gift-1' })).rejects.toThrow(
      'Keys for idempotent requests',
    );

    const proxy = await verdictOf(proxyUrl);
    expect(proxy.violations).toEqual([]);
    expect(proxy.checked).toBeGreaterThanOrEqual(20);
    const made = (await stripe.events.list({ limit: 100 })).data;
    await vi.waitFor(async () => {
      expect((await stripe.events.list({ delivery_success: false })).data).toEqual([]);
    }, 20_000);
    const hook = await verdictOf(hookUrl);
    expect(hook.violations).toEqual([]);
    expect(hook.checked).toBeGreaterThanOrEqual(made.length);
    expect(new Set(made.map((event) => event.type)).size).toBeGreaterThanOrEqual(13);
  });
});

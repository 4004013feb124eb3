import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { giftSession, openStripe, secretKey } from './support/stripe-account.ts';

describe('requests that Stripe refuses', () => {
  let account: Awaited<ReturnType<typeof openStripe>>;
  let stripe: Stripe;
  beforeAll(async () => {
    account = await openStripe();
    stripe = account.stripe;
  });
  afterAll(() => account.close());

  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${account.url}/v1/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secretKey}`, 'stripe-version': Stripe.API_VERSION, ...headers },
      body: new URLSearchParams(body),
    });
  const item = (unit_amount: number) => ({
    line_items: [
      { quantity: 1, price_data: { currency: 'hkd', unit_amount, product_data: { name: 'Gift' } } },
    ],
  });
  const inMinutes = (minutes: number) => ({ expires_at: Math.floor(Date.now() / 1000) + minutes * 60 });
  const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`key${index}`, 'x']));

  test.each([
    [item(399), { code: 'amount_too_small', param: 'line_items' }],
    [item(100_000_000), { code: 'amount_too_large' }],
    [item(-1), { param: 'line_items[0][price_data][unit_amount]' }],
    [inMinutes(29), { param: 'expires_at' }],
    [inMinutes(24 * 60 + 1), { param: 'expires_at' }],
    [{ submit_type: 'donate', mode: 'subscription' }, { param: 'submit_type' }],
    [{ mode: 'subscription', submit_type: 'pay' }, { param: 'mode' }],
    [{ metadata: many }, { param: 'metadata' }],
    [{ metadata: { long: 'x'.repeat(501) } }, { param: 'metadata[long]' }],
    [{ metadata: { ['k'.repeat(41)]: 'x' } }, { param: 'metadata' }],
    [{ customer: 'cus_none', customer_email: 'a@example.org' }, { param: 'customer_email' }],
    [{ customer_email: 'nobody' }, { code: 'email_invalid', param: 'customer_email' }],
    [{ success_url: 'thanks' }, { code: 'url_invalid', param: 'success_url' }],
    [
      { colour: 'red' },
      { code: 'parameter_unknown', param: 'colour', message: 'Received unknown parameter: colour' },
    ],
    [{ payment_method_types: ['card'] }, { code: 'parameter_unknown', param: 'payment_method_types' }],
    [{ allow_promotion_codes: true }, { param: 'allow_promotion_codes' }],
    // Our decision 0030: a recovered Session would be a second payable one.
    [{ after_expiration: { recovery: { enabled: true } } }, { param: 'after_expiration' }],
    [{ expand: ['metadata'] }, { param: 'expand' }],
  ])('a Session with %j is refused 400 and names the parameter', async (more, error) => {
    const before = (await stripe.checkout.sessions.list({ limit: 100 })).data.length;
    // Stripe's types refuse some of these parameters too.
    const attempt = stripe.checkout.sessions.create({ ...giftSession(), ...more } as never);
    await expect(attempt).rejects.toMatchObject({
      statusCode: 400,
      type: 'StripeInvalidRequestError',
      ...error,
    });
    expect((await stripe.checkout.sessions.list({ limit: 100 })).data.length).toBe(before);
  });

  test('missing and empty parameters are named', async () => {
    const missing = await (await post('checkout/sessions', 'mode=payment')).json();
    expect(missing).toMatchObject({ error: { code: 'parameter_missing', param: 'line_items' } });
    const empty = await (await post('customers', 'name=')).json();
    expect(empty).toMatchObject({ error: { code: 'parameter_invalid_empty', param: 'name' } });
    const twice = await (await post('customers', 'name=a&name=b')).json();
    expect(twice).toMatchObject({ error: { param: 'name' } });
  });

  test('payment_method_types is taken without a version header, as an older account’s', async () => {
    const answer = await fetch(`${account.url}/v1/checkout/sessions`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('sk_test_123456789012:')}` },
      body: new URLSearchParams(
        'mode=payment&payment_method_types[]=card&success_url=https://example.org/&line_items[0][quantity]=2' +
          '&line_items[0][price_data][currency]=usd&line_items[0][price_data][unit_amount]=1500' +
          '&line_items[0][price_data][product_data][name]=T-shirt',
      ),
    });
    expect(await answer.json()).toMatchObject({ amount_total: 3000, payment_method_types: ['card'] });
  });

  test('only test keys and the account’s own key get in, and only the pinned version is spoken', async () => {
    const status = async (headers: Record<string, string>) =>
      (await fetch(`${account.url}/v1/events`, { headers })).status;
    expect(await status({})).toBe(401);
    expect(await status({ authorization: 'Bearer sk_live_abcdefghijkl' })).toBe(401);
    expect(await status({ authorization: 'Bearer rk_test_abcdefghijkl' })).toBe(200);
    expect(await status({ authorization: `Bearer ${secretKey}`, 'stripe-version': '2024-06-20' })).toBe(400);
  });

  test('unknown paths and ids are 404, with a Request-Id on every answer', async () => {
    const headers = { authorization: `Bearer ${secretKey}` };
    for (const path of ['v1/subscriptions', 'v1/charges/ch_none', 'v2/core/events']) {
      const answer = await fetch(`${account.url}/${path}`, { headers });
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
      if (path.startsWith('v1')) expect(answer.headers.get('request-id')).toMatch(/^req_/);
    }
  });

  test('a repeated Idempotency-Key replays the first answer, and is an error with other parameters', async () => {
    const key = { 'idempotency-key': 'once' };
    const first = await post('customers', 'name=May', key);
    const again = await post('customers', 'name=May', key);
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await again.text()).toBe(await first.text());
    const other = await post('customers', 'name=June', key);
    expect(other.status).toBe(400);
    expect(await other.json()).toMatchObject({ error: { type: 'idempotency_error' } });
  });

  test('a refused request does not use up its Idempotency-Key', async () => {
    const key = { 'idempotency-key': 'corrected' };
    expect((await post('customers', 'email=nobody', key)).status).toBe(400);
    expect((await post('customers', 'email=may@example.org', key)).status).toBe(200);
  });

  test('lists are paged newest first, forwards and backwards', async () => {
    const made: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      made.unshift((await stripe.checkout.sessions.create(giftSession())).id);
    }
    const ids = (page: Stripe.ApiList<{ id: string }>) => page.data.map(({ id }) => id);
    const first = await stripe.checkout.sessions.list({ limit: 2 });
    expect([ids(first), first.has_more]).toEqual([made.slice(0, 2), true]);
    const next = await stripe.checkout.sessions.list({ limit: 2, starting_after: made[1] ?? '' });
    expect(ids(next)).toEqual(made.slice(2, 4));
    const back = await stripe.checkout.sessions.list({ limit: 2, ending_before: made[3] ?? '' });
    expect([ids(back), back.has_more]).toEqual([made.slice(1, 3), true]);
    await expect(stripe.checkout.sessions.list({ limit: 101 })).rejects.toMatchObject({ param: 'limit' });
  });
});

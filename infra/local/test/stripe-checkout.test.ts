import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { feeOf } from '../stripe/objects/balance-transactions.ts';
import { giftSession, openStripe } from './support/stripe-account.ts';

describe('Checkout in a browser', () => {
  let account: Awaited<ReturnType<typeof openStripe>>;
  let stripe: Stripe;
  beforeEach(async () => {
    account = await openStripe();
    stripe = account.stripe;
  });
  afterEach(() => account.close());

  const open = (more: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
    stripe.checkout.sessions.create({ ...giftSession(), ...more });
  const expanded = async (id: string) => {
    const session = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent.latest_charge'] });
    return { session, intent: session.payment_intent as Stripe.PaymentIntent | null };
  };

  test('card 4242 pays: back to success_url with the Session id, and the fee comes a moment later', async () => {
    const { id } = await open();
    const answer = await account.pay(id);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`http://127.0.0.1:8787/thanks/chk_1?session=${id}`);
    const { session, intent } = await expanded(id);
    expect(session).toMatchObject({ status: 'complete', payment_status: 'paid', url: null });
    expect(session.customer_details).toMatchObject({ email: 'may@example.org', name: 'May Chan' });
    expect(intent).toMatchObject({
      status: 'succeeded',
      amount_received: 50_000,
      metadata: { checkoutId: 'chk_1' },
    });
    expect(intent?.latest_charge).toMatchObject({ balance_transaction: null });
    account.pass(60);
    const later = await stripe.paymentIntents.retrieve(intent?.id ?? '', {
      expand: ['latest_charge.balance_transaction'],
    });
    expect(later.latest_charge).toMatchObject({
      balance_transaction: { amount: 50_000, fee: 1935, net: 48_065 },
    });
  });

  test('no page may frame any of its pages, not the bank’s question either', async () => {
    const { id } = await open();
    const intent = await stripe.paymentIntents.create({
      amount: 5000,
      currency: 'hkd',
      payment_method: 'pm_card_authenticationRequired',
      confirm: true,
      return_url: 'http://127.0.0.1:8787/',
    });
    const question = intent.next_action?.redirect_to_url?.url ?? '';
    const paths = [
      '/',
      `/c/pay/${id}`,
      `/c/pay/${id}/authenticate`,
      new URL(question).pathname,
      '/c/pay/none',
    ];
    for (const path of paths) {
      const { headers } = await fetch(`${account.url}${path}`);
      expect(headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'");
      expect(headers.get('x-frame-options'), path).toBe('DENY');
    }
  });

  test('fees are the share rounded to the cent and the fixed sum', () => {
    expect(feeOf(50_000, { basisPoints: 340, fixed: 235 })).toBe(1935);
    expect(feeOf(52_003, { basisPoints: 340, fixed: 235 })).toBe(2003);
    expect(feeOf(10_015, { basisPoints: 220, fixed: 200 })).toBe(420);
  });

  test('card 0002 is declined with a message, and the same Session can still be paid', async () => {
    const { id } = await open({ locale: 'en' });
    const declined = await account.pay(id, { number: '4000000000000002' });
    expect(declined.status).toBe(402);
    expect(await declined.text()).toContain('Your card was declined.');
    const { session, intent } = await expanded(id);
    expect(session).toMatchObject({ status: 'open', payment_status: 'unpaid' });
    expect(intent?.last_payment_error).toMatchObject({
      code: 'card_declined',
      decline_code: 'generic_decline',
    });
    expect((await account.pay(id)).status).toBe(303);
    expect((await expanded(id)).intent).toMatchObject({
      id: intent?.id,
      status: 'succeeded',
      last_payment_error: null,
    });
  });

  test.each([
    ['confirm', 'complete', 'succeeded'],
    ['refuse', 'open', 'requires_payment_method'],
  ])(
    'card 3155 asks the payer, whose answer "%s" leaves the Session %s',
    async (answer, status, intentStatus) => {
      const { id } = await open();
      const asked = await account.pay(id, { number: '4000 0025 0000 3155' });
      expect(asked.headers.get('location')).toBe(`/c/pay/${id}/authenticate`);
      expect((await expanded(id)).intent?.status).toBe('requires_action');
      const page = await fetch(`${account.url}/c/pay/${id}/authenticate`);
      expect(await page.text()).toContain('銀行驗證');
      await fetch(page.url, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ answer }) });
      const { session, intent } = await expanded(id);
      expect([session.status, intent?.status]).toEqual([status, intentStatus]);
    },
  );

  test.each([
    ['delayed-succeeds', 'paid', 'checkout.session.async_payment_succeeded'],
    ['delayed-fails', 'unpaid', 'checkout.session.async_payment_failed'],
  ])('a %s payment completes unpaid first, and ends %s', async (method, paymentStatus, type) => {
    const { id } = await open();
    expect((await account.pay(id, { method })).status).toBe(303);
    expect((await expanded(id)).session).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
    expect((await account.call(`sessions/${id}/settle`)).status).toBe(200);
    expect((await expanded(id)).session.payment_status).toBe(paymentStatus);
    const [event] = (await stripe.events.list({ type })).data;
    expect(event?.data.object).toMatchObject({ id, payment_status: paymentStatus });
    expect((await account.call(`sessions/${id}/settle`)).status).toBe(400);
  });

  test('the page speaks the Session’s language, names the demonstration, and shows names as text', async () => {
    const { url } = await open({ locale: 'en' });
    const page = await (await fetch(url ?? '')).text();
    expect(page).toContain('Demonstration');
    expect(page).toContain('HK$500.00');
    expect(page).toContain('href="http://127.0.0.1:8787/campaigns/warehouse"');
    expect(page).toContain('Harbour &lt;b&gt;Kitchen&lt;/b&gt;');
    expect(page).not.toContain('<script');
    expect(await (await fetch((await open()).url ?? '')).text()).toContain('示範頁面');
  });

  test.each([
    [{ number: '4111 1111 1111 1111' }, '此示範只接受以下測試卡。'],
    [{ expiry: '12 / 20' }, '請輸入尚未到期的月份及年份'],
    [{ cvc: '12' }, '請輸入 3 或 4 位數字的安全碼。'],
    [{ name: '' }, '請輸入姓名'],
  ])('a form with %j is shown again with the reason, and nothing is charged', async (form, reason) => {
    const { id } = await open();
    const answer = await account.pay(id, form);
    expect(await answer.text()).toContain(reason);
    expect((await expanded(id)).intent).toBeNull();
  });

  test('a form sent by another site is refused', async () => {
    const { url } = await open();
    const foreign = { method: 'POST', headers: { origin: 'https://elsewhere.example' } };
    expect((await fetch(url ?? '', foreign)).status).toBe(403);
  });

  test('an open Session expires at its time, cannot be paid then, and leads to no other', async () => {
    const { id } = await open();
    account.pass(3601);
    const expired = await stripe.checkout.sessions.retrieve(id);
    expect(expired).toMatchObject({ status: 'expired', url: null, after_expiration: null });
    expect((await account.pay(id)).status).toBe(409);
  });

  test('payment_pages pays without a browser, holds the expected amount, and a decline is a card_error', async () => {
    const { id } = await open();
    const confirm = (expected_amount: number, payment_method: string) =>
      stripe.rawRequest('POST', `/v1/payment_pages/${id}/confirm`, { expected_amount, payment_method });
    await expect(confirm(49_999, 'pm_card_visa')).rejects.toMatchObject({
      statusCode: 400,
      param: 'expected_amount',
    });
    await expect(confirm(50_000, 'pm_card_visa_chargeDeclined')).rejects.toMatchObject({
      statusCode: 402,
      type: 'StripeCardError',
    });
    const page = await stripe.rawRequest('GET', `/v1/payment_pages/${id}`);
    expect(page).toMatchObject({ session_id: id, status: 'open' });
    await confirm(50_000, 'pm_card_visa');
    expect((await expanded(id)).session.payment_status).toBe('paid');
  });
});

import { request } from 'node:http';
import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { freePort, giftSession, openStripe, secretKey, webhookSecret } from './support/stripe-account.ts';
import { isJudgeThere, type Judge, startJudge, verdictOf } from './support/stripe-judge.ts';

describe('what becomes of money that was paid', () => {
  let account: Awaited<ReturnType<typeof openStripe>>;
  let stripe: Stripe;
  let hookUrl: string | undefined;
  let judge: Judge | undefined;
  beforeAll(async () => {
    hookUrl = isJudgeThere ? `http://127.0.0.1:${await freePort()}` : undefined;
    account = await openStripe(hookUrl ? { webhookUrl: `${hookUrl}/stripe/webhook` } : {});
    if (hookUrl) judge = await startJudge('hook', hookUrl, account.receiverUrl, '--secret', webhookSecret);
    stripe = account.stripe;
  });
  afterAll(async () => {
    judge?.close();
    await account.close();
  });

  /** Pays HK$500 with a test card, and waits until its money is available. */
  async function pay(number = '4242424242424242'): Promise<{ intent: string; charge: string }> {
    const { id } = await stripe.checkout.sessions.create(giftSession());
    await account.pay(id, { number });
    account.pass(61);
    const session = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] });
    const intent = session.payment_intent as Stripe.PaymentIntent;
    return { intent: intent.id, charge: intent.latest_charge as string };
  }
  const typesAbout = async (id: string) => {
    const all = (await stripe.events.list({ limit: 100 })).data;
    return all.filter(({ data }) => (data.object as { id?: string }).id === id).map(({ type }) => type);
  };
  const transactionsOf = async (source: string) =>
    (await stripe.balanceTransactions.list({ source })).data.map(({ type, amount, fee }) => [
      type,
      amount,
      fee,
    ]);

  test('partial refunds add up, and nothing can be refunded twice or beyond what is left', async () => {
    const { intent, charge } = await pay();
    const first = await stripe.refunds.create({ payment_intent: intent, amount: 20_000 });
    expect(first).toMatchObject({ status: 'succeeded', amount: 20_000, charge, payment_intent: intent });
    await expect(stripe.refunds.create({ charge, amount: 30_001 })).rejects.toMatchObject({
      statusCode: 400,
      param: 'amount',
      message: 'Refund amount ($300.01) is greater than unrefunded amount on charge ($300.00)',
    });
    for (const amount of [0, -1]) {
      await expect(stripe.refunds.create({ charge, amount })).rejects.toMatchObject({ param: 'amount' });
    }
    await stripe.refunds.create({ charge, reason: 'requested_by_customer' });
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 50_000, refunded: true });
    await expect(stripe.refunds.create({ charge })).rejects.toMatchObject({
      code: 'charge_already_refunded',
    });
    expect((await stripe.refunds.list({ charge })).data.map(({ amount }) => amount)).toEqual([
      30_000, 20_000,
    ]);
    expect(await transactionsOf(first.id)).toEqual([['refund', -20_000, 0]]);
    expect(await typesAbout(charge)).toContain('charge.refunded');
  });

  test('a refund repeated under its key is made once; while the key is in use the second request is refused with 409', async () => {
    const { charge } = await pay();
    const key = { idempotencyKey: `refund-${charge}` };
    const once = await stripe.refunds.create({ charge, amount: 100 }, key);
    expect((await stripe.refunds.create({ charge, amount: 100 }, key)).id).toBe(once.id);
    await expect(stripe.refunds.create({ charge, amount: 200 }, key)).rejects.toMatchObject({
      type: 'StripeIdempotencyError',
    });
    expect((await stripe.refunds.list({ charge })).data).toHaveLength(1);

    const body = `charge=${charge}&amount=300`;
    const slow = request(`${account.url}/v1/refunds`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${secretKey}`,
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': body.length,
        'idempotency-key': 'slow',
        expect: '100-continue',
      },
    });
    slow.flushHeaders();
    await new Promise((resolve) => slow.once('continue', resolve));
    await expect(
      stripe.refunds.create({ charge, amount: 300 }, { idempotencyKey: 'slow' }),
    ).rejects.toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
    const answer = new Promise((resolve) => slow.once('response', resolve));
    slow.end(body);
    expect(await answer).toMatchObject({ statusCode: 200 });
    const replayed = await stripe.refunds.create({ charge, amount: 300 }, { idempotencyKey: 'slow' });
    expect(replayed.amount).toBe(300);
    expect((await stripe.refunds.list({ charge })).data).toHaveLength(2);
  });

  test('a refund that fails later returns the money to the charge, by card 5126 and by the button', async () => {
    const { charge } = await pay('4000000000005126');
    const { id } = await stripe.refunds.create({ charge });
    account.pass(6);
    const failed = await stripe.refunds.retrieve(id, { expand: ['failure_balance_transaction'] });
    expect(failed).toMatchObject({
      status: 'failed',
      failure_reason: 'lost_or_stolen_card',
      failure_balance_transaction: { amount: 50_000, type: 'refund_failure' },
    });
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 0, refunded: false });
    expect(await typesAbout(id)).toEqual([
      'refund.failed',
      'charge.refund.updated',
      'refund.updated',
      'refund.created',
    ]);
    const again = await stripe.refunds.create({ charge: (await pay()).charge });
    await account.call(`refunds/${again.id}/fail`);
    expect((await stripe.refunds.retrieve(again.id)).status).toBe('failed');
    expect((await account.call(`refunds/${again.id}/fail`)).status).toBe(400);
  });

  test('a refund of card 7726 is pending first', async () => {
    const { charge } = await pay('4000000000007726');
    const { id, status } = await stripe.refunds.create({ charge });
    expect(status).toBe('pending');
    account.pass(6);
    expect((await stripe.refunds.retrieve(id)).status).toBe('succeeded');
  });

  test('card 0259 is disputed: money and fee leave at once, no refund can be made, and a win brings the money back', async () => {
    const { intent, charge } = await pay('4000000000000259');
    const [dispute] = (await stripe.disputes.list({ payment_intent: intent })).data;
    const id = dispute?.id ?? '';
    expect(dispute).toMatchObject({ status: 'needs_response', amount: 50_000, is_charge_refundable: false });
    expect(await transactionsOf(id)).toEqual([['adjustment', -50_000, 8500]]);
    await expect(stripe.refunds.create({ charge })).rejects.toMatchObject({ code: 'charge_disputed' });
    await stripe.disputes.update(id, { evidence: { uncategorized_text: 'winning_evidence' } });
    expect(await stripe.disputes.retrieve(id)).toMatchObject({ status: 'won' });
    expect(await transactionsOf(id)).toEqual([
      ['adjustment', 50_000, 0],
      ['adjustment', -50_000, 8500],
    ]);
    await account.call(`disputes/${id}/move`, { step: 'appeal' });
    expect((await stripe.disputes.retrieve(id)).status).toBe('appeal_needs_response');
    await account.call(`disputes/${id}/move`, { step: 'lose' });
    expect(await typesAbout(id)).toEqual([
      'charge.dispute.closed',
      'charge.dispute.funds_withdrawn',
      'charge.dispute.updated',
      'charge.dispute.closed',
      'charge.dispute.funds_reinstated',
      'charge.dispute.updated',
      'charge.dispute.funds_withdrawn',
      'charge.dispute.created',
    ]);
  });

  test('an inquiry moves no money until the bank goes on; a dispute may be of another amount and won in part', async () => {
    const { intent } = await pay('4000000000001976');
    const [inquiry] = (await stripe.disputes.list({ payment_intent: intent })).data;
    expect(inquiry).toMatchObject({ status: 'warning_needs_response', balance_transactions: [] });
    await account.call(`disputes/${inquiry?.id}/move`, { step: 'close-inquiry' });
    expect((await stripe.disputes.retrieve(inquiry?.id ?? '')).status).toBe('warning_closed');
    expect((await account.call(`disputes/${inquiry?.id}/move`, { step: 'win' })).status).toBe(400);

    const other = await pay();
    await account.call(`charges/${other.charge}/dispute`, { amount: '51000' });
    const [dispute] = (await stripe.disputes.list({ charge: other.charge })).data;
    await account.call(`disputes/${dispute?.id}/move`, { step: 'win', amount: '40000' });
    expect((await transactionsOf(dispute?.id ?? '')).map(([, amount]) => amount)).toEqual([40_000, -51_000]);
  });

  test('an automatic payout takes every open transaction and lists them; a failed one returns the money', async () => {
    await pay();
    await account.call('payouts');
    const [payout] = (await stripe.payouts.list({ limit: 1 })).data;
    const id = payout?.id ?? '';
    expect(payout).toMatchObject({
      automatic: true,
      status: 'in_transit',
      reconciliation_status: 'in_progress',
    });
    const taken = [];
    for await (const one of stripe.balanceTransactions.list({
      payout: id,
      limit: 3,
      expand: ['data.source'],
    })) {
      taken.push(one);
    }
    expect(taken.reduce((sum, { net }) => sum + net, 0)).toBe(0);
    expect(taken.every(({ source }) => typeof source === 'object')).toBe(true);
    for (const step of ['pay', 'reconcile', 'fail']) await account.call(`payouts/${id}/move`, { step });
    expect(await typesAbout(id)).toEqual([
      'payout.failed',
      'payout.reconciliation_completed',
      'payout.paid',
      'payout.created',
    ]);
    const balance = await stripe.balance.retrieve();
    expect(balance.available).toMatchObject([{ currency: 'hkd', amount: payout?.amount }]);
    const manual = await stripe.payouts.create({ amount: 1000, currency: 'hkd' });
    await expect(stripe.balanceTransactions.list({ payout: manual.id })).rejects.toMatchObject({
      param: 'payout',
    });
    expect(await stripe.payouts.cancel(manual.id)).toMatchObject({ status: 'canceled' });
    await expect(stripe.payouts.create({ amount: 99_999_999, currency: 'hkd' })).rejects.toMatchObject({
      code: 'balance_insufficient',
    });
  });

  test('a call can be made to fail before its effect, or after it with the answer lost', async () => {
    const { charge } = await pay();
    await account.call('faults', { when: 'before', path: '/v1/refunds' });
    const key = { idempotencyKey: 'lost' };
    await expect(stripe.refunds.create({ charge }, key)).rejects.toMatchObject({ statusCode: 500 });
    expect((await stripe.refunds.list({ charge })).data).toEqual([]);
    await account.call('faults', { when: 'after', path: '/v1/refunds' });
    await expect(stripe.refunds.create({ charge }, key)).rejects.toMatchObject({ statusCode: 500 });
    const [made] = (await stripe.refunds.list({ charge })).data;
    expect((await stripe.refunds.create({ charge }, key)).id).toBe(made?.id);
  });

  test('events are filtered by type, types, time and delivery', async () => {
    const { data } = await stripe.events.list({ limit: 100 });
    const types = ['refund.created', 'refund.failed'];
    const some = await stripe.events.list({ types, limit: 100 });
    expect(some.data.map(({ id }) => id)).toEqual(
      data.filter(({ type }) => types.includes(type)).map(({ id }) => id),
    );
    await expect(stripe.events.list({ types, type: 'refund.created' })).rejects.toMatchObject({
      param: 'types',
    });
    const from = data.at(-1)?.created ?? 0;
    const before = await stripe.events.list({ created: { lt: from }, limit: 100 });
    expect(before.data.every(({ created }) => created < from)).toBe(true);
    const since = await stripe.events.list({ created: { gte: from }, type: 'refund.*', limit: 100 });
    expect(since.data.every(({ created, type }) => created >= from && type.startsWith('refund.'))).toBe(true);
    expect(since.data.length).toBeGreaterThan(0);
  });

  test('every event of these stories has Stripe’s shape', async () => {
    if (!hookUrl) return;
    await vi.waitFor(async () => {
      expect((await stripe.events.list({ delivery_success: false })).data).toEqual([]);
    }, 20_000);
    const verdict = await verdictOf(hookUrl);
    expect(verdict.violations).toEqual([]);
    expect(verdict.checked).toBeGreaterThan(50);
  });
});

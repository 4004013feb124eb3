import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { freePort, openStripe, webhookSecret } from './support/stripe-account.ts';
import { isJudgeThere, type Judge, startJudge, verdictOf } from './support/stripe-judge.ts';

const shim = createRequire(import.meta.url).resolve('@stripe/cli/bin/shim.js');

describe('the local Stripe driven by Stripe’s own command line', () => {
  let home: string;
  let account: Awaited<ReturnType<typeof openStripe>>;
  let hookUrl: string | undefined;
  let judge: Judge | undefined;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'tideover-stripe-cli-'));
    hookUrl = isJudgeThere ? `http://127.0.0.1:${await freePort()}` : undefined;
    account = await openStripe(hookUrl ? { webhookUrl: `${hookUrl}/stripe/webhook` } : {});
    if (hookUrl) judge = await startJudge('hook', hookUrl, account.receiverUrl, '--secret', webhookSecret);
  });
  afterAll(async () => {
    judge?.close();
    await account.close();
    await rm(home, { recursive: true, force: true });
  });

  /** Runs `stripe trigger`; what it would ask of the network, such as its newest version, fails at once. */
  async function trigger(event: string, ...more: string[]): Promise<{ code: number | null; output: string }> {
    const { PATH = '' } = process.env;
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    const child = spawn(
      process.execPath,
      [shim, 'trigger', event, '--api-base', account.url, '--api-key', 'sk_test_123456789012', ...more],
      {
        env: { PATH, HOME: home, XDG_CONFIG_HOME: home, HTTPS_PROXY: nowhere, STRIPE_NO_AUTO_UPDATE: '1' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    return { code, output };
  }

  const arrived = (type: string) => account.events().filter((event) => event.type === type);

  test.each([
    ['checkout.session.completed', { status: 'complete', payment_status: 'paid', amount_total: 3000 }],
    ['checkout.session.expired', { status: 'expired', payment_status: 'unpaid' }],
    ['checkout.session.async_payment_succeeded', { status: 'complete', payment_status: 'paid' }],
    ['checkout.session.async_payment_failed', { status: 'complete', payment_status: 'unpaid' }],
    // Before anything takes money: a payout wants what is available.
    ['payout.updated', { status: 'pending', amount: 1100, automatic: false }],
    ['charge.refunded', { amount: 100, amount_refunded: 100, refunded: true }],
    ['charge.refund.updated', { status: 'succeeded', metadata: { order_id: '6735' } }],
    ['charge.dispute.created', { status: 'warning_needs_response', amount: 100 }],
    ['charge.dispute.closed', { status: 'lost' }],
    ['payment_intent.succeeded', { status: 'succeeded', amount_received: 2000 }],
    ['payment_intent.payment_failed', { status: 'requires_payment_method' }],
    ['payment_intent.requires_action', { status: 'requires_action' }],
    ['payment_intent.canceled', { status: 'canceled' }],
    ['charge.captured', { captured: true, amount_captured: 2000 }],
    ['customer.updated', { metadata: { foo: 'bar' } }],
    ['payment_method.detached', { customer: null }],
  ])('stripe trigger %s ends well, and the event is delivered, signed', async (type, object) => {
    const before = arrived(type).length;
    const { code, output } = await trigger(type);
    expect(output).toContain('Trigger succeeded!');
    expect(code).toBe(0);
    account.pass(2);
    await vi.waitFor(() => expect(arrived(type).length).toBeGreaterThan(before), 20_000);
    expect(arrived(type).map((event) => event.data.object)).toContainEqual(expect.objectContaining(object));
    const stored = await account.stripe.events.list({ type });
    expect(stored.data[0]?.data.object).toMatchObject(object);
  });

  test('what these triggers sent has Stripe’s shape in every field', async () => {
    if (!hookUrl) return;
    const url = hookUrl;
    await vi.waitFor(async () => {
      expect((await account.stripe.events.list({ delivery_success: false })).data).toEqual([]);
    }, 20_000);
    const verdict = await verdictOf(url);
    expect(verdict.violations).toEqual([]);
    expect(verdict.checked).toBeGreaterThanOrEqual(40);
  });

  test('with the pinned version the payment_method_types of an old trigger are refused by name', async () => {
    const { code, output } = await trigger('charge.refunded', '--api-version', Stripe.API_VERSION);
    expect(output).toContain('Received unknown parameter: payment_method_types');
    expect(code).not.toBe(0);
  });

  test('a trigger of something that the local Stripe lacks names the missing call', async () => {
    const { code, output } = await trigger('topup.created');
    expect(output).toContain('POST: /v1/topups');
    expect(code).not.toBe(0);
  });
});

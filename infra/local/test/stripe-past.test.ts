import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LocalStripe, startLocalStripe } from '../stripe/server.ts';
import { clientFor, giftSession, secretKey, webhookSecret } from './support/stripe-account.ts';

/** 22 November 2026, noon in Hong Kong. */
const present = new Date('2026-11-22T04:00:00Z');
const past = new Date('2026-06-03T02:00:00Z');
const secondsOf = (moment: Date) => moment.getTime() / 1000;

describe('a moment of the past at the local Stripe', () => {
  let server: LocalStripe;
  let posted: string[];
  beforeEach(async () => {
    posted = [];
    const webhook = (url: string) => {
      posted.push(url);
      return 'http://127.0.0.1:9';
    };
    server = await startLocalStripe({
      port: { port: 0 },
      secretKey,
      webhookUrl: () => webhook('/stripe/webhook'),
      webhookSecret,
      accountName: 'Test',
      clock: () => present.getTime(),
    });
  });
  afterEach(() => server.close());

  const client = () => clientFor(server.url);
  const expiresIn = (moment: Date) => ({ ...giftSession(), expires_at: secondsOf(moment) + 3600 });
  const payThen = () =>
    server.inThePast(past, async () => {
      const { id } = await client().checkout.sessions.create(expiresIn(past));
      const form = { payment_method: 'pm_card_visa', expected_amount: '50000' };
      const answer = await fetch(`${server.url}/v1/payment_pages/${id}/confirm`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secretKey}` },
        body: new URLSearchParams(form),
      });
      expect(answer.status).toBe(200);
    });

  test('makes all objects then, with the fee a moment later', async () => {
    await payThen();
    const list = { limit: 100, expand: ['data.payment_intent.latest_charge.balance_transaction'] };
    const { data } = await client().checkout.sessions.list(list);
    const at = secondsOf(past);
    expect(data).toMatchObject([
      {
        created: at,
        payment_status: 'paid',
        payment_intent: {
          created: at,
          latest_charge: { created: at, balance_transaction: { created: at + 1, amount: 50_000, fee: 1935 } },
        },
      },
    ]);
  });

  test('gives its events to the caller and not to the webhook, and they count as delivered', async () => {
    const events = await payThen();
    expect(events.map(({ type }) => type)).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.completed',
      'charge.updated',
    ]);
    expect((await client().events.list({ delivery_success: false })).data).toEqual([]);
    expect(posted).toEqual([]);
  });

  test('ends with the present, also when something went wrong in it', async () => {
    const failing = server.inThePast(past, () => Promise.reject(new Error('A card was lost.')));
    await expect(failing).rejects.toThrow('A card was lost.');
    const { created } = await client().checkout.sessions.create(expiresIn(present));
    expect(created).toBe(secondsOf(present));
    await client().customers.create({ email: 'a@example.org' });
    expect(posted).toEqual(['/stripe/webhook']);
  });

  test('is the only one while it is played', async () => {
    const played = server.inThePast(past, () => server.inThePast(present, () => {}));
    await expect(played).rejects.toThrow('Another moment of the past is being played.');
  });
});

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { giftSession, openStripe } from './support/stripe-account.ts';

describe('webhooks', () => {
  let account: Awaited<ReturnType<typeof openStripe>>;
  beforeEach(async () => {
    account = await openStripe();
  });
  afterEach(() => account.close());

  const received = (count: number) => vi.waitFor(() => expect(account.received.length).toBe(count));
  const types = () => account.events().map((event) => event.type);
  const payNew = async () => {
    const { id } = await account.stripe.checkout.sessions.create(giftSession());
    await account.pay(id);
    return id;
  };

  test('a payment sends its events, signed so that the SDK accepts them, with the pinned version', async () => {
    await payNew();
    await received(4);
    expect(types().toSorted()).toEqual([
      'charge.succeeded',
      'checkout.session.completed',
      'payment_intent.created',
      'payment_intent.succeeded',
    ]);
    expect(account.received[0]?.userAgent).toBe('Stripe/1.0 (+https://stripe.com/docs/webhooks)');
    expect(account.events()[0]).toMatchObject({ api_version: '2026-10-28.endive', livemode: false });
  });

  test('an event that is not answered 2xx stays pending and is sent again after a pause', async () => {
    account.answers.push(500);
    await account.stripe.customers.create({ email: 'a@example.org' });
    await received(1);
    await vi.waitFor(async () => {
      const failed = await (await fetch(`${account.url}/__local/deliveries`)).json();
      expect(failed).toMatchObject({ data: [{ state: 'waiting', attempts: 1, reason: 'answered 500' }] });
    });
    const pending = await account.stripe.events.list({ delivery_success: false });
    expect(pending.data).toMatchObject([{ type: 'customer.created', pending_webhooks: 1 }]);
    account.pass(31);
    await received(2);
    expect(account.received[1]?.body).toBe(account.received[0]?.body);
    await vi.waitFor(async () => {
      const done = await account.stripe.events.list({ delivery_success: true });
      expect(done.data).toMatchObject([{ type: 'customer.created', pending_webhooks: 0 }]);
    });
  });

  test('held events go out only when released, in the order asked for', async () => {
    await account.call('hold');
    await payNew();
    expect(account.received).toEqual([]);
    await account.call('release', { order: 'newest-first' });
    expect(types()).toEqual([
      'checkout.session.completed',
      'payment_intent.succeeded',
      'charge.succeeded',
      'payment_intent.created',
    ]);
  });

  test('single held events can be released by name while the rest waits', async () => {
    await account.call('hold');
    await payNew();
    const [completed] = (await account.stripe.events.list({ type: 'checkout.session.completed' })).data;
    await account.call('release', { 'events[0]': completed?.id ?? '' });
    expect(types()).toEqual(['checkout.session.completed']);
    expect(await (await account.call('release')).json()).toMatchObject({ holding: false });
    expect(types().length).toBe(4);
  });

  test('an event can be sent twice at once, later, and again by Stripe’s own retry call', async () => {
    await account.stripe.customers.create({ email: 'a@example.org' });
    await received(1);
    const id = account.events()[0]?.id ?? '';
    await account.call(`events/${id}/send`, { times: '2' });
    expect(account.received.length).toBe(3);
    await account.call(`events/${id}/send`, { after: '40' });
    expect(account.received.length).toBe(3);
    account.pass(41);
    await received(4);
    await account.stripe.rawRequest('POST', `/v1/events/${id}/retry`);
    await received(5);
    expect(new Set(account.received.map(({ body }) => body)).size).toBe(1);
  });

  test('the list page shows sessions, payments, events and deliveries, and its buttons lead back to it', async () => {
    const id = await payNew();
    const page = await (await fetch(`${account.url}/`)).text();
    for (const word of [id, 'payment_intent.succeeded', 'Hold new webhooks', 'Twice at once']) {
      expect(page).toContain(word);
    }
    const pressed = await fetch(`${account.url}/__local/hold`, {
      method: 'POST',
      redirect: 'manual',
      headers: { accept: 'text/html', origin: account.url },
    });
    expect([pressed.status, pressed.headers.get('location')]).toEqual([303, '/']);
    expect(await (await fetch(`${account.url}/`)).text()).toContain('Release, newest first');
  });
});

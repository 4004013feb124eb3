import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect } from 'vitest';
import { createStaffApp } from '#apps/staff/staff-app.ts';
import type { Role } from '#kernel/staff/actor.ts';
import { openStripe as openGateway } from '#payments/checkout/gateway.ts';
import { makeRefund } from '#payments/refunds/refund-gateway.ts';
import { runRefundRequests } from '#payments/refunds/run-refund-requests.ts';
import { keys } from '#platform/table/keys.ts';
import { openStripe, secretKey } from '../../infra/local/test/support/stripe-account.ts';
import { asDescribed } from '../support/described.ts';
import { nobody } from '../support/local-stripe.ts';
import { outcomeOf, webhookOn } from '../support/payments.ts';
import { ledgerLines } from '../support/readable-ledger.ts';
import { booksOf } from '../support/refunds.ts';
import { gift, postCheckout, siteOn } from '../support/site.ts';
import { standIn } from '../support/stand-in.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';
import { raceUnderOneKey } from '../support/unguarded.ts';

const day = 86_400;

const reason = 'requested-by-giver';

/** A gift of HK$500.00 that is paid and booked, and the staff's desk, beside a local Stripe whose clock a test moves. */
const it = campaignStory.extend('desk', async ({ log: _, table }, { onCleanup }) => {
  const account = await openStripe();
  onCleanup(() => account.close());
  let passed = 0;
  const clock = () => new Date(Date.now() + passed * 1000);
  const pass = (seconds: number) => {
    account.pass(seconds);
    passed += seconds;
  };
  const gateway = () => Promise.resolve(openGateway(secretKey, account.url));
  const site = siteOn(table, account.url, { stripe: gateway });

  async function give(email: string, form: Record<string, string> = {}) {
    const started = await postCheckout(site, { ...gift, email }, { key: email });
    const { checkoutId, checkoutUrl } = (await started.json()) as Record<
      'checkoutId' | 'checkoutUrl',
      string
    >;
    const sessionId = new URL(checkoutUrl).pathname.split('/').at(-1) ?? '';
    await account.pay(sessionId, form);
    if (form.method) await account.call(`sessions/${sessionId}/settle`);
    pass(61);
    const session = await account.stripe.checkout.sessions.retrieve(sessionId);
    await catchUp();
    return { checkoutId, paymentId: session.payment_intent as string };
  }

  /** Delivers every event that Stripe has, newest first: the worst order. */
  async function catchUp(): Promise<string[]> {
    const outcomes: string[] = [];
    for (const event of (await account.stripe.events.list({ limit: 100 })).data) {
      const deliver = webhookOn(table, { clock }).deliver({ ...event });
      outcomes.push(`${event.type} ${await outcomeOf(await deliver)}`);
    }
    return outcomes;
  }

  const staff = (role: Role = 'finance', stripe = gateway) =>
    asDescribed(
      createStaffApp({
        random: Math.random,
        table,
        clock,
        actorOf: () => ({ id: `sub-${role}`, roles: [role] }),
        stripe,
      }),
    );
  async function ask(body: unknown, key = 'key-1', app = staff(), paymentId = given.paymentId) {
    const response = await app.request(`/api/staff/gifts/${paymentId}/refunds`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
  const sweep = () => runRefundRequests({ table, now: clock(), random: Math.random, stripe: gateway });
  const failStripe = (when: 'before' | 'after') =>
    // The client tries twice by itself.
    account.call('faults', { when, path: '/v1/refunds', times: '2' });
  const atStripe = async (paymentId = given.paymentId) =>
    (await account.stripe.refunds.list({ payment_intent: paymentId })).data.map(({ amount }) => amount);
  const giftNow = async (paymentId = given.paymentId) => {
    const item = (await everything(table, 'payment')).find((each) => each.paymentId === paymentId);
    return { refunded: item?.refunded ?? 0, reserved: item?.refundReserved ?? 0 };
  };
  const given = await give('juniper@example.org');
  return {
    ...given,
    account,
    site,
    gateway,
    clock,
    pass,
    give,
    catchUp,
    staff,
    ask,
    sweep,
    failStripe,
    atStripe,
    giftNow,
  };
});

describe('a refund that the staff asks for', () => {
  it('in full: is made, booked at once, mailed to the donor, audited; its events change nothing more', async ({
    table,
    desk: { checkoutId, paymentId, site, catchUp, ask, atStripe },
  }) => {
    const { status, body } = await ask({ reason });
    expect([status, body]).toEqual([
      201,
      expect.objectContaining({
        amount: 50_000,
        currency: 'HKD',
        state: 'done',
        reason,
        askedBy: 'sub-finance',
      }),
    ]);
    expect(await atStripe()).toEqual([50_000]);
    const books = await booksOf(table);
    expect(books.totals).toMatchObject({ raised: 0, supporters: 0 });
    expect((await catchUp()).filter((each) => each.startsWith('refund'))).toEqual([
      'refund.created duplicate',
    ]);
    expect((await booksOf(table)).items).toEqual(books.items);
    const checkout = await (await site.request(`/api/checkouts/${checkoutId}`)).json();
    expect(checkout).toMatchObject({ status: 'refunded', amount: 50_000 });
    expect((await everything(table, 'outbox')).map(({ key }) => key)).toContain(
      `gift-refunded/${body.refundId as string}`,
    );
    expect(await everything(table, 'audit-entry')).toMatchObject([
      {
        actor: 'sub-finance',
        action: 'gift.refund',
        object: { kind: 'gift', id: paymentId },
        before: { refunded: 0 },
        after: {
          state: 'refund-asked',
          amount: 50_000,
          currency: 'hkd',
          reasonCode: reason,
          refundId: body.id,
        },
      },
    ]);
  });

  it('is idempotent for ever: the same key and body get the same refund, days later too; another body does not', async ({
    desk: { pass, ask, atStripe, giftNow },
  }) => {
    const first = await ask({ amount: 10_000, reason });
    pass(3 * day);
    const again = await ask({ amount: 10_000, reason });
    expect([first.status, again.status, again.body]).toEqual([201, 200, first.body]);
    expect(await ask({ amount: 10_001, reason })).toMatchObject({
      status: 422,
      body: { code: 'idempotency-key-reused' },
    });
    expect(await atStripe()).toEqual([10_000]);
    expect((await ask({ amount: 10_000, reason }, 'key-2')).status).toBe(201);
    expect(await giftNow()).toEqual({ refunded: 20_000, reserved: 0 });
  });

  it.for([
    [{ amount: 0, reason }, 422, '/amount'],
    [{ amount: -1, reason }, 422, '/amount'],
    [{ amount: 10.5, reason }, 422, '/amount'],
    [{ amount: '100', reason }, 422, '/amount'],
    [{ amount: 50_001, reason }, 409, '/amount'],
    [{ amount: 100, currency: 'USD', reason }, 422, '/currency'],
    [{ amount: 100 }, 422, '/reason'],
    [{ amount: 100, reason: 'May Chan asked' }, 422, '/reason'],
    [{ amount: 100, reason, note: 'x' }, 422, '/note'],
  ])(
    'of %j is refused with %i at %s, and nothing is half done',
    async ([body, status, pointer], { table, desk: { ask, atStripe } }) => {
      const before = await booksOf(table);
      expect(await ask(body)).toMatchObject({ status, body: { errors: [{ pointer }] } });
      expect(await booksOf(table)).toEqual(before);
      expect(await atStripe()).toEqual([]);
    },
  );

  it('takes the gift’s own currency in either case of letters, and knows no other gift', async ({
    desk: { staff, ask },
  }) => {
    expect((await ask({ amount: 100, currency: 'HKD', reason })).status).toBe(201);
    expect(await ask({ reason }, 'key-2', staff(), 'pi_none')).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
  });

  it('twice at once: one is made, the other answer says what can still be refunded', async ({
    table,
    desk: { ask, atStripe, giftNow },
  }) => {
    const answers = await Promise.all([
      ask({ amount: 30_000, reason }, 'a'),
      ask({ amount: 30_000, reason }, 'b'),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      code: 'refund-above-left',
      detail: 'HK$200.00 of this gift can be refunded.',
    });
    expect([await atStripe(), await giftNow()]).toEqual([[30_000], { refunded: 30_000, reserved: 0 }]);
    expect(await everything(table, 'refund-request')).toHaveLength(1);
  });

  it('the same request many times at once is one refund', async ({
    table,
    desk: { ask, atStripe, giftNow },
  }) => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask({ amount: 30_000, reason })));
    for (const { status } of answers) expect([200, 201, 202]).toContain(status);
    expect([await atStripe(), await giftNow()]).toEqual([[30_000], { refunded: 30_000, reserved: 0 }]);
    expect((await everything(table, 'audit-entry')).length).toBe(1);
  });

  it.for<[string, boolean, number[]]>([
    ['two, did it not keep the item of its request', false, [10_000, 10_000]],
    ['one: both read before either wrote', true, [10_000]],
  ])(
    'the same request twice at once is %s',
    async ([_, recorded, made], { table, desk: { ask, atStripe } }) => {
      raceUnderOneKey(table, { recorded });
      const body = { amount: 10_000, reason };
      const answers = await Promise.all([ask(body), ask(body)]);
      for (const { status } of answers) expect([200, 201]).toContain(status);
      expect(await atStripe()).toEqual(made);
      if (recorded) expect(answers[0]?.body).toEqual(answers[1]?.body);
    },
  );

  it('while Stripe fails before the effect: is kept with its reservation, and the sweep makes it once', async ({
    desk: { pass, ask, sweep, failStripe, atStripe, giftNow },
  }) => {
    await failStripe('before');
    expect(await ask({ amount: 40_000, reason })).toMatchObject({ status: 202, body: { state: 'asked' } });
    expect([await atStripe(), await giftNow()]).toEqual([[], { refunded: 0, reserved: 40_000 }]);
    expect(await ask({ amount: 20_000, reason }, 'key-2')).toMatchObject({
      status: 409,
      body: { detail: 'HK$100.00 of this gift can be refunded.' },
    });
    expect(await sweep()).toEqual({ settled: 0, waiting: 0 });
    pass(120);
    expect(await sweep()).toEqual({ settled: 1, waiting: 0 });
    expect([await atStripe(), await giftNow()]).toEqual([[40_000], { refunded: 40_000, reserved: 0 }]);
    expect(await sweep()).toEqual({ settled: 0, waiting: 0 });
  });

  it('when Stripe fails after the effect: is not made again, also days later, when Stripe has dropped the key', async ({
    table,
    desk: { pass, catchUp, ask, sweep, failStripe, atStripe, giftNow },
  }) => {
    await failStripe('after');
    expect((await ask({ amount: 10_000, reason })).status).toBe(202);
    pass(2 * day);
    expect(await sweep()).toEqual({ settled: 1, waiting: 0 });
    expect(await ask({ amount: 10_000, reason })).toMatchObject({ status: 200, body: { state: 'done' } });
    expect([await atStripe(), await giftNow()]).toEqual([[10_000], { refunded: 10_000, reserved: 0 }]);
    await catchUp();
    expect(await giftNow()).toEqual({ refunded: 10_000, reserved: 0 });
    expect((await ledgerLines(table)).filter((line) => line.includes('| refund |'))).toHaveLength(1);
  });

  it('would be made twice by then, if it were not looked for first', async ({
    table,
    desk: { gateway, clock, pass, ask, failStripe, atStripe },
  }) => {
    await failStripe('after');
    const { body } = await ask({ amount: 10_000, reason });
    pass(2 * day);
    const request = (await everything(table, 'refund-request')).find(({ id }) => id === body.id);
    const asked = standIn<Parameters<typeof makeRefund>[0]>({ ...request, at: clock() });
    await makeRefund(asked, {
      stripe: await gateway(),
    });
    expect(await atStripe()).toEqual([10_000, 10_000]);
  });

  it('after a crash between writing and calling: the same request, or the sweep, goes on', async ({
    desk: { pass, staff, ask, sweep, atStripe, giftNow },
  }) => {
    const crash = () => Promise.reject(new Error('The function was ended here.'));
    expect((await ask({ amount: 100, reason }, 'a', staff('finance', crash))).status).toBe(500);
    expect((await ask({ amount: 200, reason }, 'b', staff('finance', crash))).status).toBe(500);
    expect(await giftNow()).toEqual({ refunded: 0, reserved: 300 });
    expect(await ask({ amount: 100, reason }, 'a')).toMatchObject({ status: 200, body: { state: 'done' } });
    pass(120);
    expect(await sweep()).toEqual({ settled: 1, waiting: 0 });
    expect([(await atStripe()).sort(), await giftNow()]).toEqual([
      [100, 200],
      { refunded: 300, reserved: 0 },
    ]);
  });

  it('is resolved by Stripe’s event when that is faster than Stripe’s answer', async ({
    table,
    desk: { catchUp, ask, failStripe, atStripe, giftNow },
  }) => {
    await failStripe('after');
    const { body } = await ask({ amount: 10_000, reason });
    expect(await catchUp()).toContain('refund.created refunded');
    expect(await giftNow()).toEqual({ refunded: 10_000, reserved: 0 });
    expect(await everything(table, 'refund-request')).toMatchObject([{ id: body.id, state: 'done' }]);
    expect(await ask({ amount: 10_000, reason })).toMatchObject({ status: 200, body: { state: 'done' } });
    expect(await atStripe()).toEqual([10_000]);
  });

  it('releases its reservation when a person was faster in Stripe’s dashboard, and says so again when it is repeated', async ({
    desk: { paymentId, account, catchUp, ask, atStripe, giftNow },
  }) => {
    await account.stripe.refunds.create({ payment_intent: paymentId, amount: 50_000 });
    const refused = { status: 409, body: { code: 'refund-above-left' } };
    expect(await ask({ amount: 10_000, reason })).toMatchObject(refused);
    expect(await giftNow()).toEqual({ refunded: 0, reserved: 0 });
    expect(await ask({ amount: 10_000, reason })).toMatchObject(refused);
    await catchUp();
    expect(await giftNow()).toEqual({ refunded: 50_000, reserved: 0 });
    expect(await atStripe()).toEqual([50_000]);
  });

  it('is refused while the gift is disputed, by our own books and by Stripe', async ({
    table,
    desk: { paymentId, account, ask, atStripe, giftNow },
  }) => {
    const { pk, sk } = keys.payment(paymentId);
    const disputed = (open: boolean) =>
      table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: { pk, sk },
          UpdateExpression: 'SET disputeOpen = :open',
          ExpressionAttributeValues: { ':open': open },
        }),
      );
    await disputed(true);
    const refused = { status: 409, body: { code: 'gift-disputed' } };
    expect(await ask({ reason })).toMatchObject(refused);
    expect(await everything(table, 'refund-request')).toEqual([]);
    await disputed(false);
    const charge = (await account.stripe.charges.list({ payment_intent: paymentId })).data[0];
    await account.call(`charges/${charge?.id}/dispute`, { kind: 'chargeback' });
    expect(await ask({ reason }, 'key-2')).toMatchObject(refused);
    expect([await atStripe(), await giftNow()]).toEqual([[], { refunded: 0, reserved: 0 }]);
  });

  it('of a wallet after a year says that it is too late, and what to do; a card’s is made', async ({
    desk: { pass, give, staff, ask, atStripe, giftNow },
  }) => {
    const { paymentId } = await give('wallet@example.org', { method: 'delayed-succeeds' });
    pass(366 * day);
    expect(await ask({ reason }, 'key-1', staff(), paymentId)).toMatchObject({
      status: 409,
      body: { code: 'refund-too-late', detail: expect.stringContaining('bank transfer') as string },
    });
    expect([await atStripe(paymentId), await giftNow(paymentId)]).toEqual([[], { refunded: 0, reserved: 0 }]);
    expect((await ask({ reason }, 'key-2')).status).toBe(201);
  });

  it('that is not resolved after a day is listed for a person once, and still made when Stripe answers', async ({
    log,
    table,
    desk: { clock, pass, staff, ask, sweep, atStripe },
  }) => {
    const dead = () => Promise.resolve(openGateway(secretKey, nobody));
    expect((await ask({ reason }, 'key-1', staff('finance', dead))).status).toBe(202);
    pass(day + 60);
    for (let run = 0; run < 2; run += 1) {
      const late = await runRefundRequests({ table, now: clock(), random: Math.random, stripe: dead });
      expect(late).toEqual({ settled: 0, waiting: 1 });
    }
    expect(await everything(table, 'attention')).toMatchObject([{ kind: 'refund-stuck' }]);
    expect(log.metrics.filter(({ event }) => event === 'RefundNeedsPerson')).toHaveLength(1);
    expect(await sweep()).toEqual({ settled: 1, waiting: 0 });
    expect(await atStripe()).toEqual([50_000]);
  });

  it('stands in the list of the gift’s refunds, with the refundable amount, by staff or at Stripe', async ({
    desk: { paymentId, account, catchUp, staff, ask, failStripe },
  }) => {
    await account.stripe.refunds.create({ payment_intent: paymentId, amount: 5000 });
    await catchUp();
    await ask({ amount: 10_000, reason: 'duplicate' }, 'a');
    await failStripe('before');
    await ask({ amount: 1000, reason: 'other' }, 'b');
    const path = `/api/staff/gifts/${paymentId}/refunds`;
    const read = async () => {
      const answer = (await (await staff('campaigns').request(path)).json()) as {
        refunds: { amount: number }[];
      };
      // Two of one second stand in no order of their own.
      return { ...answer, refunds: answer.refunds.sort((a, b) => a.amount - b.amount) };
    };
    expect(await read()).toMatchObject({
      left: 34_000,
      currency: 'HKD',
      refunds: [
        { amount: 5000, status: 'succeeded', requestId: null },
        { amount: 10_000, status: 'succeeded' },
      ],
      requests: [
        { amount: 10_000, state: 'done', reason: 'duplicate' },
        { amount: 1000, state: 'asked', reason: 'other' },
      ],
    });
    expect((await staff().request('/api/staff/gifts/pi_none/refunds')).status).toBe(404);
  });
});

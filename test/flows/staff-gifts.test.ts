import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { createStaffApp } from '#apps/staff/staff-app.ts';
import { toPersonItem } from '#kernel/people/person-item.ts';
import { type Role, roles } from '#kernel/staff/actor.ts';
import { toCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { recordPayment } from '#payments/payment/record-payment.ts';
import { receiveRefund } from '#payments/refunds/receive-refund.ts';
import { asDescribed } from '../support/described.ts';
import { paidCheckout } from '../support/paid-checkout.ts';
import { aCheckout } from '../support/payments.ts';
import { storeCampaigns } from '../support/site.ts';
import { freshTable } from '../support/table.ts';

const at = new Date('2026-11-22T04:00:00Z');
const checkoutId = `chk_${'a'.repeat(32)}`;
const campaign = 'lai-chi-kok-warehouse';
const paid = paidCheckout({ checkoutId, paymentId: 'pi_staff_1', at });

const it = test.extend('desk', { scope: 'file' }, async ({}) => {
  const table = await freshTable();
  await storeCampaigns(table);
  const checkout = { ...aCheckout(1), id: checkoutId, createdAt: at, expiresAt: at };
  const person = {
    checkoutId,
    name: 'Juniper',
    displayName: undefined,
    email: 'juniper@example.org',
    hideName: true,
    hideAmount: false,
    message: 'Warm wishes',
    marketingConsent: undefined,
  };
  for (const Item of [toCheckoutItem(checkout), toPersonItem(person)]) {
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
  }
  expect(await recordPayment(paid, { table, now: at, random: () => 0 })).toBe('booked');
  const get = (path: string, role: Role) =>
    asDescribed(
      createStaffApp({
        random: Math.random,
        table,
        clock: () => at,
        actorOf: () => ({ id: 'sub-1', roles: [role] }),
      }),
    ).request(path);
  return {
    table,
    get,
  };
});

describe('what the staff sees of gifts', () => {
  it('is the gift with its ledger entries and its checkout', async ({ desk: { get } }) => {
    const response = await get('/api/staff/gifts/pi_staff_1', 'campaigns');
    expect(await response.json()).toEqual({
      paymentId: 'pi_staff_1',
      campaign,
      amount: 50_000,
      cover: 0,
      parts: { gift: 50_000, sales: 0, cover: 0 },
      source: 'stripe',
      plan: null,
      for: null,
      refunded: 0,
      currency: 'HKD',
      frequency: 'once',
      language: 'en',
      at: at.toISOString(),
      month: '2026-11',
      held: null,
      fee: null,
      net: null,
      payout: null,
      checkout: { status: 'paid' },
      entries: [
        {
          sourceId: 'pi_staff_1',
          kind: 'payment',
          currency: 'HKD',
          at: at.toISOString(),
          month: '2026-11',
          campaign: null,
          sides: [
            { account: 'stripe', amount: 50_000 },
            { account: `raised:${campaign}`, amount: -50_000 },
          ],
        },
      ],
    });
  });

  it('shows its refunds and their reversals, by time', async ({ desk: { table, get } }) => {
    const second = { ...paid, paymentId: 'pi_staff_2' };
    await recordPayment(second, { table, now: at, random: () => 0 });
    const fact = {
      paymentId: 'pi_staff_2',
      currency: 'hkd',
      status: 'succeeded',
      requestId: undefined,
    } as const;
    const ctx = { table, now: new Date('2026-11-24T04:00:00Z'), random: () => 0 };
    const [first, last] = [new Date('2026-11-23T04:00:00Z'), new Date('2026-11-24T04:00:00Z')];
    const refund = { ...fact, refundId: 're_a', amount: 10_000, at: first };
    await receiveRefund({ ...refund, failedAt: undefined }, ctx);
    await receiveRefund({ ...refund, failedAt: last }, ctx);
    const answer = await get('/api/staff/gifts/pi_staff_2', 'finance');
    const { entries } = (await answer.json()) as { entries: { kind: string; payment?: string }[] };
    expect(entries.map(({ kind, payment }) => [kind, payment])).toEqual([
      ['payment', undefined],
      ['refund', 'pi_staff_2'],
      ['refund-failed', 'pi_staff_2'],
    ]);
  });

  it('names the donor to those only who may read people', async ({ desk: { get } }) => {
    for (const role of roles) {
      const text = await (await get('/api/staff/gifts/pi_staff_1', role)).text();
      if (role === 'admin' || role === 'finance') {
        expect(JSON.parse(text)).toMatchObject({ person: { name: 'Juniper', message: 'Warm wishes' } });
      } else expect(text, role).not.toMatch(/Juniper|juniper|wishes|chk_/);
    }
  });

  it.for(['pi_none', 'gift', '%2e%2e', 'a%23b', 'x'.repeat(200)])(
    'is nothing, answered 404, for %s',
    async (id, { desk: { get } }) => {
      const response = await get(`/api/staff/gifts/${id}`, 'finance');
      expect([response.status, await response.json()]).toEqual([
        404,
        expect.objectContaining({ code: 'not-found' }),
      ]);
    },
  );

  it('adds up in the list of campaigns', async ({ desk: { get } }) => {
    const { data } = (await (await get('/api/staff/campaigns', 'finance')).json()) as { data: object[] };
    expect(data.length).toBeGreaterThan(1);
    expect(data[0]).toMatchObject({ slug: campaign, totals: { raised: 100_000, supporters: 2 } });
  });
});

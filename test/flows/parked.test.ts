import { describe, expect, it } from 'vitest';
import { runParkedPayments } from '#payments/payment/record-payment.ts';
import { aCheckout, now, outcomeOf, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { everything, freshTable } from '../support/table.ts';

const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
const never = () => Promise.reject(new Error('Stripe is asked only after an hour.'));

describe('a payment whose checkout is not there', () => {
  it('holds ids and amounts only, and is booked by the sweep once the checkout is there', async () => {
    const table = await freshTable();
    const checkout = aCheckout(1);
    await webhookOn(table).deliver(sessionEvent(checkout));
    const run = { table, random: Math.random, whose: never };
    expect(await runParkedPayments({ ...run, now: minutes(5) })).toMatchObject({ waiting: 1 });
    await store(table, checkout);
    expect(await runParkedPayments({ ...run, now: minutes(10) })).toMatchObject({ booked: 1 });
    expect(await everything(table, 'payment')).toMatchObject([
      { parts: { gift: 50_000 }, at: now.toISOString() },
    ]);
    expect(await everything(table, 'parked')).toEqual([]);
  });

  it('waits an hour from its first event, however many duplicates come', async () => {
    const table = await freshTable();
    const event = sessionEvent(aCheckout(1));
    for (const late of [0, 30, 59]) {
      const webhook = webhookOn(table, { clock: () => minutes(late) });
      expect(await outcomeOf(await webhook.deliver(event))).toBe('parked');
    }
    const run = { table, random: Math.random, whose: () => Promise.resolve('another' as const) };
    expect(await runParkedPayments({ ...run, now: minutes(61) })).toMatchObject({ dropped: 1 });
  });

  it('is dropped after an hour when it belongs to another product', async () => {
    const table = await freshTable();
    await webhookOn(table).deliver(sessionEvent(aCheckout(1)));
    const outcome = await runParkedPayments({
      table,
      now: minutes(61),
      random: Math.random,
      whose: () => Promise.resolve('another' as const),
    });
    expect(outcome).toMatchObject({ dropped: 1 });
    expect(await everything(table)).toEqual([]);
  });

  it('is listed for a person after an hour when it carries our key', async () => {
    const table = await freshTable();
    await webhookOn(table).deliver(sessionEvent(aCheckout(1)));
    const settled = await runParkedPayments({
      table,
      now: minutes(61),
      random: Math.random,
      whose: (paymentId: string) => Promise.resolve(paymentId === 'pi_00000001' ? 'ours' : 'another'),
    });
    expect(settled).toMatchObject({ alarmed: 1 });
    expect(await everything(table)).toMatchObject([
      {
        entity: 'attention',
        kind: 'parked-with-our-key',
        id: 'pi_00000001',
        paid: { parts: { gift: 50_000 } },
      },
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { addUp } from '#kernel/totals/totals.ts';
import { fromTotalsItem } from '#kernel/totals/totals-item.ts';
import { amountOf } from '#payments/checkout/checkout.ts';
import { sum } from '#platform/money.ts';
import type { Table } from '#platform/table/table.ts';
import { aCheckout, aPerson, now, outcomeOf, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { everything, freshTable, watchRequests } from '../support/table.ts';
import { indexUnits, transactionUnits } from '../support/write-units.ts';

const totalsOf = async (table: Table) =>
  addUp((await everything(table, 'totals')).map(fromTotalsItem), undefined);

describe('a paid gift', () => {
  it('is booked as a gift, a balanced ledger entry, totals of month and all time, a paid checkout and one mail to send', async () => {
    const table = await freshTable();
    const checkout = aCheckout(1);
    await store(table, checkout);
    expect(await outcomeOf(await webhookOn(table).deliver(sessionEvent(checkout)))).toBe('booked');

    const [gift] = await everything(table, 'payment');
    expect(gift).toMatchObject({
      paymentId: 'pi_00000001',
      source: 'stripe',
      parts: { gift: 50_000, sales: 0, cover: 0 },
      month: '2026-11',
      fund: checkout.fund,
    });
    const [entry] = await everything(table, 'ledger-entry');
    expect(entry?.sides).toEqual([
      { account: 'stripe', amount: 50_000 },
      { account: 'raised:lai-chi-kok-warehouse', amount: -50_000 },
    ]);
    expect(await totalsOf(table)).toEqual({
      raised: 50_000,
      sales: 0,
      supporters: 1,
      months: { '2026-11': 50_000 },
    });
    expect((await everything(table, 'checkout'))[0]?.status).toBe('paid');
    expect((await everything(table, 'outbox')).map(({ key }) => key)).toEqual(['gift-received/pi_00000001']);
  });

  it('takes one request without a read, five items and at most twelve write units, also with a comment of 300 Chinese characters', async () => {
    const table = await freshTable();
    const checkout = aCheckout(2, { language: 'zh-HK' });
    await store(table, checkout, aPerson(checkout, { message: '心'.repeat(300) }));
    const before = new Map((await everything(table)).map((item) => [`${item.pk}|${item.sk}`, item]));
    const sent = watchRequests(table);
    await webhookOn(table).deliver(sessionEvent(checkout));

    expect(sent.map(({ operation }) => operation)).toEqual(['TransactWriteItems']);
    expect(sent[0]?.input.TransactItems).toHaveLength(5);
    const written = (await everything(table)).filter((item) => item.entity !== 'person');
    expect(written).toHaveLength(5);
    const units = written.map((item) => {
      const old = before.get(`${item.pk}|${item.sk}`) ?? {};
      return Math.max(transactionUnits(item), transactionUnits(old)) + indexUnits(item);
    });
    expect(sum(units)).toBeLessThanOrEqual(12);
  });

  it('is booked once when each of fifty events arrives sixteen times at once', {
    timeout: 120_000,
  }, async () => {
    const table = await freshTable();
    const checkouts = Array.from({ length: 50 }, (_, index) =>
      aCheckout(index + 1, { amount: 1_000 + index }),
    );
    await Promise.all(checkouts.map((checkout) => store(table, checkout)));
    const webhook = webhookOn(table);
    for (const checkout of checkouts) {
      const copies = Array.from({ length: 16 }, () => webhook.deliver(sessionEvent(checkout)));
      const outcomes = await Promise.all((await Promise.all(copies)).map(outcomeOf));
      expect(outcomes.sort()).toEqual(['booked', ...Array<string>(15).fill('duplicate')]);
    }
    expect(await everything(table, 'payment')).toHaveLength(50);
    expect(await everything(table, 'outbox')).toHaveLength(50);
    expect(await totalsOf(table)).toMatchObject({
      raised: sum(checkouts.map(amountOf)),
      supporters: 50,
    });
  });

  it("counts in the Hong Kong month of Stripe's time, however late it arrives", async () => {
    const table = await freshTable();
    const [may, june] = [aCheckout(1), aCheckout(2)];
    await Promise.all([store(table, may), store(table, june)]);
    const webhook = webhookOn(table);
    await webhook.deliver(sessionEvent(may, { created: new Date('2026-05-31T23:59:59+08:00') }));
    await webhook.deliver(sessionEvent(june, { created: new Date('2026-06-01T00:00:00+08:00') }));
    expect((await totalsOf(table)).months).toEqual({ '2026-05': 50_000, '2026-06': 50_000 });
  });
});

describe('the webhook, for what else Stripe reports,', () => {
  it('books a payment as Stripe took it and lists it for a person when the amount differs from the checkout', async () => {
    const table = await freshTable();
    const checkout = aCheckout(1);
    await store(table, checkout);
    const event = sessionEvent(checkout, { session: { amount_total: 40_000 } });
    const webhook = webhookOn(table);
    expect(await outcomeOf(await webhook.deliver(event))).toBe('mismatch');
    expect(await outcomeOf(await webhook.deliver(event))).toBe('duplicate');
    expect((await totalsOf(table)).raised).toBe(40_000);
    expect(await everything(table, 'attention')).toMatchObject([
      { kind: 'booking-mismatch', id: 'pi_00000001' },
    ]);
  });

  it('books a checkout that had expired: money that was taken is never refused', async () => {
    const table = await freshTable();
    const checkout = aCheckout(1);
    await store(table, checkout);
    const webhook = webhookOn(table);
    const expired = sessionEvent(checkout, {
      type: 'checkout.session.expired',
      session: { status: 'expired', payment_status: 'unpaid' },
    });
    expect(await outcomeOf(await webhook.deliver(expired))).toBe('moved');
    expect(await outcomeOf(await webhook.deliver(sessionEvent(checkout)))).toBe('late');
    expect((await everything(table, 'checkout'))[0]?.status).toBe('paid');
  });

  it('counts nothing for an unpaid Session, and books it when the delayed payment arrives, in either order', async () => {
    for (const order of ['in order', 'out of order']) {
      const table = await freshTable();
      const checkout = aCheckout(1);
      await store(table, checkout);
      const webhook = webhookOn(table);
      const unpaid = sessionEvent(checkout, { session: { payment_status: 'unpaid' } });
      const paid = sessionEvent(checkout, { type: 'checkout.session.async_payment_succeeded' });
      if (order === 'in order') {
        await webhook.deliver(unpaid);
        expect((await everything(table, 'checkout'))[0]?.status, order).toBe('processing');
        expect(await everything(table, 'payment'), order).toEqual([]);
        await webhook.deliver(paid);
      } else {
        await webhook.deliver(paid);
        await webhook.deliver(unpaid);
      }
      expect((await everything(table, 'checkout'))[0]?.status, order).toBe('paid');
      expect((await totalsOf(table)).raised, order).toBe(50_000);
    }
  });

  it('moves a failed delayed payment to failed, and never demotes a paid one', async () => {
    const table = await freshTable();
    const [failing, paid] = [aCheckout(1), aCheckout(2)];
    await Promise.all([store(table, failing), store(table, paid)]);
    const webhook = webhookOn(table);
    await webhook.deliver(sessionEvent(paid));
    for (const checkout of [failing, paid]) {
      await webhook.deliver(
        sessionEvent(checkout, {
          type: 'checkout.session.async_payment_failed',
          session: { payment_status: 'unpaid' },
        }),
      );
      await webhook.deliver(
        sessionEvent(checkout, { type: 'checkout.session.expired', session: { payment_status: 'unpaid' } }),
      );
    }
    const statuses = new Map((await everything(table, 'checkout')).map((item) => [item.id, item.status]));
    expect(statuses.get(failing.id)).toBe('failed');
    expect(statuses.get(paid.id)).toBe('paid');
  });

  it("lets the personal data of an expired checkout end a day later, and keeps no link of Stripe's to a second Session", async () => {
    const table = await freshTable();
    const checkout = aCheckout(1);
    await store(table, checkout);
    const recovery = {
      url: 'https://buy.stripe.example/r/1',
      enabled: true,
      allow_promotion_codes: false,
      expires_at: 1,
    };
    await webhookOn(table).deliver(
      sessionEvent(checkout, {
        type: 'checkout.session.expired',
        session: { payment_status: 'unpaid', after_expiration: { recovery } },
      }),
    );
    expect((await everything(table, 'person'))[0]?.ttl).toBe(now.getTime() / 1000 + 86_400);
    const [item] = await everything(table, 'checkout');
    expect(item).toMatchObject({ status: 'expired' });
    expect(JSON.stringify(item)).not.toContain(recovery.url);
  });

  it('leaves another product’s Session and unknown types alone, and parks a payment whose checkout is not there', async () => {
    const table = await freshTable();
    const webhook = webhookOn(table);
    const checkout = aCheckout(1);
    expect(
      await outcomeOf(await webhook.deliver(sessionEvent(checkout, { session: { metadata: {} } }))),
    ).toBe('not-ours');
    expect(
      await outcomeOf(await webhook.deliver({ ...sessionEvent(checkout), type: 'product.created' })),
    ).toBe('ignored');
    for (const type of ['constructor', 'toString', '__proto__']) {
      expect(await outcomeOf(await webhook.deliver({ ...sessionEvent(checkout), type }))).toBe('ignored');
    }
    expect(await everything(table)).toEqual([]);
    expect(await outcomeOf(await webhook.deliver(sessionEvent(checkout)))).toBe('parked');
    expect((await everything(table)).map(({ entity }) => entity)).toEqual(['parked']);
  });
});

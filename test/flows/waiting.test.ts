import type Stripe from 'stripe';
import { describe, expect } from 'vitest';
import { recordFees } from '#accounting/payouts/record-fees.ts';
import { compareWithStripe, nothingCompared } from '#accounting/reconciliation/compare-with-stripe.ts';
import { toCampaignItem, toCampaignListItem } from '#giving/campaigns/campaign-item.ts';
import { openStripe, ourMetadata } from '#payments/checkout/gateway.ts';
import { toMetadata } from '#payments/checkout/metadata.ts';
import { refreshDispute } from '#payments/disputes/refresh-dispute.ts';
import { askWhose } from '#payments/payment/ask-whose.ts';
import { recordPayment } from '#payments/payment/record-payment.ts';
import { receiveRefund, runParkedRefunds } from '#payments/refunds/receive-refund.ts';
import { demoCampaigns } from '../../infra/demo/campaigns.ts';
import { stripeBut } from '../support/local-stripe.ts';
import { paidCheckout } from '../support/paid-checkout.ts';
import { aCheckout } from '../support/payments.ts';
import { secretKey } from '../support/site.ts';
import { story } from '../support/story.ts';
import { everything, putAll } from '../support/table.ts';

const hour = 3_600_000;
const slug = 'lai-chi-kok-warehouse';
const signUp = aCheckout(1);

/** A month of a plan, taken at Stripe: its charge carries no metadata, its invoice those of the subscription. */
const it = story.extend('month', async ({ table, localStripe, stripe }, { onCleanup }) => {
  const warehouse = demoCampaigns(new Date()).find((each) => each.slug === slug);
  if (!warehouse) throw new Error('There is no warehouse.');
  const opensAt = new Date(Date.now() - 40 * 24 * hour);
  await putAll(table, [toCampaignListItem([slug]), toCampaignItem({ ...warehouse, opensAt })]);
  const pay = async (method = 'pm_card_bypassPending') =>
    stripe.paymentIntents.create({
      amount: 50_000,
      currency: 'hkd',
      payment_method: method,
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    });
  const paid = await pay();
  const disputed = await pay('pm_card_createDispute');
  const ours = new Set([paid.id, disputed.id]);
  const invoiceOf = (metadata: Record<string, string>) => ({
    id: 'in_1',
    object: 'invoice',
    parent: {
      type: 'subscription_details',
      quote_details: null,
      subscription_details: { metadata, subscription: 'sub_1' },
    },
  });
  const withInvoices = await stripeBut(localStripe, (path, _, query) => {
    if (path !== '/v1/invoice_payments') return undefined;
    const isOurs = ours.has(query.get('payment[payment_intent]') ?? '');
    const data = isOurs
      ? [{ id: 'inpay_1', object: 'invoice_payment', invoice: invoiceOf(toMetadata(signUp)), status: 'paid' }]
      : [];
    return Response.json({ object: 'list', data, has_more: false, url: path });
  });
  onCleanup(() => withInvoices.close());
  const client = openStripe(secretKey, withInvoices.url);
  /** Soon after a full hour: the first sweep of an hour looks back further than the others. */
  const at = (hours: number) => new Date(Math.ceil(Date.now() / hour + hours) * hour + 2000);
  return {
    pay,
    client,
    at,
    paymentId: paid.id,
    disputed: disputed.id,
    book: (paymentId = paid.id) =>
      recordPayment(paidCheckout({ checkoutId: signUp.id, paymentId, planId: 'sub_1', at: new Date() }), {
        table,
        now: new Date(),
        random: () => 0,
      }),
    fees: (hours: number) => recordFees({ table, stripe: client, now: at(hours) }),
    listed: async () => (await everything(table, 'attention')).map(({ kind }) => kind).sort(),
    kinds: async () => (await everything(table, 'ledger-entry')).map(({ kind }) => kind).sort(),
  };
});

describe('whose a payment is', () => {
  it('says its own metadata, or its invoice’s; a stranger’s neither', async ({ month }) => {
    const { client: stripe, paymentId } = month;
    expect(await ourMetadata({ paymentId }, { stripe })).toMatchObject({
      checkoutId: signUp.id,
      fund: slug,
      throughInvoice: true,
    });
    const strange = await month.pay();
    expect(await ourMetadata({ paymentId: strange.id }, { stripe })).toBeUndefined();
    expect(await ourMetadata({ paymentId: 'pi_none' }, { stripe })).toBeUndefined();
    const asked = { paymentId, booked: false, at: new Date() };
    expect(await askWhose(asked, { stripe, now: month.at(23) })).toBe('waiting');
    expect(await askWhose(asked, { stripe, now: month.at(25) })).toBe('ours');
    expect(await askWhose({ ...asked, booked: true }, { stripe, now: month.at(0) })).toBe('ours');
  });
});

describe('a month of a plan that is not booked yet', () => {
  it('waits: its fee is not booked and nobody is called, until it is booked', async ({ month }) => {
    expect(await month.fees(1)).toEqual({ booked: 0, unassigned: 0 });
    expect([await month.kinds(), await month.listed()]).toEqual([[], []]);
    expect(await month.book()).toBe('booked');
    expect((await month.fees(2)).booked).toBeGreaterThan(0);
    expect(await month.kinds()).toEqual(expect.arrayContaining(['fee', 'payment']));
    expect(await month.kinds()).not.toContain('unassigned');
  });

  it('is no difference for a day, and one by name after it', async ({ table, month }) => {
    const compare = async (hours: number) => {
      const compared = nothingCompared();
      const found: string[] = [];
      const range = { from: month.at(-1), until: month.at(1), now: month.at(hours), slugs: [slug] };
      for await (const each of compareWithStripe({ table, stripe: month.client, ...range }, compared)) {
        found.push(each.kind);
      }
      return { waiting: compared.waiting, notOurs: compared.notOurs, found: new Set(found) };
    };
    const early = await compare(2);
    expect(early).toMatchObject({ notOurs: 0, found: new Set() });
    expect(early.waiting).toBeGreaterThan(0);
    const late = await compare(26);
    expect(late.waiting).toBe(0);
    expect(late.found).toContain('unknown-charge');
  });

  it('has its refund parked past the hour, without a call', async ({ table, month }) => {
    const now = new Date();
    const fact = {
      refundId: 're_1',
      paymentId: month.paymentId,
      amount: 100,
      currency: 'hkd',
      at: now,
    } as const;
    const refund = { ...fact, status: 'succeeded', requestId: undefined, failedAt: undefined } as const;
    expect(await receiveRefund(refund, { table, now, random: () => 0 })).toBe('parked');
    const later = (hours: number) => ({
      table,
      now: month.at(hours),
      random: () => 0,
      whose: (paymentId: string, at: Date) =>
        askWhose({ paymentId, booked: false, at }, { stripe: month.client, now: month.at(hours) }),
    });
    expect(await runParkedRefunds(later(2))).toMatchObject({ waiting: 1, alarmed: 0, dropped: 0 });
    await month.book();
    expect(await runParkedRefunds(later(3))).toMatchObject({ booked: 1 });
  });

  it('has its dispute wait, with its evidence asked for as ever, and booked with it', async ({
    table,
    month,
  }) => {
    const disputes: Stripe.Dispute[] = (await month.client.disputes.list()).data;
    const id = disputes.find(({ payment_intent: payment }) => payment === month.disputed)?.id ?? '';
    const ctx = { table, stripe: month.client, random: () => 0, clock: () => new Date() };
    expect(await refreshDispute(id, ctx)).toBe('written');
    expect((await everything(table, 'dispute'))[0]).toMatchObject({ unbookable: 'waiting' });
    expect(await month.listed()).toEqual(['dispute-opened']);
    await month.book(month.disputed);
    expect(await refreshDispute(id, ctx)).toBe('written');
    expect((await everything(table, 'dispute'))[0]?.unbookable).toBeUndefined();
    expect(await month.kinds()).toContain('dispute-withdrawn');
  });
});

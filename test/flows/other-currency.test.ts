import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type Stripe from 'stripe';
import { describe, expect } from 'vitest';
import { checkStripe } from '#accounting/integrity/check-stripe.ts';
import { Findings } from '#accounting/integrity/findings.ts';
import { openQuestions } from '#accounting/months/close-month.ts';
import { matchPayouts } from '#accounting/payouts/match-payouts.ts';
import { toDuePayout } from '#accounting/payouts/payout-item.ts';
import { recordFees } from '#accounting/payouts/record-fees.ts';
import { acceptDifference } from '#accounting/reconciliation/accept-difference.ts';
import { fromDifferenceItem } from '#accounting/reconciliation/difference-item.ts';
import { reconcile } from '#accounting/reconciliation/reconcile.ts';
import { watchBalance } from '#accounting/reconciliation/watch-balance.ts';
import { toCampaignItem, toCampaignListItem } from '#giving/campaigns/campaign-item.ts';
import { permit } from '#kernel/staff/rights.ts';
import { openStripe } from '#payments/checkout/gateway.ts';
import { toMetadata } from '#payments/checkout/metadata.ts';
import { recordPayment } from '#payments/payment/record-payment.ts';
import { hongKongMonth } from '#platform/clock.ts';
import { commit } from '#platform/table/commit.ts';
import type { Table } from '#platform/table/table.ts';
import { demoCampaigns } from '../../infra/demo/campaigns.ts';
import { control, payOnPage, silentStripe } from '../support/local-stripe.ts';
import { paidCheckout } from '../support/paid-checkout.ts';
import { aCheckout, outcomeOf, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { secretKey } from '../support/site.ts';
import { story } from '../support/story.ts';
import { everything } from '../support/table.ts';

const campaign = 'lai-chi-kok-warehouse';
const hour = 3_600_000;

/** An account at Stripe that takes other currencies too, with books that have one campaign. */
const it = story.extend('account', { auto: true }, async ({ log: _, table }, { onCleanup }) => {
  const clock = { ahead: 0 };
  const local = await silentStripe(() => Date.now() + clock.ahead);
  const stripe = openStripe(secretKey, local.url);
  const warehouse = demoCampaigns(new Date()).find(({ slug }) => slug === campaign);
  if (!warehouse) throw new Error('The demonstration has no warehouse.');
  const opensAt = new Date(Date.now() - 24 * hour);
  for (const Item of [toCampaignListItem([campaign]), toCampaignItem({ ...warehouse, opensAt })]) {
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
  }

  onCleanup(async () => {
    await local.close();
  });

  /** The night after: what was paid now is no longer on its way. */
  const night = () => ({ table, stripe, now: new Date(Date.now() + 5 * hour), random: () => 0 });

  /** A payment at Stripe in some currency, with our key or of another product. */
  async function pay(amount: number, currency: string, metadata: Record<string, string> = {}) {
    const intent = await stripe.paymentIntents.create({
      amount,
      currency,
      payment_method: 'pm_card_bypassPending',
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      metadata,
    });
    return intent.id;
  }

  /** Delivers every event that Stripe has, newest first. */
  async function deliverAll(): Promise<string[]> {
    const webhook = webhookOn(table, { clock: () => new Date() });
    const outcomes: string[] = [];
    for await (const event of stripe.events.list({ limit: 100 })) {
      outcomes.push(`${event.type} ${await outcomeOf(await webhook.deliver(event))}`);
    }
    return outcomes;
  }

  /** What the books hold of money, by account; nothing when nothing was booked. */
  async function accounts(): Promise<Record<string, number>> {
    const sums: Record<string, number> = {};
    for (const { sides: postings } of await everything(table, 'ledger-entry')) {
      for (const { account, amount } of postings as { account: string; amount: number }[]) {
        sums[account] = (sums[account] ?? 0) + amount;
      }
    }
    return sums;
  }

  const listed = async () =>
    (await everything(table, 'attention'))
      .filter(({ kind }) => kind === 'other-currency')
      .map(({ id, reason }) => `${id as string}: ${reason as string}`)
      .sort();

  const differences = async () =>
    (await everything(table, 'difference'))
      .map(fromDifferenceItem)
      .map(({ id, amount, currency, state }) => `${id} ${amount} ${currency ?? ''} ${state}`)
      .sort();

  const audited = async () => {
    const findings = new Findings();
    await checkStripe({ ...night(), say: () => {} }, findings);
    return findings;
  };

  /** US$1,000 of another product, of which US$500 was paid out by hand and the rest automatically. */
  async function payOutDollars() {
    await pay(100_000, 'usd');
    const byHand = await stripe.payouts.create({ amount: 50_000, currency: 'usd' });
    const automatic = await control<Stripe.Payout>(local, 'payouts', { currency: 'usd' });
    for (const { id } of [byHand, automatic]) await control(local, `payouts/${id}/move`, { step: 'pay' });
    await control(local, `payouts/${automatic.id}/move`, { step: 'reconcile' });
    return { byHand, automatic };
  }

  const statusOf = async () => (await everything(table, 'checkout'))[0]?.status;

  return {
    payOutDollars,
    deliverAll,
    night,
    listed,
    accounts,
    differences,
    audited,
    pay,
    stripe,
    statusOf,
    local,
    clock,
  };
});

describe('a payout in another currency', () => {
  const reasonOf = ({ id, amount }: Stripe.Payout) => `${id}: ${amount} of the smallest unit of USD`;

  it('moves no account and is listed for a person once, reported by events or found in the list', async ({
    table,
    account: { payOutDollars, deliverAll, night, listed, accounts },
  }) => {
    const { byHand, automatic } = await payOutDollars();
    const wanted = [reasonOf(byHand), reasonOf(automatic)];
    for (const tell of [() => Promise.resolve([]), deliverAll]) {
      await tell();
      for (let times = 1; times <= 2; times += 1) await matchPayouts(night());
      expect(await listed()).toEqual(expect.arrayContaining(wanted));
      expect(await everything(table, 'payout')).toEqual([]);
      expect(await accounts()).toEqual({});
    }
    expect((await listed()).filter((each) => each.startsWith('po_'))).toHaveLength(2);
  });

  it('reported by its events alone is listed, and a repeated event is a duplicate', async ({
    account: { payOutDollars, deliverAll, listed },
  }) => {
    const { byHand, automatic } = await payOutDollars();
    const reported = (await deliverAll()).filter(
      (each) => each.startsWith('payout.') && !each.includes('ignored'),
    );
    expect(reported.sort()).toEqual([
      'payout.paid duplicate',
      'payout.paid listed',
      'payout.reconciliation_completed listed',
    ]);
    expect(await listed()).toEqual([reasonOf(byHand), reasonOf(automatic)].sort());
  });

  it('that was recorded before is not booked, and stands no longer among the payouts', async ({
    table,
    account: { payOutDollars, night, accounts },
  }) => {
    const { byHand } = await payOutDollars();
    const at = new Date();
    const noted = { payoutId: byHand.id, amount: byHand.amount, createdAt: at, arrivesAt: at, due: 'evt_1' };
    await commit(table, () => ({ payout: toDuePayout(noted) }));
    expect(await matchPayouts(night())).toEqual({ 'other-currency': 1 });
    expect(await everything(table, 'payout')).toEqual([]);
    expect(await accounts()).toEqual({});
  });

  it('is named each night until it is accepted, keeps its month open, and the audit never calls it right', async ({
    table,
    account: { payOutDollars, night, differences, audited },
  }) => {
    const { byHand, automatic } = await payOutDollars();
    const month = hongKongMonth(new Date());
    await recordFees(night());
    for (let times = 1; times <= 2; times += 1) {
      expect(await reconcile(night())).toMatchObject({ differences: 3, resolved: 0 });
    }
    const named = [byHand, automatic].map(({ id, amount }) => `other-currency.${id} ${-amount} usd open`);
    expect(await differences()).toEqual(expect.arrayContaining(named));
    expect(await openQuestions(month, { table })).toContain(
      `other-currency.${byHand.id}: differs from Stripe`,
    );
    expect((await audited()).named.map(({ subject, says }) => `${subject}: ${says}`)).toEqual(
      expect.arrayContaining([`${byHand.id}: other-currency, -50000 USD`]),
    );
    const finance = permit({ id: 'sub-finance', roles: ['finance'] }, 'ledger.enter');
    for (const { id } of (await everything(table, 'difference')).map(fromDifferenceItem)) {
      await acceptDifference(
        {
          id,
          reason: 'Changed into Hong Kong dollars by the bank.',
          idempotencyKey: 'a key',
          permit: finance,
        },
        night(),
      );
    }
    await recordFees(night());
    await matchPayouts(night());
    expect(await reconcile(night())).toMatchObject({ differences: 0, resolved: 0 });
    expect(await openQuestions(month, { table })).toEqual([]);
    const open = (await everything(table, 'attention')).filter(({ settledAt }) => settledAt === undefined);
    expect(open).toEqual([]);
    expect((await audited()).total).toBeGreaterThan(0);
  });
});

describe('money in another currency', () => {
  it.for(['usd', 'gbp', 'eur'])(
    'of a charge, its fee and refund, in %s, moves no account',
    async (currency, {
      account: { pay, stripe, deliverAll, night, accounts, listed, differences, audited },
    }) => {
      const paymentId = await pay(10_000, currency);
      const refund = await stripe.refunds.create({ payment_intent: paymentId, amount: 4000 });
      await deliverAll();
      await recordFees(night());
      await recordFees(night());
      expect(await accounts()).toEqual({});
      expect((await listed()).map((each) => each.split(':')[0]).sort()).toEqual(
        [paymentId, refund.id].sort(),
      );
      await reconcile(night());
      expect((await differences()).map((each) => each.split(' ')[0])).toEqual(
        [`other-currency.${paymentId}`, `other-currency.${refund.id}`].sort(),
      );
      expect((await audited()).total).toBeGreaterThan(0);
    },
  );

  it('stands beside the books’ own, which are booked as ever', async ({
    table,
    account: { pay, night, accounts },
  }) => {
    const checkout = aCheckout(1);
    const paymentId = await pay(50_000, 'hkd', toMetadata(checkout));
    await store(table, checkout);
    const at = new Date();
    const paid = paidCheckout({ checkoutId: checkout.id, paymentId, fund: campaign, at });
    await recordPayment(paid, night());
    await recordFees(night());
    const before = await accounts();
    await pay(50_000, 'usd');
    await recordFees(night());
    expect(await accounts()).toEqual(before);
    expect(await reconcile(night())).toMatchObject({ differences: 1 });
  });

  it('that the balance holds is listed once', async ({ account: { pay, night, listed } }) => {
    await pay(10_000, 'usd');
    await watchBalance(night());
    await watchBalance(night());
    expect(await listed()).toEqual([expect.stringMatching(/^balance-usd: \d+ of the smallest unit of USD$/)]);
  });
});

describe('a Session of ours that was paid in another currency', () => {
  const checkout = aCheckout(1);
  const paid = sessionEvent(checkout, { session: { currency: 'jpy', amount_total: 9000 } });
  const deliver = async (table: Table) => outcomeOf(await webhookOn(table).deliver(paid));

  it('is listed for a person with its checkout, answered 2xx, and books nothing', async ({
    table,
    account: { accounts, statusOf },
  }) => {
    await store(table, checkout);
    expect(await deliver(table)).toBe('listed');
    expect(await deliver(table)).toBe('duplicate');
    expect(await everything(table, 'attention')).toMatchObject([
      {
        kind: 'other-currency',
        id: 'pi_00000001',
        paymentId: 'pi_00000001',
        checkoutId: checkout.id,
        reason: '9000 of the smallest unit of JPY',
      },
    ]);
    expect(await accounts()).toEqual({});
    expect(await everything(table, 'payment')).toEqual([]);
    // Its donor has paid: the page says that the payment is worked on, and the person is kept.
    expect(await statusOf()).toBe('processing');
  });

  it('is listed also when its checkout is not there', async ({ table, account: { accounts } }) => {
    expect(await deliver(table)).toBe('listed');
    expect(await accounts()).toEqual({});
  });

  it('is found at Stripe when its event was lost', async ({
    table,
    account: { stripe, local, clock, night, listed, accounts, statusOf },
  }) => {
    const session = await stripe.checkout.sessions.create({
      mode: 'payment',
      success_url: 'https://give.example.org/thanks',
      customer_email: 'juniper@example.org',
      line_items: [
        { quantity: 1, price_data: { currency: 'usd', unit_amount: 5000, product_data: { name: 'A gift' } } },
      ],
      metadata: toMetadata(checkout),
      payment_intent_data: { metadata: toMetadata(checkout) },
    });
    await store(table, checkout);
    await payOnPage(local, session.id);
    clock.ahead = 61_000;
    await stripe.balance.retrieve();
    expect(await reconcile(night())).toMatchObject({ repaired: 1, differences: 1 });
    expect(await reconcile(night())).toMatchObject({ repaired: 0, differences: 1 });
    expect(await listed()).toEqual([expect.stringMatching(/^pi_.*: 5000 of the smallest unit of USD$/)]);
    expect(await accounts()).toEqual({});
    expect(await statusOf()).toBe('processing');
  });
});

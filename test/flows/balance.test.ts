import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type Stripe from 'stripe';
import { describe, expect } from 'vitest';
import { matchPayouts } from '#accounting/payouts/match-payouts.ts';
import { fromPayoutItem } from '#accounting/payouts/payout-item.ts';
import { type BooksContext, recordFees, recordFeesOf } from '#accounting/payouts/record-fees.ts';
import { toCampaignItem, toCampaignListItem } from '#giving/campaigns/campaign-item.ts';
import { openStripe } from '#payments/checkout/gateway.ts';
import { recordPayment } from '#payments/payment/record-payment.ts';
import { hongKongMonth } from '#platform/clock.ts';
import { demoCampaigns } from '../../infra/demo/campaigns.ts';
import { control, nobody } from '../support/local-stripe.ts';
import { paidCheckout } from '../support/paid-checkout.ts';
import { aCheckout, outcomeOf, store, webhookOn } from '../support/payments.ts';
import { readableLedger } from '../support/readable-ledger.ts';
import { secretKey } from '../support/site.ts';
import { story } from '../support/story.ts';
import { everything } from '../support/table.ts';

const campaign = 'lai-chi-kok-warehouse';

/** An account at Stripe with books that have one campaign. */
const it = story.extend('account', { auto: true }, async ({ table, localStripe, stripe }) => {
  const names: Record<string, string> = {};
  const warehouse = demoCampaigns(new Date()).find(({ slug }) => slug === campaign);
  if (!warehouse) throw new Error('The demonstration has no warehouse.');
  const opensAt = new Date(Date.now() - 86_400_000);
  for (const Item of [toCampaignListItem([campaign]), toCampaignItem({ ...warehouse, opensAt })]) {
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
  }

  /** A payment at Stripe that nobody of us knows; with a number it is booked as a gift too. */
  async function pay(number?: number, amount = 50_000): Promise<string> {
    const intent = await stripe.paymentIntents.create({
      amount,
      currency: 'hkd',
      payment_method: 'pm_card_bypassPending',
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      expand: ['latest_charge'],
    });
    const charge = intent.latest_charge as Stripe.Charge;
    const transaction = charge.balance_transaction as string;
    if (number === undefined) return intent.id;
    names[intent.id] = `gift ${number}`;
    names[transaction] = `fee ${number}`;
    const checkout = aCheckout(number, { amount });
    await store(table, checkout);
    const at = new Date(intent.created * 1000);
    const paid = paidCheckout({ checkoutId: checkout.id, paymentId: intent.id, fund: campaign, amount, at });
    expect(await recordPayment(paid, { table, now: new Date(), random: () => 0 })).toBe('booked');
    return intent.id;
  }

  const ctx = (changes: Partial<BooksContext> = {}): BooksContext => ({
    table,
    stripe,
    now: new Date(Date.now() + 2000),
    ...changes,
  });

  /** Pays out as Stripe does each day. */
  async function payOut(): Promise<string> {
    const { id } = await control<Stripe.Payout>(localStripe, 'payouts');
    names[id] = `payout ${Object.values(names).filter((name) => name.startsWith('payout')).length + 1}`;
    return id;
  }

  const move = (payoutId: string, step: 'pay' | 'fail' | 'reconcile') =>
    control(localStripe, `payouts/${payoutId}/move`, { step });

  /** Delivers every event of a type that Stripe has, newest first. */
  async function deliver(...types: string[]): Promise<string[]> {
    const webhook = webhookOn(table, { clock: () => new Date() });
    const outcomes: string[] = [];
    for await (const event of stripe.events.list({ types, limit: 100 })) {
      outcomes.push(await outcomeOf(await webhook.deliver(event)));
    }
    return outcomes;
  }

  /** The ledger without its days, sorted by name: all of it happens today. */
  const ledger = async () =>
    (await readableLedger(table, names))
      .replaceAll(/^\d{4}-\d\d-\d\d \| /gm, '')
      .split('\n')
      .sort()
      .join('\n');

  const payouts = async () => (await everything(table, 'payout')).map(fromPayoutItem);

  const open = async () => (await everything(table, 'attention')).map(({ kind, id }) => [kind, id]);

  return { pay, ctx, ledger, open, payOut, move, deliver, payouts };
});

describe('the fees of Stripe', () => {
  it('are booked once under their transaction, to the gift’s campaign, however often they are read', async ({
    table,
    account: { pay, ctx, ledger, open },
  }) => {
    await pay(1);
    expect(await recordFees(ctx())).toEqual({ booked: 1, unassigned: 0 });
    expect(await recordFees(ctx())).toEqual({ booked: 0, unassigned: 0 });
    await Promise.all([recordFees(ctx()), recordFees(ctx())]);
    expect(await ledger()).toBe(
      [
        `fee 1  | fee     | fee +19.35, stripe −19.35`,
        `gift 1 | payment | stripe +500.00, raised:${campaign} −500.00`,
      ].join('\n'),
    );
    expect(await everything(table, 'ledger-entry')).toContainEqual(
      expect.objectContaining({ kind: 'fee', fund: campaign, borneBy: 'receiver' }),
    );
    expect(await open()).toEqual([]);
  });

  it('are read past the first hundred', async ({ table, account: { pay, ctx } }) => {
    for (let paid = 0; paid < 101; paid += 1) await pay();
    expect(await recordFees(ctx())).toEqual({ booked: 101, unassigned: 101 });
    expect(await everything(table, 'ledger-entry')).toHaveLength(101);
  });

  it('of a charge that nobody has claimed stand with all of its money on the account `unassigned`, and the charge is listed by name', async ({
    table,
    account: { pay, ctx, open },
  }) => {
    const unknown = await pay();
    expect(await recordFees(ctx())).toEqual({ booked: 1, unassigned: 1 });
    expect(await recordFees(ctx())).toEqual({ booked: 0, unassigned: 0 });
    expect(await open()).toEqual([['unknown-charge', unknown]]);
    const [entry] = await everything(table, 'ledger-entry');
    expect(entry).toMatchObject({
      kind: 'unassigned',
      sides: [
        { account: 'stripe', amount: 48_065 },
        { account: 'unassigned', amount: -48_065 },
      ],
    });
    const [line] = await everything(table, 'attention');
    expect(line).toMatchObject({ list: `attention#${hongKongMonth(new Date())}` });
  });

  it('and money of a payment that nobody has claimed are listed once by the payment, what came in and what went back', async ({
    stripe,
    table,
    account: { pay, ctx, open },
  }) => {
    const unknown = await pay();
    await recordFees(ctx());
    await stripe.refunds.create({ payment_intent: unknown, amount: 20_000 });
    expect(await recordFees(ctx())).toEqual({ booked: 1, unassigned: 1 });
    expect(await open()).toEqual([['unknown-charge', unknown]]);
    const entries = await everything(table, 'ledger-entry');
    const amounts = entries.flatMap(
      ({ sides: postings }) => postings as { account: string; amount: number }[],
    );
    const unassigned = amounts.filter(({ account }) => account === 'unassigned');
    expect(unassigned.map(({ amount }) => amount).sort()).toEqual([-48_065, 20_000]);
  });

  it('of a kind of movement that we do not know stand there too, and it is listed by its own name', async ({
    table,
    account: { ctx, open },
  }) => {
    const movement = {
      id: 'txn_topup',
      kind: 'other',
      amount: 30_000,
      fee: 100,
      currency: 'hkd',
      at: new Date(),
      sourceId: 'tu_1',
      paymentId: undefined,
      fund: undefined,
    } as const;
    expect(await recordFeesOf([movement], ctx())).toEqual({ booked: 1, unassigned: 1 });
    expect(await recordFeesOf([movement], ctx())).toEqual({ booked: 0, unassigned: 0 });
    expect(await open()).toEqual([['unknown-movement', 'txn_topup']]);
    const [entry] = await everything(table, 'ledger-entry');
    expect(entry).toMatchObject({
      sides: [
        { account: 'stripe', amount: 29_900 },
        { account: 'unassigned', amount: -29_900 },
      ],
    });
  });

  it('lessen what the fund holds only when the fund bears them', async ({ table, account: { pay, ctx } }) => {
    await pay(1);
    await recordFees(ctx({ feesBorneBy: 'fund' }));
    expect(await everything(table, 'moves')).toEqual([expect.objectContaining({ moved: -1935 })]);
  });

  it('that Stripe did not answer for are read by the next run', async ({ table, account: { pay, ctx } }) => {
    await pay(1);
    await expect(recordFees(ctx({ stripe: openStripe(secretKey, nobody) }))).rejects.toThrow();
    expect(await everything(table, 'cursor')).toEqual([]);
    expect(await recordFees(ctx())).toEqual({ booked: 1, unassigned: 0 });
  });
});

describe('a payout', () => {
  it('is only expected until Stripe says what is in it, and then matched to the cent', async ({
    table,
    account: { pay, payOut, move, deliver, ctx, ledger, payouts },
  }) => {
    await pay(1);
    const payout = await payOut();
    await move(payout, 'pay');
    await deliver('payout.paid');
    expect(await matchPayouts(ctx())).toEqual({ expected: 1 });
    expect(await everything(table, 'ledger-entry')).toHaveLength(1);
    await move(payout, 'reconcile');
    await deliver('payout.reconciliation_completed', 'payout.paid');
    expect(await matchPayouts(ctx())).toEqual({ matched: 1 });
    expect(await ledger()).toBe(
      [
        `fee 1    | fee     | fee +19.35, stripe −19.35`,
        `gift 1   | payment | stripe +500.00, raised:${campaign} −500.00`,
        `payout 1 | payout  | bank +480.65, stripe −480.65`,
      ].join('\n'),
    );
    expect(await payouts()).toEqual([
      expect.objectContaining({ payoutId: payout, state: 'matched', due: '', differences: [] }),
    ]);
    // What Stripe took of the payment stands beside it, with the payout that brought the rest.
    expect(await everything(table, 'proceeds')).toMatchObject([{ fee: 1_935, payout }]);
    expect(await matchPayouts(ctx())).toEqual({});
  });

  it('is booked once, with duplicates of its events in any order', async ({
    table,
    account: { pay, payOut, move, deliver, ctx, payouts },
  }) => {
    await pay(1);
    const payout = await payOut();
    await move(payout, 'reconcile');
    await move(payout, 'pay');
    await Promise.all([deliver('payout.*'), deliver('payout.*'), deliver('payout.reconciliation_completed')]);
    await Promise.all([matchPayouts(ctx()), matchPayouts(ctx())]);
    await deliver('payout.*');
    await matchPayouts(ctx());
    const booked = (await everything(table, 'ledger-entry')).filter(({ kind }) => kind === 'payout');
    expect(booked).toHaveLength(1);
    expect((await payouts())[0]?.state).toBe('matched');
  });

  it('is found when none of its events came', async ({ account: { pay, move, payOut, ctx } }) => {
    await pay(1);
    await move(await payOut(), 'reconcile');
    expect(await matchPayouts(ctx())).toEqual({ matched: 1 });
  });

  it('with a charge we do not know moves its money, names the charge, and matches once the gift is booked', async ({
    table,
    account: { pay, payOut, move, ctx, payouts, open },
  }) => {
    await pay(1);
    const unknown = await pay(undefined, 10_000);
    const payout = await payOut();
    await move(payout, 'reconcile');
    expect(await matchPayouts(ctx())).toEqual({ differs: 1 });
    expect((await payouts())[0]?.differences).toEqual([
      { kind: 'unknown-charge', id: unknown, amount: 10_000 },
    ]);
    expect(await open()).toContainEqual(['payout-differs', payout]);
    const checkout = aCheckout(2, { amount: 10_000 });
    await store(table, checkout);
    const late = { checkoutId: checkout.id, paymentId: unknown, fund: campaign, amount: 10_000 };
    const paid = paidCheckout({ ...late, at: new Date() });
    await recordPayment(paid, { table, now: new Date(), random: () => 0 });
    expect(await matchPayouts(ctx())).toEqual({ matched: 1 });
  });

  it('of more than a hundred transactions is compared whole', async ({
    table,
    account: { pay, move, payOut, ctx },
  }) => {
    for (let number = 1; number <= 101; number += 1) await pay(number, 1000);
    await move(await payOut(), 'reconcile');
    expect(await matchPayouts(ctx())).toEqual({ matched: 1 });
    expect((await everything(table, 'ledger-entry')).filter(({ kind }) => kind === 'fee')).toHaveLength(101);
  });

  it('that fails after it was matched comes back, is listed, and the next one holds its money', async ({
    account: { pay, payOut, move, ctx, deliver, ledger, open },
  }) => {
    await pay(1);
    const first = await payOut();
    await move(first, 'reconcile');
    await move(first, 'pay');
    await matchPayouts(ctx());
    await move(first, 'fail');
    await deliver('payout.*');
    expect(await matchPayouts(ctx())).toEqual({ failed: 1 });
    const second = await payOut();
    await move(second, 'reconcile');
    expect(await matchPayouts(ctx())).toEqual({ matched: 1 });
    expect(
      (await ledger())
        .split('\n')
        .filter((row) => row.startsWith('payout'))
        .sort(),
    ).toEqual([
      'payout 1 | payout        | bank +480.65, stripe −480.65',
      'payout 1 | payout-failed | bank −480.65, stripe +480.65',
      'payout 2 | payout        | bank +480.65, stripe −480.65',
    ]);
    expect(await open()).toEqual([['payout-failed', first]]);
  });

  it('that fails before it was matched leaves the bank as it was', async ({
    table,
    account: { pay, payOut, move, deliver, ctx },
  }) => {
    await pay(1);
    const payout = await payOut();
    await move(payout, 'fail');
    await deliver('payout.failed');
    expect(await matchPayouts(ctx())).toEqual({ failed: 1 });
    const bank = (await everything(table, 'ledger-entry'))
      .flatMap(({ sides: postings }) => postings as { account: string; amount: number }[])
      .filter(({ account }) => account === 'bank');
    expect(bank.map(({ amount }) => amount)).toEqual(expect.arrayContaining([48_065, -48_065]));
  });

  it('that was made by hand moves its money once it is paid, and is listed for a person', async ({
    stripe,
    table,
    account: { ctx, move, open },
  }) => {
    const intent = await stripe.paymentIntents.create({
      amount: 50_000,
      currency: 'hkd',
      payment_method: 'pm_card_bypassPending',
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    });
    const payout = await stripe.payouts.create({ amount: 20_000, currency: 'hkd' });
    expect(await matchPayouts(ctx())).toEqual({ expected: 1 });
    await move(payout.id, 'pay');
    expect(await matchPayouts(ctx())).toEqual({ 'by-hand': 1 });
    expect(await open()).toEqual([['payout-by-hand', payout.id]]);
    expect((await everything(table, 'ledger-entry')).map(({ sourceId }) => sourceId)).toEqual([payout.id]);
    expect(intent.status).toBe('succeeded');
  });
});

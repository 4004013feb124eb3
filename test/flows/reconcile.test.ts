import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect } from 'vitest';
import { summarizeAccounts } from '#accounting/accounts/summarize-accounts.ts';
import { checkStripe } from '#accounting/integrity/check-stripe.ts';
import { Findings } from '#accounting/integrity/findings.ts';
import { enterEntry } from '#accounting/journal/enter-entry.ts';
import { openQuestions } from '#accounting/months/close-month.ts';
import { matchPayouts } from '#accounting/payouts/match-payouts.ts';
import { recordFees } from '#accounting/payouts/record-fees.ts';
import { acceptDifference } from '#accounting/reconciliation/accept-difference.ts';
import { fromDifferenceItem } from '#accounting/reconciliation/difference-item.ts';
import { compareBalance, reconcile } from '#accounting/reconciliation/reconcile.ts';
import { watchBalance } from '#accounting/reconciliation/watch-balance.ts';
import { toCampaignItem, toCampaignListItem } from '#giving/campaigns/campaign-item.ts';
import { ledgerEntry } from '#kernel/ledger/ledger-entry.ts';
import { toLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import { permit } from '#kernel/staff/rights.ts';
import { toMetadata } from '#payments/checkout/metadata.ts';
import { recordPayment } from '#payments/payment/record-payment.ts';
import { receiveRefund } from '#payments/refunds/receive-refund.ts';
import { hongKongMonth } from '#platform/clock.ts';
import { demoCampaigns } from '../../infra/demo/campaigns.ts';
import { paidCheckout } from '../support/paid-checkout.ts';
import { aCheckout, outcomeOf, store, webhookOn } from '../support/payments.ts';
import { story } from '../support/story.ts';
import { everything } from '../support/table.ts';

const campaign = 'lai-chi-kok-warehouse';
const hour = 3_600_000;

/** An account at Stripe with books that have one campaign. */
const it = story.extend('account', { auto: true }, async ({ table, stripe }) => {
  const warehouse = demoCampaigns(new Date()).find(({ slug }) => slug === campaign);
  if (!warehouse) throw new Error('The demonstration has no warehouse.');
  const opensAt = new Date(Date.now() - 24 * hour);
  for (const Item of [toCampaignListItem([campaign]), toCampaignItem({ ...warehouse, opensAt })]) {
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
  }

  /** The night after: what was paid now is no longer on its way. */
  const night = () => ({ table, stripe, now: new Date(Date.now() + 5 * hour), random: () => 0 });

  const soon = () => ({ table, now: new Date(Date.now() + 2000), random: () => 0 });

  /** A payment at Stripe with our key, or of another product of the account. */
  async function payAtStripe(number: number, { ours = true, amount = 50_000 } = {}) {
    const checkout = aCheckout(number, { amount });
    const intent = await stripe.paymentIntents.create({
      amount,
      currency: 'hkd',
      payment_method: 'pm_card_bypassPending',
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      ...(ours && { metadata: toMetadata(checkout) }),
    });
    return { checkout, paymentId: intent.id, at: new Date(intent.created * 1000), amount };
  }

  async function book({ checkout, paymentId, at, amount }: Awaited<ReturnType<typeof payAtStripe>>) {
    await store(table, checkout);
    const paid = paidCheckout({ checkoutId: checkout.id, paymentId, fund: campaign, amount, at });
    expect(await recordPayment(paid, soon())).toBe('booked');
  }

  async function give(number: number): Promise<string> {
    const payment = await payAtStripe(number);
    await book(payment);
    return payment.paymentId;
  }

  const differences = async () =>
    (await everything(table, 'difference'))
      .map(fromDifferenceItem)
      .map(({ id, amount, state }) => [id, amount, state])
      .sort();

  /** What the audit says of Stripe and the books. */
  const audited = async () => {
    const findings = new Findings();
    await checkStripe({ ...night(), say: () => {} }, findings);
    return findings.named.map(({ subject, says }) => `${subject}: ${says}`);
  };

  const attention = async () =>
    (await everything(table, 'attention')).filter(({ kind }) => kind === 'books-differ').map(({ id }) => id);

  return { give, soon, night, differences, payAtStripe, attention, book, audited };
});

describe('the nightly comparison with Stripe', () => {
  it('finds nothing when every movement, fee, refund and payout is in the books', async ({
    stripe,
    table,
    account: { give, soon, night, differences },
  }) => {
    const paymentId = await give(1);
    await give(2);
    const refund = await stripe.refunds.create({ payment_intent: paymentId, amount: 10_000 });
    const at = new Date(refund.created * 1000);
    const fact = {
      refundId: refund.id,
      paymentId,
      amount: 10_000,
      currency: 'hkd',
      at,
      status: 'succeeded',
    } as const;
    expect(await receiveRefund({ ...fact, requestId: undefined, failedAt: undefined }, soon())).toBe(
      'refunded',
    );
    await recordFees(night());
    expect(await reconcile(night())).toMatchObject({ differences: 0, resolved: 0, refunds: 1, notOurs: 0 });
    expect(await differences()).toEqual([]);
    await summarizeAccounts({ table, now: night().now });
    expect(await compareBalance(night())).toMatchObject({ difference: 0, payoutsOnTheWay: 0 });
  });

  it('calls a person, once a sum, when Stripe holds another sum two nights in a row, whatever it belongs to', async ({
    table,
    account: { give, night, payAtStripe },
  }) => {
    const waiting = async () =>
      (await everything(table, 'attention'))
        .filter(({ kind }) => kind === 'balance-differs')
        .map(({ id }) => id);
    await give(1);
    await recordFees(night());
    await summarizeAccounts({ table, now: night().now });
    await watchBalance(night());
    expect(await watchBalance(night())).toMatchObject({ difference: 0 });
    expect(await waiting()).toEqual([]);
    await payAtStripe(2, { ours: false });
    const { difference } = await watchBalance(night());
    expect(difference).toBeGreaterThan(0);
    expect(await waiting()).toEqual([]);
    await watchBalance(night());
    await watchBalance(night());
    expect(await waiting()).toEqual([String(difference)]);
  });

  it('names a charge and a fee that the books lack, once, and resolves them by itself when they are booked', async ({
    table,
    account: { payAtStripe, night, differences, attention, book },
  }) => {
    const lost = await payAtStripe(1);
    expect(await reconcile(night())).toMatchObject({ differences: 2 });
    expect(await reconcile(night())).toMatchObject({ differences: 2 });
    const [charge, fee] = await differences();
    expect(charge).toEqual([`unknown-charge.${lost.paymentId}`, 50_000, 'open']);
    expect(fee).toEqual([expect.stringMatching(/^unknown-fee\.txn_/), -1935, 'open']);
    expect(await attention()).toHaveLength(2);
    const month = hongKongMonth(lost.at);
    expect(await openQuestions(month, { table })).toHaveLength(2);
    await book(lost);
    await recordFees(night());
    expect(await reconcile(night())).toMatchObject({ differences: 0, resolved: 2 });
    expect((await differences()).map(([, , state]) => state)).toEqual(['resolved', 'resolved']);
    expect(await attention()).toEqual([]);
    expect(await openQuestions(month, { table })).toEqual([]);
  });

  it('names a refund that the books lack, and one that they hold with another amount', async ({
    stripe,
    account: { give, soon, night, differences },
  }) => {
    const [first, second] = [await give(1), await give(2)];
    const unknown = await stripe.refunds.create({ payment_intent: first, amount: 10_000 });
    const other = await stripe.refunds.create({ payment_intent: second, amount: 20_000 });
    const at = new Date(other.created * 1000);
    const fact = { refundId: other.id, paymentId: second, amount: 15_000, currency: 'hkd', at } as const;
    await receiveRefund({ ...fact, status: 'succeeded', requestId: undefined, failedAt: undefined }, soon());
    await recordFees(night());
    await reconcile(night());
    expect(await differences()).toEqual(
      [
        [`other-amount.${other.id}`, -5000, 'open'],
        [`unknown-refund.${unknown.id}`, -10_000, 'open'],
      ].sort(),
    );
  });

  it('finds a refund of which every event was lost, calls a person and keeps its month open until the event is sent again', async ({
    stripe,
    table,
    account: { give, night, differences, attention, audited, soon },
  }) => {
    const paymentId = await give(1);
    const { id, created } = await stripe.refunds.create({ payment_intent: paymentId, amount: 20_000 });
    await recordFees(night());
    await reconcile(night());
    const name = `unknown-refund.${id}`;
    expect(await differences()).toEqual([[name, -20_000, 'open']]);
    expect(await attention()).toEqual([name]);
    const month = hongKongMonth(new Date(created * 1000));
    expect(await openQuestions(month, { table })).toEqual([`${name}: differs from Stripe`]);
    expect(await audited()).toEqual([`${id}: unknown-refund, -20000`]);

    const { data: reported } = await stripe.events.list({ type: 'refund.created' });
    expect(
      await outcomeOf(await webhookOn(table, { clock: () => soon().now }).deliver(reported[0] ?? {})),
    ).toBe('refunded');
    expect(await reconcile(night())).toMatchObject({ differences: 0, resolved: 1 });
    expect([await attention(), await openQuestions(month, { table }), await audited()]).toEqual([[], [], []]);
  });

  it('names what the books hold and Stripe does not know', async ({
    table,
    account: { give, night, differences },
  }) => {
    await give(1);
    const postings = [
      { account: 'stripe', amount: 12_300 },
      { account: `raised:${campaign}`, amount: -12_300 },
    ] as const;
    const entry = ledgerEntry({
      sourceId: 're_invented',
      kind: 'refund-failed',
      postings,
      currency: 'hkd',
      at: new Date(),
    });
    await table.client.send(new PutCommand({ TableName: table.name, Item: toLedgerEntryItem(entry) }));
    await recordFees(night());
    await reconcile(night());
    expect(await differences()).toEqual([['not-at-stripe.re_invented', -12_300, 'open']]);
  });

  it('finds Stripe’s balance in the account `stripe` though money that nobody has claimed comes, goes back and is paid out with ours', async ({
    stripe,
    localStripe,
    table,
    account: { book, payAtStripe, night },
  }) => {
    await book(await payAtStripe(1));
    const theirs = await payAtStripe(2, { ours: false, amount: 20_000 });
    await stripe.refunds.create({ payment_intent: theirs.paymentId, amount: 5_000 });
    await fetch(`${localStripe.url}/__local/payouts`, { method: 'POST' });
    await payAtStripe(3, { ours: false, amount: 30_000 });
    await recordFees(night());
    await matchPayouts(night());
    await summarizeAccounts({ table, now: night().now });
    const balance = await compareBalance(night());
    expect(balance).toMatchObject({ difference: 0 });
    expect(balance.inBooks).not.toBe(0);
    const kept = 20_000 - 915 - 5_000 + (30_000 - 1_255);
    const sums = (await everything(table, 'account-month')).map(
      (month) => month.sums as Record<string, number>,
    );
    expect(sums.reduce((all, month) => all + (month.unassigned ?? 0), 0)).toBe(-kept);
    expect(await reconcile(night())).toMatchObject({ differences: 0, notOurs: 3 });
  });

  it('finds by name what is on the account `unassigned` and is ours, and what should be there and is not', async ({
    account: { payAtStripe, night, differences, book },
  }) => {
    const theirs = await payAtStripe(1, { ours: false });
    expect(await reconcile(night())).toMatchObject({ differences: 1, notOurs: 1 });
    expect(await differences()).toEqual([[expect.stringMatching(/^unknown-movement\.txn_/), 48_065, 'open']]);
    await recordFees(night());
    expect(await reconcile(night())).toMatchObject({ differences: 0, resolved: 1 });
    await book(theirs);
    expect(await reconcile(night())).toMatchObject({ differences: 2 });
    expect(await differences()).toContainEqual([
      expect.stringMatching(/^other-amount\.txn_/),
      -48_065,
      'open',
    ]);
  });

  it('finds nothing once the staff claimed for a fund what stood on `unassigned`, and the money is the fund’s', async ({
    table,
    account: { payAtStripe, night },
  }) => {
    await payAtStripe(1, { ours: false });
    await recordFees(night());
    await summarizeAccounts({ table, now: night().now });
    expect((await everything(table, 'coverage'))[0]).toMatchObject({ money: 0, held: 0 });
    const postings = [
      { account: 'unassigned', amount: 48_065 },
      { account: 'fee', amount: 1_935 },
      { account: `raised:${campaign}`, amount: -50_000 },
    ] as const;
    const claim = {
      entry: { kind: 'correction', sides: postings },
      reason: 'Taken by hand.',
      at: undefined,
    } as const;
    const may = permit({ id: 'sub-1', roles: ['finance'] }, 'ledger.enter');
    await enterEntry({ ...claim, idempotencyKey: 'a key', permit: may }, night());
    await summarizeAccounts({ table, now: night().now });
    expect((await everything(table, 'coverage'))[0]).toMatchObject({ money: 48_065, held: 50_000 });
    expect(await compareBalance(night())).toMatchObject({ difference: 0 });
    expect(await reconcile(night())).toMatchObject({ differences: 0, notOurs: 1 });
  });

  it('leaves payments that nobody has claimed and their refunds alone, and what is younger than two hours', async ({
    stripe,
    account: { payAtStripe, night, differences },
  }) => {
    const theirs = await payAtStripe(1, { ours: false });
    await stripe.refunds.create({ payment_intent: theirs.paymentId });
    await recordFees(night());
    expect(await reconcile(night())).toMatchObject({ differences: 0, notOurs: 2 });
    await payAtStripe(2);
    expect(await reconcile({ ...night(), now: new Date() })).toMatchObject({ differences: 0 });
    expect(await differences()).toEqual([]);
  });

  it('no longer rings or keeps a month open once a person accepted it with a reason, which the audit keeps', async ({
    table,
    account: { payAtStripe, night, differences, attention },
  }) => {
    const lost = await payAtStripe(1);
    await recordFees(night());
    await reconcile(night());
    const id = `unknown-charge.${lost.paymentId}`;
    const may = permit({ id: 'sub-1', roles: ['finance'] }, 'ledger.enter');
    for (let times = 0; times < 2; times += 1) {
      const accepted = await acceptDifference(
        { id, reason: 'A test of the bank.', idempotencyKey: `key-${times}`, permit: may },
        night(),
      );
      expect(accepted).toMatchObject({ state: 'accepted', reason: 'A test of the bank.' });
    }
    expect(await reconcile(night())).toMatchObject({ differences: 0 });
    expect(await differences()).toEqual([[id, 50_000, 'accepted']]);
    expect(await attention()).toEqual([]);
    expect(await openQuestions(hongKongMonth(lost.at), { table })).toEqual([]);
    expect(await everything(table, 'audit-entry')).toHaveLength(1);
    await expect(
      acceptDifference(
        { id: 'unknown-charge.pi_none', reason: 'x', idempotencyKey: 'a key', permit: may },
        night(),
      ),
    ).rejects.toThrow('no such');
  });

  it('is read past the first hundred movements', async ({ account: { payAtStripe, night } }) => {
    for (let number = 1; number <= 101; number += 1) await payAtStripe(number, { amount: 1000 });
    expect(await reconcile(night())).toMatchObject({ movements: 101, differences: 202 });
  });
});

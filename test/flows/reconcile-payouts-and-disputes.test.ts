import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type Stripe from 'stripe';
import { describe, expect } from 'vitest';
import { closeMonth, openQuestions } from '#accounting/months/close-month.ts';
import { matchPayouts } from '#accounting/payouts/match-payouts.ts';
import { recordFees } from '#accounting/payouts/record-fees.ts';
import { fromDifferenceItem } from '#accounting/reconciliation/difference-item.ts';
import { reconcile } from '#accounting/reconciliation/reconcile.ts';
import { toCampaignItem, toCampaignListItem } from '#giving/campaigns/campaign-item.ts';
import { permit } from '#kernel/staff/rights.ts';
import type { Item } from '#platform/table/table.ts';
import { demoCampaigns } from '../../infra/demo/campaigns.ts';
import { booksOn } from '../support/dispute-story.ts';
import { control } from '../support/local-stripe.ts';
import { story } from '../support/story.ts';
import { everything } from '../support/table.ts';

const slug = 'lai-chi-kok-warehouse';
const month = '2026-11';

/** A gift of HK$500 of 22 November that the books hold, with its fee. */
const it = story.extend('november', { auto: true }, async ({ log: _, table, bank }) => {
  const put = (Item: Item) => table.client.send(new PutCommand({ TableName: table.name, Item }));

  const night = () => ({
    table,
    stripe: bank.stripe,
    now: new Date(bank.clock().getTime() + 5 * 3_600_000),
    random: () => 0,
  });

  const differences = async () =>
    (await everything(table, 'difference'))
      .map(fromDifferenceItem)
      .map(({ id, amount, state }) => [id, amount, state])
      .sort();

  const attention = async () =>
    (await everything(table, 'attention')).filter(({ kind }) => kind === 'books-differ').map(({ id }) => id);

  /** Closes November once that is allowed, on 12 December. */
  const close = () =>
    closeMonth(
      { month, permit: permit({ id: 'sub-finance', roles: ['finance'] }, 'month.close') },
      { table, now: new Date('2026-12-12T04:00:00Z') },
    );

  /** The differences are named, once however many nights find them, and November stays open until the books have learnt of them. */
  async function expectNamedUntil(learn: () => Promise<unknown>, named: Readonly<Record<string, number>>) {
    const ids = Object.keys(named).sort();
    for (let times = 1; times <= 2; times += 1) {
      expect(await reconcile(night())).toMatchObject({ differences: ids.length, resolved: 0 });
      expect(await differences()).toEqual(ids.map((id) => [id, named[id], 'open']));
      expect((await attention()).sort()).toEqual(ids);
    }
    const questions = ids.map((id) => `${id}: differs from Stripe`);
    expect(await openQuestions(month, { table })).toEqual(expect.arrayContaining(questions));
    await expect(close()).rejects.toThrow(new RegExp(`Resolve first .*${ids[0]}: differs from Stripe`));
    await learn();
    expect(await reconcile(night())).toMatchObject({ differences: 0, resolved: ids.length });
    expect(await differences()).toEqual(ids.map((id) => [id, named[id], 'resolved']));
    expect(await attention()).toEqual([]);
    expect(await openQuestions(month, { table })).toEqual([]);
    expect(await close()).toMatchObject({ month });
  }

  /** Writes an entry wrongly, its amount of Stripe a dollar less; answers how to write it rightly again. */
  async function miswrite(kind: string): Promise<{ sourceId: string; putRight: () => Promise<unknown> }> {
    const entry = (await everything(table, 'ledger-entry')).find((each) => each.kind === kind);
    if (!entry) throw new Error(`The books have no ${kind}.`);
    const postings = (entry.sides as { account: string; amount: number }[]).map((posting) =>
      posting.account === 'stripe' ? { ...posting, amount: posting.amount + 100 } : posting,
    );
    await put({ ...entry, sides: postings });
    return { sourceId: entry.sourceId as string, putRight: () => put(entry) };
  }

  const match = () => matchPayouts(night());

  async function payOut(...steps: ('reconcile' | 'pay' | 'fail')[]): Promise<string> {
    const { id } = await control<Stripe.Payout>(bank.server, 'payouts');
    for (const step of steps) await control(bank.server, `payouts/${id}/move`, { step });
    return id;
  }

  /** The movements of Stripe's balance that the dispute made, oldest first. */
  const movementsOf = async () => (await bank.disputeOf(gift)).balance_transactions.map(({ id }) => id);
  const warehouse = demoCampaigns(new Date()).find((campaign) => campaign.slug === slug);
  if (!warehouse) throw new Error('The demonstration has no warehouse.');
  const opensAt = new Date(`${month}-01T00:00:00+08:00`);
  for (const Item of [toCampaignListItem([slug]), toCampaignItem({ ...warehouse, opensAt })]) await put(Item);
  const books = booksOn(table, bank);
  const gift = await bank.pay(1);
  await books.book(gift);
  await recordFees(night());

  return { payOut, match, night, expectNamedUntil, miswrite, gift, movementsOf, books };
});

describe('a payout that the nightly comparison finds', () => {
  const paidOut = 50_000 - 1935;

  it('is no difference while Stripe has not said what is in it', async ({
    table,
    november: { payOut, match, night },
  }) => {
    const id = await payOut('pay');
    expect(await match()).toEqual({ expected: 1 });
    expect(await reconcile(night())).toMatchObject({ differences: 0 });
    expect(await openQuestions(month, { table })).toEqual([`${id}: expected`]);
  });

  it('unknown to the books is named with what left Stripe, until it is matched', async ({
    november: { payOut, expectNamedUntil, match },
  }) => {
    const id = await payOut('reconcile', 'pay');
    await expectNamedUntil(match, { [`unknown-payout.${id}`]: -paidOut });
  });

  it('in the books with another amount is named with what they lack, until they are right', async ({
    november: { payOut, match, miswrite, expectNamedUntil },
  }) => {
    const id = await payOut('reconcile', 'pay');
    await match();
    const { putRight } = await miswrite('payout');
    await expectNamedUntil(putRight, { [`other-amount.${id}`]: -100 });
  });

  it('that came back unknown to the books is named with what came back, until that is booked', async ({
    bank,
    november: { payOut, match, night, expectNamedUntil },
  }) => {
    const id = await payOut('reconcile', 'pay');
    await match();
    expect(await reconcile(night())).toMatchObject({ differences: 0 });
    await control(bank.server, `payouts/${id}/move`, { step: 'fail' });
    await expectNamedUntil(match, { [`unknown-payout.${id}`]: paidOut });
  });

  it('that came back before the books knew of it is named once, and matched as one that failed', async ({
    table,
    november: { payOut, expectNamedUntil, match },
  }) => {
    const id = await payOut('reconcile', 'fail');
    await expectNamedUntil(match, { [`unknown-payout.${id}`]: paidOut });
    expect((await everything(table, 'payout')).map(({ state }) => state)).toEqual(['failed']);
  });
});

describe('a dispute that the nightly comparison finds', () => {
  it('unknown to the books is named, and so is the money that it took, until it is booked', async ({
    bank,
    november: { gift, movementsOf, expectNamedUntil, books },
  }) => {
    await bank.dispute(gift);
    const { id } = await bank.disputeOf(gift);
    const [withdrawn] = await movementsOf();
    await expectNamedUntil(books.follow, {
      [`unknown-dispute.${id}`]: -50_000,
      [`unknown-dispute.${withdrawn}`]: -50_000,
    });
  });

  it('of which nothing was taken is named too', async ({
    bank,
    november: { gift, expectNamedUntil, books },
  }) => {
    await bank.dispute(gift, { kind: 'inquiry' });
    const { id } = await bank.disputeOf(gift);
    await expectNamedUntil(books.follow, { [`unknown-dispute.${id}`]: -50_000 });
  });

  it('that has another status is named without an amount, until the books have followed', async ({
    bank,
    november: { gift, books, night, expectNamedUntil },
  }) => {
    await bank.dispute(gift);
    await books.follow();
    expect(await reconcile(night())).toMatchObject({ disputes: 1, differences: 0 });
    await bank.move(gift, 'lose');
    const { id } = await bank.disputeOf(gift);
    await expectNamedUntil(books.follow, { [`other-status.${id}`]: 0 });
  });

  it('that was won is named with what came back, until that is booked', async ({
    bank,
    november: { gift, books, movementsOf, expectNamedUntil },
  }) => {
    await bank.dispute(gift);
    await books.follow();
    await bank.move(gift, 'win', { amount: '20000' });
    const { id } = await bank.disputeOf(gift);
    const [, reinstated] = await movementsOf();
    await expectNamedUntil(books.follow, {
      [`other-status.${id}`]: 0,
      [`unknown-dispute.${reinstated}`]: 20_000,
    });
  });

  it('whose withdrawal stands in the books with another amount is named with what they lack', async ({
    bank,
    november: { gift, books, miswrite, movementsOf, expectNamedUntil },
  }) => {
    await bank.dispute(gift);
    await books.follow();
    const { sourceId, putRight } = await miswrite('dispute-withdrawn');
    expect(await movementsOf()).toEqual([sourceId]);
    await expectNamedUntil(putRight, { [`other-amount.${sourceId}`]: -100 });
  });
});

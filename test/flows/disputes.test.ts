import { describe, expect } from 'vitest';
import { fromLatestGiftsItem } from '#giving/latest-gifts/latest-gifts-item.ts';
import { rebuildLatestGifts } from '#giving/latest-gifts/rebuild-latest-gifts.ts';
import { booksOn } from '../support/dispute-story.ts';
import { siteOn, storeCampaigns } from '../support/site.ts';
import { story } from '../support/story.ts';
import { everything } from '../support/table.ts';

const raised = 'raised:lai-chi-kok-warehouse';
const ledger = (...lines: string[]) => lines.join('\n');
const given = `2026-11-22 | gift 1 | payment | stripe +500.00, ${raised} −500.00`;
const withdrawn = `2026-11-23 | txn 1 | dispute-withdrawn | ${raised} +500.00, dispute-fee +85.00, stripe −585.00`;

describe('the books of a gift of HK$500 that a bank disputes', () => {
  const it = story.extend('disputed', async ({ log: _, table, bank }) => {
    const books = booksOn(table, bank);
    const gift = await bank.pay(1);
    await books.book(gift);
    /** The books, with the ledger's columns as wide as what stands in them. */
    const read = async () => {
      const { ledger, ...rest } = await books.read(await bank.names(gift));
      return { ledger: ledger.replaceAll(/ +/g, ' '), ...rest };
    };
    return { books, gift, read };
  });

  it('lost for the same: money and fee go when the bank takes them, the supporter with them; the end moves nothing', async ({
    bank,
    disputed: { gift, books, read },
  }) => {
    await bank.dispute(gift);
    await books.follow();
    const open = await read();
    expect(open).toMatchObject({
      ledger: ledger(given, withdrawn),
      raised: 0,
      supporters: 0,
      months: { '2026-11': 0 },
      gifts: { 'gift 1': { disputed: 50_000, disputeOpen: true } },
      statuses: ['needs_response'],
    });
    await bank.move(gift, 'lose');
    await books.follow();
    expect(await read()).toEqual({
      ...open,
      gifts: { 'gift 1': { disputed: 50_000, disputeOpen: false } },
      statuses: ['lost'],
    });
  });

  it('lost for the same: the gift stands in no public list until the bank returns the money', async ({
    table,
    bank,
    disputed: { gift, books },
  }) => {
    await storeCampaigns(table);
    const site = siteOn(table, '', { clock: bank.clock });
    const latest = async () => {
      // As the projector does when a gift of the stream has changed.
      await rebuildLatestGifts(gift.checkout.fund, { table, now: bank.clock() });
      return (await everything(table, 'latest-gifts')).flatMap((item) =>
        fromLatestGiftsItem(item, undefined),
      );
    };
    const listed = async () => {
      const answer = await site.request(`/api/campaigns/${gift.checkout.fund}/gifts`);
      expect(answer.status).toBe(200);
      return ((await answer.json()) as { data: unknown[] }).data;
    };
    expect([await latest(), await listed()]).toMatchObject([[{ amount: 50_000 }], [{ amount: 50_000 }]]);
    await bank.dispute(gift);
    await books.follow();
    expect([await latest(), await listed()]).toEqual([[], []]);
    await bank.move(gift, 'win');
    await books.follow();
    expect([await latest(), await listed()]).toMatchObject([[{ amount: 50_000 }], [{ amount: 50_000 }]]);
  });

  it('lost for less: the supporter stays with the net amount', async ({
    bank,
    disputed: { gift, books, read },
  }) => {
    await bank.dispute(gift, { amount: '20000' });
    await bank.move(gift, 'lose');
    await books.follow();
    expect(await read()).toMatchObject({
      ledger: ledger(
        given,
        `2026-11-23 | txn 1 | dispute-withdrawn | ${raised} +200.00, dispute-fee +85.00, stripe −285.00`,
      ),
      raised: 30_000,
      supporters: 1,
      gifts: { 'gift 1': { disputed: 20_000, disputeOpen: false } },
    });
  });

  it('lost for more: the fund bears what the bank takes beyond the gift', async ({
    bank,
    disputed: { gift, books, read },
  }) => {
    await bank.dispute(gift, { amount: '51000' });
    await bank.move(gift, 'lose');
    await books.follow();
    expect(await read()).toMatchObject({
      ledger: ledger(
        given,
        `2026-11-23 | txn 1 | dispute-withdrawn | ${raised} +510.00, dispute-fee +85.00, stripe −595.00`,
      ),
      raised: -1000,
      supporters: 0,
      gifts: { 'gift 1': { disputed: 51_000, disputeOpen: false } },
    });
  });

  it.for<[string, { fee?: 'back' }, string]>([
    ['kept', {}, 'stripe +500.00'],
    ['given back', { fee: 'back' }, 'dispute-fee −85.00, stripe +585.00'],
  ])(
    'won, the fee %s: all comes back on its own day, and the gift may be refunded again',
    async ([_, form, postings], { bank, disputed: { gift, books, read } }) => {
      await bank.dispute(gift);
      await books.follow();
      await bank.move(gift, 'win', form);
      await books.follow();
      expect(await read()).toMatchObject({
        ledger: ledger(
          given,
          withdrawn,
          `2026-11-24 | txn 2 | dispute-reinstated | ${raised} −500.00, ${postings}`,
        ),
        raised: 50_000,
        supporters: 1,
        months: { '2026-11': 50_000 },
        gifts: { 'gift 1': { disputed: 0, disputeOpen: false } },
        statuses: ['won'],
      });
    },
  );

  it('won in part: what is missing stays taken', async ({ bank, disputed: { gift, books, read } }) => {
    await bank.dispute(gift, { amount: '51000' });
    await bank.move(gift, 'win', { amount: '40000' });
    await books.follow();
    expect(await read()).toMatchObject({
      raised: 39_000,
      supporters: 1,
      gifts: { 'gift 1': { disputed: 11_000, disputeOpen: false } },
    });
  });

  it('won after the month ended: each movement counts in its own month, which may go below zero', async ({
    bank,
    disputed: { gift, books, read },
  }) => {
    await bank.dispute(gift);
    await books.follow();
    bank.pass(10);
    await bank.move(gift, 'win');
    await bank.move(gift, 'appeal');
    bank.pass(40);
    await bank.move(gift, 'win');
    await books.follow();
    expect(await read()).toMatchObject({
      raised: 50_000,
      supporters: 1,
      months: { '2026-11': 0, '2026-12': 0, '2027-01': 50_000 },
    });
  });

  it('an inquiry moves no money, and its gift may be refunded, which may end it', async ({
    bank,
    disputed: { gift, books, read },
  }) => {
    await bank.dispute(gift, { kind: 'inquiry' });
    await books.follow();
    const asked = {
      ledger: given,
      raised: 50_000,
      supporters: 1,
      gifts: { 'gift 1': { disputed: 0, disputeOpen: false } },
    };
    expect(await read()).toMatchObject({ ...asked, statuses: ['warning_needs_response'] });
    await bank.move(gift, 'close-inquiry');
    await books.follow();
    expect(await read()).toMatchObject({ ...asked, statuses: ['warning_closed'] });
  });

  it('an inquiry that the bank prevents from becoming a dispute ends without money', async ({
    bank,
    disputed: { gift, books, read },
  }) => {
    await bank.dispute(gift, { kind: 'inquiry' });
    await bank.move(gift, 'prevent');
    await books.follow();
    expect(await read()).toMatchObject({ raised: 50_000, supporters: 1, statuses: ['prevented'] });
  });

  it('an inquiry that becomes a dispute takes the money then, and is listed for a person both times', async ({
    bank,
    table,
    disputed: { gift, books, read },
  }) => {
    await bank.dispute(gift, { kind: 'inquiry' });
    await books.follow();
    await bank.move(gift, 'escalate');
    await books.follow();
    expect(await read()).toMatchObject({
      ledger: ledger(given, withdrawn.replace('2026-11-23', '2026-11-24')),
      gifts: { 'gift 1': { disputed: 50_000, disputeOpen: true } },
      statuses: ['needs_response'],
    });
    const attention = await everything(table, 'attention');
    expect(attention.map(({ kind, reason }) => [kind, reason]).sort()).toEqual([
      ['dispute-opened', 'needs_response'],
      ['dispute-opened', 'warning_needs_response'],
    ]);
  });

  it('an appeal after we won takes the money again, and is listed as an appeal; lost, it stays taken', async ({
    bank,
    disputed: { gift, books, read },
  }) => {
    await bank.dispute(gift);
    await bank.move(gift, 'win');
    await books.follow();
    await bank.move(gift, 'appeal');
    await books.follow();
    expect(await read()).toMatchObject({
      raised: 0,
      supporters: 0,
      gifts: { 'gift 1': { disputed: 50_000, disputeOpen: true } },
      statuses: ['appeal_needs_response'],
    });
    await bank.move(gift, 'lose');
    await books.follow();
    expect(await read()).toMatchObject({
      ledger: ledger(
        given,
        withdrawn,
        `2026-11-24 | txn 2 | dispute-reinstated | ${raised} −500.00, stripe +500.00`,
        `2026-11-25 | txn 3 | dispute-withdrawn | ${raised} +500.00, stripe −500.00`,
      ),
      gifts: { 'gift 1': { disputed: 50_000, disputeOpen: false } },
      statuses: ['lost'],
    });
  });

  it('evidence that was sent is followed: the dispute is under review, and stays frozen', async ({
    bank,
    disputed: { gift, books, read },
  }) => {
    await bank.dispute(gift);
    await bank.stripe.disputes.update((await bank.disputeOf(gift)).id, {
      evidence: { uncategorized_text: 'A letter of the giver.' },
    });
    await books.follow();
    expect(await read()).toMatchObject({
      gifts: { 'gift 1': { disputeOpen: true } },
      statuses: ['under_review'],
    });
  });

  it('a second dispute of the rest takes the supporter; the first alone did not', async ({
    bank,
    disputed: { gift, books, read },
  }) => {
    await bank.dispute(gift, { amount: '20000' });
    await bank.move(gift, 'lose');
    await books.follow();
    expect(await read()).toMatchObject({ raised: 30_000, supporters: 1 });
    await bank.dispute(gift, { amount: '30000' });
    await books.follow();
    expect(await read()).toMatchObject({
      raised: 0,
      supporters: 0,
      gifts: { 'gift 1': { disputed: 50_000, disputeOpen: true } },
      statuses: ['lost', 'needs_response'],
    });
  });
});

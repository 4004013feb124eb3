import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect } from 'vitest';
import { summarizeAccounts } from '#accounting/accounts/summarize-accounts.ts';
import { summarizeFunds } from '#accounting/funds/summarize-funds.ts';
import { reconcile } from '#accounting/reconciliation/reconcile.ts';
import { watchBalance } from '#accounting/reconciliation/watch-balance.ts';
import { ledgerEntry } from '#kernel/ledger/ledger-entry.ts';
import { toLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import { openStripe } from '#payments/checkout/gateway.ts';
import { toMetadata } from '#payments/checkout/metadata.ts';
import { hongKongMonth } from '#platform/clock.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { toItem } from '#platform/table/table.ts';
import { control, stripeBut } from '../support/local-stripe.ts';
import { aCheckout } from '../support/payments.ts';
import { secretKey } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';

const hour = 3_600_000;

/** A night whose Stripe refuses one path, once the test names it. */
const it = campaignStory.extend(
  'night',
  { auto: true },
  async ({ table, localStripe, log }, { onCleanup }) => {
    const refused = { path: '' };
    const proxy = await stripeBut(localStripe, (path) =>
      path === refused.path ? new Response('{}', { status: 400 }) : undefined,
    );
    onCleanup(async () => {
      await proxy.close();
    });
    const put = (Item: Record<string, unknown>) =>
      table.client.send(new PutCommand({ TableName: table.name, Item }));
    const night = () => ({
      table,
      stripe: openStripe(secretKey, proxy.url),
      now: new Date(Date.now() + 5 * hour),
      random: () => 0,
    });
    const failures = () =>
      log.entries.filter(({ event }) => event === 'work-failed').map(({ kind, id }) => [kind, id]);
    const standing = async () =>
      Object.fromEntries((await everything(table, 'difference')).map(({ id, state }) => [id, state]));
    /** Which kinds of difference are open, each once. */
    const kinds = async () => [
      ...new Set(
        (await everything(table, 'difference'))
          .filter(({ state }) => state === 'open')
          .map(({ kind }) => kind as string)
          .sort(),
      ),
    ];
    const cursors = async () => (await everything(table, 'cursor')).map(({ pk }) => pk);
    /** A payment of ours at Stripe. */
    const pay = (number: number) =>
      night().stripe.paymentIntents.create({
        amount: 50_000,
        currency: 'hkd',
        payment_method: 'pm_card_bypassPending',
        confirm: true,
        automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
        metadata: toMetadata(aCheckout(number)),
      });
    /** A charge, a refund and a dispute that the books lack, and an entry that Stripe does not know. */
    async function letEverythingDiffer(): Promise<void> {
      const lost = await pay(1);
      await night().stripe.refunds.create({ payment_intent: lost.id, amount: 10_000 });
      const disputed = await pay(2);
      await control(localStripe, `charges/${disputed.latest_charge as string}/dispute`);
      await put(invented('po_invented'));
    }
    return { letEverythingDiffer, refused, night, kinds, failures, cursors, put, standing };
  },
);

const month = () => hongKongMonth(new Date());

/** An entry of the account `stripe` that Stripe knows nothing of. */
function invented(sourceId: string, kind: 'refund-failed' | 'payout-failed' = 'payout-failed') {
  const postings = [
    { account: 'stripe', amount: 12_300 },
    { account: 'bank', amount: -12_300 },
  ] as const;
  return toLedgerEntryItem(ledgerEntry({ sourceId, kind, postings, currency: 'hkd', at: new Date() }));
}

describe('the nightly comparison, part for part', () => {
  it.for([
    ['/v1/refunds', 'refunds', ['not-at-stripe', 'unknown-charge', 'unknown-dispute', 'unknown-refund']],
    ['/v1/disputes', 'disputes', ['not-at-stripe', 'unknown-charge', 'unknown-refund']],
    ['/v1/balance_transactions', 'movements', ['unknown-dispute', 'unknown-refund']],
  ] as const)(
    'goes on while Stripe refuses %s',
    async ([path, part, named], {
      night: { letEverythingDiffer, refused, night, kinds, failures, cursors },
    }) => {
      await letEverythingDiffer();
      refused.path = path;
      await expect(reconcile(night())).rejects.toThrow('1 parts, or items, of the comparison');
      expect(await kinds()).toEqual(expect.arrayContaining([...named]));
      expect(failures()).toEqual([['comparison', part]]);
      expect(await cursors()).toEqual([]);
      refused.path = '';
      await reconcile(night());
      const all = ['not-at-stripe', 'unknown-charge', 'unknown-dispute', 'unknown-refund'];
      expect(await kinds()).toEqual(expect.arrayContaining(all));
      expect(await cursors()).toHaveLength(1);
    },
  );

  it.for(['/v1/refunds', '/v1/balance_transactions'])(
    'resolves nothing that it could not look at, and names no refund as unknown to Stripe: %s',
    async (path, { night: { put, night, standing, refused } }) => {
      await put(invented('re_invented', 'refund-failed'));
      await reconcile(night());
      expect(await standing()).toEqual({ 'not-at-stripe.re_invented': 'open' });
      await put(invented('re_another', 'refund-failed'));
      refused.path = path;
      await expect(reconcile(night())).rejects.toThrow();
      expect(await standing()).toEqual({ 'not-at-stripe.re_invented': 'open' });
    },
  );
});

describe('an item of the books that cannot be read', () => {
  it('is logged where it is a difference, and the comparison goes on', async ({
    night: { put, night, failures, kinds },
  }) => {
    const list = lists.differences(month());
    await put({ pk: 'difference#bad', sk: 'difference', list, listOrder: '2026', state: 'open' });
    await put(invented('po_invented'));
    await expect(reconcile(night())).rejects.toThrow('1 parts, or items, of the comparison');
    expect(failures()).toEqual([['difference', 'difference#bad']]);
    expect(await kinds()).toContain('not-at-stripe');
  });

  it('is logged where it is an entry, and nothing of it is resolved', async ({
    night: { put, night, failures, standing },
  }) => {
    const entry = invented('po_bad');
    await put(entry);
    await reconcile(night());
    await put({ ...entry, sides: undefined });
    await put(invented('po_invented'));
    await expect(reconcile(night())).rejects.toThrow('1 parts, or items, of the comparison');
    expect(failures()).toEqual([['ledger-entry', entry.pk]]);
    expect(await standing()).toEqual({
      'not-at-stripe.po_bad': 'open',
      'not-at-stripe.po_invented': 'open',
    });
  });

  it.for([undefined, 'none', [{ account: 'stripe', amount: 'x' }]])(
    'is named where a month is added up, which is not written then: postings %j',
    async (postings, { table, night: { put, night, failures } }) => {
      const entry = invented('po_bad');
      await put({ ...entry, sides: postings });
      await expect(summarizeAccounts({ table, now: night().now })).rejects.toThrow('1 months could not');
      expect((await everything(table, 'account-month')).map((each) => each.month)).not.toContain(month());
      await expect(summarizeFunds({}, { table, now: night().now })).rejects.toThrow(
        '1 months of funds could not',
      );
      expect(failures()).toEqual([
        ['ledger-entry', entry.pk],
        ['account-month', month()],
        ['ledger-entry', entry.pk],
        ['month-of-funds', month()],
      ]);
    },
  );

  it('is logged where it is a payout, and no balance is compared without it', async ({
    night: { put, night, failures, cursors },
  }) => {
    const payout = { payoutId: 'po_bad', amount: 'x', state: 'expected', createdAt: 'no time', due: '' };
    const list = { list: lists.payouts(month()), listOrder: '2026' };
    await put(toItem(keys.payout('po_bad'), 'payout', 1, { ...payout, ...list }));
    await expect(watchBalance(night())).rejects.toThrow('1 payouts could not be read.');
    expect(failures()).toEqual([['payout', 'payout#po_bad']]);
    expect(await cursors()).toEqual([]);
  });
});

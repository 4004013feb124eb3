import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, inject, vi } from 'vitest';
import { checkStripe } from '#accounting/integrity/check-stripe.ts';
import { Findings } from '#accounting/integrity/findings.ts';
import { recordFees } from '#accounting/payouts/record-fees.ts';
import { toCampaignItem, toCampaignListItem } from '#giving/campaigns/campaign-item.ts';
import { type EntryKind, entryKinds, type LedgerEntry, ledgerEntry } from '#kernel/ledger/ledger-entry.ts';
import { fromLedgerEntryItem, toLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import { amountOf } from '#payments/checkout/checkout.ts';
import { openStripe } from '#payments/checkout/gateway.ts';
import { toMetadata } from '#payments/checkout/metadata.ts';
import { recordPayment } from '#payments/payment/record-payment.ts';
import { type Key, keys } from '#platform/table/keys.ts';
import type { Item } from '#platform/table/table.ts';
import { demoCampaigns } from '../../infra/demo/campaigns.ts';
import type { LocalStripe } from '../../infra/local/stripe/server.ts';
import { comeToRest } from '../histories/come-to-rest.ts';
import { readFacts } from '../histories/facts.ts';
import { openHistory } from '../histories/history.ts';
import { play } from '../histories/play.ts';
import type { Step } from '../histories/steps.ts';
import { silentStripe } from '../support/local-stripe.ts';
import { paidCheckout } from '../support/paid-checkout.ts';
import { aCheckout, store } from '../support/payments.ts';
import { runAudit } from '../support/run-audit.ts';
import { secretKey } from '../support/site.ts';
import { story } from '../support/story.ts';
import { everything } from '../support/table.ts';

const give: Step = { do: 'give', campaign: 0, amount: 50_000, hidden: false };
const payOut: Step = { do: 'pay-out', isExplained: true };
const refund = (gift: number, part: 'half' | 'a cent'): Step => ({
  do: 'refund',
  gift,
  part,
  by: 'dashboard',
  again: false,
});

/** From 20 November to December 2026: every kind of movement that Stripe's balance has, and a payout that came back. */
const steps: readonly Step[] = [
  give,
  give,
  give,
  { do: 'deliver', which: 'all', how: 'in order', copies: 1 },
  refund(0, 'half'),
  refund(1, 'a cent'),
  { do: 'fail-refund', refund: 1 },
  { do: 'dispute', gift: 2, kind: 'chargeback', claims: 'less' },
  payOut,
  { do: 'pass', days: 25 },
  { do: 'move-dispute', dispute: 0, to: 'win a part' },
  { do: 'move-payout', payout: 0, to: 'fail' },
  payOut,
];
/** What nobody has claimed has a story of its own: reconcile.test.ts. */
const ofStripe = entryKinds
  .slice(0, entryKinds.indexOf('opening-balance'))
  .filter((kind) => kind !== 'unassigned');

/** The history above, at rest. */
const played = story.extend('played', { scope: 'file' }, async ({}, { onCleanup }) => {
  const history = await openHistory();
  onCleanup(() => history.close());
  for (const step of steps) await play(history, step);
  await comeToRest(history);
  return { history, whole: await everything(history.table) };
});

/** Its books: what a test changes in them is undone after it. */
const it = played.extend('books', async ({ log: _, played: { history, whole } }, { onCleanup }) => {
  const { client, name } = history.table;
  const touched: Key[] = [];
  const write = (Item: Item) => client.send(new PutCommand({ TableName: name, Item }));
  const erase = ({ pk, sk }: Key) => client.send(new DeleteCommand({ TableName: name, Key: { pk, sk } }));
  onCleanup(async () => {
    for (const { pk, sk } of touched) {
      const item = whole.find((each) => each.pk === pk && each.sk === sk);
      await (item ? write(item) : erase({ pk, sk }));
    }
  });

  async function put(item: Item): Promise<void> {
    touched.push(item);
    await write(item);
  }

  async function remove(key: Key): Promise<void> {
    touched.push(key);
    await erase(key);
  }

  /** Compares so many minutes after the last step; by default nothing is young any more. */
  async function audit(minutes = 180): Promise<Findings> {
    const findings = new Findings();
    const now = new Date(history.clock().getTime() + minutes * 60_000);
    await checkStripe({ table: history.table, stripe: history.truth, now, say: () => {} }, findings);
    return findings;
  }

  const entries = whole.filter(({ entity }) => entity === 'ledger-entry').map(fromLedgerEntryItem);

  /** An entry of a kind, if it can be one of whose source there is no other. */
  function entryOf(kind: EntryKind): LedgerEntry {
    const alone = (entry: LedgerEntry) => entries.filter(({ sourceId }) => sourceId === entry.sourceId);
    const [entry] = entries
      .filter((each) => each.kind === kind)
      .sort((a, b) => alone(a).length - alone(b).length || a.at.getTime() - b.at.getTime());
    if (!entry) throw new Error(`The books have no ${kind}.`);
    return entry;
  }

  return { put, remove, audit, entries, entryOf };
});

/** What was found, in no order; all of it must be of the one check and counted. */
function named(findings: Findings): string[] {
  expect(Object.fromEntries(findings.counted)).toEqual({ '3 Stripe': findings.named.length });
  return findings.named.map(({ subject, says }) => `${subject}: ${says}`).sort();
}

const atStripe = ({ postings }: LedgerEntry) =>
  postings.find(({ account }) => account === 'stripe')?.amount ?? Number.NaN;

describe('the audit’s comparison of Stripe with the ledger', () => {
  it('finds nothing when they agree on every kind of movement, and says how much it looked at', async ({
    played: { history },
    books: { audit, entries },
  }) => {
    const findings = await audit();
    expect(new Set(entries.map(({ kind }) => kind))).toEqual(new Set(ofStripe));
    expect(findings.total).toBe(0);
    expect(findings.notMade.has('3 Stripe')).toBe(false);
    const { movements, refunds, disputes } = await readFacts(history);
    const looked = movements.length + refunds.length + disputes.length + entries.length;
    expect(findings.looked.get('3 Stripe')).toBe(looked);
  });

  it('finds what was entered into the account by hand and nothing at Stripe explains', async ({
    books: { put, audit, entryOf },
  }) => {
    const { at } = entryOf('payment');
    const postings = [
      { account: 'stripe', amount: 100 },
      { account: 'fee', amount: -100 },
    ] as const;
    await put(
      toLedgerEntryItem(ledgerEntry({ sourceId: 'c', kind: 'correction', postings, currency: 'hkd', at })),
    );
    expect(named(await audit())).toEqual(['account stripe: 100 entered by hand, of which Stripe explains 0']);
  });

  it('takes as explained by hand what it names itself', async ({
    books: { put, remove, audit, entryOf },
  }) => {
    const gift = entryOf('payment');
    await remove(keys.ledgerEntry(gift.sourceId, 'payment'));
    const postings = [
      { account: 'stripe', amount: 50_000 },
      { account: 'raised:education', amount: -50_000 },
    ] as const;
    const entry = ledgerEntry({ sourceId: 'c', kind: 'correction', postings, currency: 'hkd', at: gift.at });
    await put(toLedgerEntryItem(entry));
    expect(named(await audit())).toEqual([`${gift.sourceId}: unknown-charge, 50000`]);
  });

  it('names every charge, fee, refund, dispute and payout that only Stripe has', async ({
    books: { remove, audit, entryOf },
  }) => {
    for (const kind of ofStripe) await remove(keys.ledgerEntry(entryOf(kind).sourceId, kind));
    const { sourceId: failed } = entryOf('refund-failed');
    expect(named(await audit())).toEqual(
      [
        `${entryOf('payment').sourceId}: unknown-charge, 50000`,
        `${entryOf('fee').sourceId}: unknown-fee, -1935`,
        `${entryOf('refund').sourceId}: unknown-refund, -25000`,
        `${failed}: unknown-refund, 1`,
        `${failed}: other-amount, 1`,
        `${entryOf('dispute-withdrawn').sourceId}: unknown-dispute, -30000`,
        `${entryOf('dispute-reinstated').sourceId}: unknown-dispute, 10000`,
        `${entryOf('payout').sourceId}: unknown-payout, ${atStripe(entryOf('payout'))}`,
        `${entryOf('payout-failed').sourceId}: unknown-payout, ${atStripe(entryOf('payout-failed'))}`,
      ].sort(),
    );
  });

  it('names every charge, fee, refund, dispute and payout that only the books have', async ({
    played: { whole },
    books: { put, audit, entryOf },
  }) => {
    for (const kind of ofStripe) {
      await put(toLedgerEntryItem({ ...entryOf(kind), sourceId: `${kind.replace('-', '_')}_invented` }));
    }
    // The entry of a gift is found by its gift.
    const gift = whole.find(({ pk }) => pk === keys.payment(entryOf('payment').sourceId).pk) as Item;
    await put({ ...gift, ...keys.payment('payment_invented'), paymentId: 'payment_invented' });
    expect(named(await audit())).toEqual(
      ofStripe
        .map((kind) => `${kind.replace('-', '_')}_invented: not-at-stripe, ${-atStripe(entryOf(kind))}`)
        .sort(),
    );
  });

  it('names every charge, fee, refund, dispute and payout that both have with another amount', async ({
    books: { put, audit, entryOf },
  }) => {
    for (const kind of ofStripe) {
      const entry = entryOf(kind);
      const postings = entry.postings.map(({ account, amount }) => ({
        account,
        amount: account === 'stripe' ? amount + 1 : amount,
      }));
      await put({ ...toLedgerEntryItem(entry), sides: postings });
    }
    expect(named(await audit())).toEqual(
      ofStripe.map((kind) => `${entryOf(kind).sourceId}: other-amount, -1`).sort(),
    );
  });

  it('names a dispute of which the books know nothing, and one that has another status', async ({
    played: { whole },
    books: { put, remove, audit },
  }) => {
    const item = whole.find(({ entity }) => entity === 'dispute') as Item;
    await put({ ...item, status: 'lost' });
    expect(named(await audit())).toEqual([`${item.disputeId}: other-status, 0`]);
    await remove(item);
    expect(named(await audit())).toEqual([`${item.disputeId}: unknown-dispute, -30000`]);
  });

  it('leaves out what is younger than two hours, at Stripe and in the books', async ({
    played: { history },
    books: { put, remove, audit, entryOf },
  }) => {
    await remove(keys.ledgerEntry(entryOf('payout').sourceId, 'payout'));
    const made = entryOf('payout').at;
    const minutes = (made.getTime() - history.clock().getTime()) / 60_000;
    const invented = { ...entryOf('payout-failed'), sourceId: 'po_invented', at: made };
    await put(toLedgerEntryItem(invented));
    expect((await audit(minutes + 120)).total).toBe(0);
    expect((await audit(minutes + 121)).total).toBe(2);
  });

  it('says that it was not made while nothing of Stripe is old enough, but never hides what it found', async ({
    played: { history },
    books: { put, audit, entryOf },
  }) => {
    const [first] = (await readFacts(history)).movements;
    const began = ((first?.at.getTime() ?? 0) - history.clock().getTime()) / 60_000;
    const early = await audit(began + 60);
    expect(early.notMade.get('3 Stripe')).toContain('nothing to compare');
    expect(early.looked.has('3 Stripe')).toBe(false);
    const invented = { ...entryOf('refund'), sourceId: 're_invented', at: new Date('2026-11-02T00:00:00Z') };
    await put(toLedgerEntryItem({ ...invented, month: '2026-11' }));
    const found = await audit(began + 60);
    expect(named(found)).toEqual(['re_invented: not-at-stripe, 25000']);
    expect(found.notMade.has('3 Stripe')).toBe(false);
  });
});

describe('npm run audit with Stripe', () => {
  const slug = 'lai-chi-kok-warehouse';
  const hour = 3_600_000;

  /** Books of one gift that was paid so many hours ago, with its fee, and the command over them. */
  const it = story.extend('booksOf', async ({ table }, { onCleanup }) => {
    vi.stubEnv('STRIPE_KEY_OF_A_TEST', secretKey);
    const opened: LocalStripe[] = [];
    onCleanup(async () => {
      vi.unstubAllEnvs();
      for (const local of opened) await local.close();
    });
    return async (hoursAgo: number) => {
      const clock = () => Date.now() - hoursAgo * hour;
      const local = await silentStripe(clock);
      opened.push(local);
      const warehouse = demoCampaigns(new Date()).find((campaign) => campaign.slug === slug);
      if (!warehouse) throw new Error('The demonstration has no warehouse.');
      const opensAt = new Date(clock() - 24 * hour);
      for (const Item of [toCampaignListItem([slug]), toCampaignItem({ ...warehouse, opensAt })]) {
        await table.client.send(new PutCommand({ TableName: table.name, Item }));
      }
      const checkout = aCheckout(1);
      await store(table, checkout);
      const stripe = openStripe(secretKey, local.url);
      const { id: paymentId, created } = await stripe.paymentIntents.create({
        amount: amountOf(checkout),
        currency: 'hkd',
        payment_method: 'pm_card_bypassPending',
        confirm: true,
        automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
        metadata: toMetadata(checkout),
      });
      const at = new Date(created * 1000);
      const paid = paidCheckout({ checkoutId: checkout.id, paymentId, at });
      const now = new Date(Date.now() + 2000);
      expect(await recordPayment(paid, { table, now, random: () => 0 })).toBe('booked');
      expect(await recordFees({ table, stripe, now })).toEqual({ booked: 1, unassigned: 0 });
      const audit = () =>
        runAudit(
          ...['--table', table.name, '--endpoint', inject('dynamodbUrl')],
          ...['--stripe-key-from', 'STRIPE_KEY_OF_A_TEST', '--stripe-base', local.url],
        );
      return { paymentId, audit };
    };
  });

  it('ends with 0 when Stripe agrees, and with 1 and the name of what only Stripe has', async ({
    table,
    booksOf,
  }) => {
    const { paymentId, audit } = await booksOf(3);
    expect(await audit()).toMatchObject({ code: 0, out: expect.stringMatching(/\nEverything holds\.\n$/) });
    const { pk, sk } = keys.ledgerEntry(paymentId, 'payment');
    await table.client.send(new DeleteCommand({ TableName: table.name, Key: { pk, sk } }));
    expect(await audit()).toMatchObject({
      code: 1,
      out: expect.stringContaining(`3 Stripe: ${paymentId}: unknown-charge, 50000`),
    });
  });

  it('does not say that invariant 3 holds when all of Stripe is younger than it looks at', async ({
    booksOf,
  }) => {
    const { audit } = await booksOf(0);
    const { code, out } = await audit();
    expect(code).toBe(0);
    expect(out).not.toContain('Everything holds');
    expect(out).toMatch(
      /Everything that was checked holds\. Invariant 3 was not checked: nothing to compare/,
    );
  });
});

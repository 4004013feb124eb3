import type Stripe from 'stripe';
import { expect, vi } from 'vitest';
import { readBooks } from '#accounting/accounts/read-books.ts';
import { summarizeAccounts } from '#accounting/accounts/summarize-accounts.ts';
import { summarizeFunds } from '#accounting/funds/summarize-funds.ts';
import { auditTable } from '#accounting/integrity/audit-table.ts';
import { checkStripe } from '#accounting/integrity/check-stripe.ts';
import { closeMonth } from '#accounting/months/close-month.ts';
import { matchPayouts } from '#accounting/payouts/match-payouts.ts';
import { fromPayoutItem } from '#accounting/payouts/payout-item.ts';
import { recordFees } from '#accounting/payouts/record-fees.ts';
import { reconcile } from '#accounting/reconciliation/reconcile.ts';
import { watchBalance } from '#accounting/reconciliation/watch-balance.ts';
import { sendMail } from '#apps/mailer/send-mail.ts';
import { archiveEvents } from '#apps/webhooks/archive-events.ts';
import { sweepEvents } from '#apps/webhooks/sweep-events.ts';
import { isClosable } from '#kernel/ledger/closed-month.ts';
import { fromLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import { giftReceivedKey } from '#kernel/outbox/outbox.ts';
import { toOutboxItem } from '#kernel/outbox/outbox-item.ts';
import { permit } from '#kernel/staff/rights.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { wholeOf } from '#payments/received/parts.ts';
import { hongKongMonth } from '#platform/clock.ts';
import { sum } from '#platform/money.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import { inOrder } from '#platform/values.ts';
import { openDemo } from '../support/demo.ts';
import { startFiles } from '../support/files.ts';
import { nobody } from '../support/local-stripe.ts';
import { siteOn } from '../support/site.ts';
import { story } from '../support/story.ts';
import { everything } from '../support/table.ts';

/** 1 July 2027, ten seconds after midnight in Hong Kong: a month has just ended, and the books begin with the shortest one. */
const now = new Date('2027-06-30T16:00:10Z');

// Its data is written in the time of the first test.
vi.setConfig({ testTimeout: 180_000 });

const printed: string[] = [];

/** The demonstration twice, as its data stands at one moment. */
const it = story.extend('demonstration', { scope: 'file' }, async ({}, { onCleanup }) => {
  vi.spyOn(console, 'log').mockImplementation((line: string) => {
    printed.push(line);
  });

  // Each waits for its table most of the time.
  const [demo, again] = await Promise.all([openDemo(now), openDemo(now)]);
  const { table, stripe } = demo;

  onCleanup(async () => {
    vi.restoreAllMocks();
    await Promise.all([demo.close(), again.close()]);
  });

  /** What does not hold, by name; and how much of Stripe's was compared. */
  async function audit(): Promise<{ readonly named: readonly unknown[]; readonly ofStripe: number }> {
    const findings = await auditTable({ table, now, say: () => {} });
    await checkStripe({ table, now, say: () => {}, stripe }, findings);
    expect(findings.total).toBe(findings.named.length);
    return { named: findings.named, ofStripe: findings.looked.get('3 Stripe') ?? 0 };
  }

  /** Every item but how far the tasks have come. */
  async function facts(): Promise<ReadonlySet<string>> {
    const items = await everything(table);
    return new Set(
      items.filter(({ entity }) => entity !== 'cursor').map((item) => JSON.stringify(inOrder(item))),
    );
  }

  return { table, again, audit, facts, stripe, demo };
});

const pages = ['lai-chi-kok-warehouse', 'soup-kitchen', 'education', 'emergency-cash'].map(
  (slug) => `/campaigns/${slug}`,
);

/** What anybody reads on the site, and the staff in the books, without the ids that are Stripe's. */
async function readIn(of: Table) {
  const site = siteOn(of, nobody, { clock: () => now });
  const texts = ['/', ...pages.flatMap((page) => [page, `/zh${page}`, `${page}/money`, `/api${page}/gifts`])];
  const items = await everything(of);
  const reported = (entity: string, tell: (item: (typeof items)[number]) => unknown[]) =>
    items
      .filter((item) => item.entity === entity)
      .map((item) => JSON.stringify(inOrder(tell(item))))
      .sort();
  return {
    pages: await Promise.all(texts.map(async (path) => (await site.request(path)).text())),
    gifts: reported('payment', ({ checkoutId, parts, at, fund }) => [checkoutId, parts, at, fund]),
    people: reported('person', ({ checkoutId, name, email, message }) => [checkoutId, name, email, message]),
    books: reported('ledger-entry', ({ kind, sides: postings, at, month, campaign }) => [
      kind,
      postings,
      at,
      month,
      campaign,
    ]),
    payouts: reported('payout', ({ amount, createdAt, state }) => [amount, createdAt, state]),
    passedOn: reported('disbursement', (item) => Object.entries(item).sort()),
  };
}

it('the demonstration is the same for the same moment', async ({ demonstration: { table, again } }) => {
  const [first, second] = [await readIn(table), await readIn(again.table)];
  expect(second).toEqual(first);
  expect(first.gifts).toHaveLength(126);
  expect(first.payouts.length).toBeGreaterThan(7);
});

it('its pages show the comments of its donors', async ({ demonstration: { table } }) => {
  const site = siteOn(table, nobody, { clock: () => now });
  for (const page of pages) {
    expect(await (await site.request(page)).text(), page).toContain('<blockquote');
  }
});

it('every check of the audit holds, Stripe included, and no task of the books finds or changes anything', async ({
  demonstration: { audit, facts, table, stripe },
}) => {
  const { named, ofStripe } = await audit();
  expect(named).toEqual([]);
  expect(ofStripe).toBeGreaterThan(3 * 82);
  const before = await facts();
  const deps = { table, stripe, now, random: Math.random, livemode: false };
  const files = await startFiles(() => new Date());
  try {
    expect(await recordFees(deps)).toEqual({ booked: 0, unassigned: 0 });
    expect(await matchPayouts(deps)).toEqual({});
    await summarizeAccounts({ table, now });
    expect(await summarizeFunds({}, { table, now })).toMatchObject({ written: 0, shown: 0 });
    expect(await reconcile(deps)).toMatchObject({ repaired: 0, differences: 0, resolved: 0, notOurs: 0 });
    for (const _ of ['a night', 'the next'])
      expect(await watchBalance(deps)).toMatchObject({ difference: 0 });
    expect(await sweepEvents('all', deps)).toMatchObject({ taken: 0, late: 0, failed: 0 });
    await archiveEvents({ stripe, files: files.store, now });
  } finally {
    await files.close();
  }
  expect(await facts()).toEqual(before);
  expect((await audit()).named).toEqual([]);
  expect(await everything(table, 'attention')).toEqual([]);
  expect(printed.filter((line) => line.includes('CloudWatchMetrics'))).toEqual([]);
});

it('its gifts are paid Sessions at Stripe at their own times, and the site gets no event of them', async ({
  demonstration: { stripe, table, demo },
}) => {
  const sessions = await stripe.checkout.sessions
    .list({ limit: 100, expand: ['data.payment_intent.latest_charge.balance_transaction'] })
    .autoPagingToArray({ limit: 200 });
  const atStripe = sessions.map((session) => {
    const intent = session.payment_intent as Stripe.PaymentIntent;
    const charge = intent.latest_charge as Stripe.Charge;
    expect(charge.balance_transaction).toMatchObject({ amount: charge.amount, created: charge.created + 1 });
    return [intent.id, charge.amount, charge.created];
  });
  const booked = (await everything(table, 'payment')).map(fromPaymentItem);
  const inBooks = booked.map(({ paymentId, parts, at }) => [paymentId, wholeOf(parts), at.getTime() / 1000]);
  expect(atStripe.sort()).toEqual(inBooks.sort());
  expect((await stripe.events.list({ delivery_success: false })).data).toEqual([]);
  expect(demo.told()).toBe(0);
});

it('everybody was thanked at the time, as the mailer leaves it, and nothing waits to be sent', async ({
  demonstration: { table },
}) => {
  const messages = await everything(table, 'outbox');
  const gifts = (await everything(table, 'payment')).map(fromPaymentItem);
  expect(messages).toHaveLength(gifts.length);
  const [gift] = gifts;
  if (!gift) throw new Error('There is no gift.');
  const { paymentId, checkoutId, at } = gift;
  const key = giftReceivedKey(paymentId);
  const standing = (await readItems(table, [keys.outbox(key)])).itemAt(keys.outbox(key));
  const waiting = toOutboxItem({
    kind: 'mail',
    key,
    template: 'gift-received',
    paymentId,
    checkoutId,
    createdAt: at,
  });
  await commit(table, () => ({ outbox: { put: waiting } }));
  const send = () => Promise.resolve({ kind: 'sent', resendId: 'x' } as const);
  await sendMail(key, { table, send, clock: () => at, siteUrl: 'https://give.example.org' });
  expect((await readItems(table, [keys.outbox(key)])).itemAt(keys.outbox(key))).toEqual(standing);
  // A message in no list is never requeued.
  for (const { sentAt, createdAt, list } of messages) expect([sentAt, list]).toEqual([createdAt, undefined]);
});

it('Stripe paid out what was given, but for the last days, and no account of money is ever below zero', async ({
  demonstration: { table },
}) => {
  const payouts = (await everything(table, 'payout')).map(fromPayoutItem);
  expect(new Set(payouts.map(({ state }) => state))).toEqual(new Set(['matched']));
  const entries = (await everything(table, 'ledger-entry')).map(fromLedgerEntryItem);
  entries.sort((a, b) => a.at.getTime() - b.at.getTime());
  expect(entries[0]?.kind).toBe('opening-balance');
  const held: Record<string, number> = { bank: 0, stripe: 0, cash: 0 };
  for (const { postings, at } of entries) {
    for (const { account, amount } of postings) {
      if (Object.hasOwn(held, account)) held[account] = (held[account] ?? 0) + amount;
    }
    expect(Math.min(...Object.values(held)), at.toISOString()).toBeGreaterThanOrEqual(0);
  }
  const lastPayout = Math.max(...payouts.map(({ createdAt }) => createdAt.getTime()));
  const gifts = (await everything(table, 'payment')).map(fromPaymentItem);
  const since = gifts.filter(({ at }) => at.getTime() > lastPayout);
  const fees = entries.filter(({ kind, at }) => kind === 'fee' && at.getTime() > lastPayout);
  const feesSince = fees.flatMap(({ postings }) => postings).filter(({ account }) => account === 'fee');
  const taken = sum(since.map(({ parts }) => wholeOf(parts)));
  expect(held.stripe).toBe(taken - sum(feesSince.map(({ amount }) => amount)));
  expect(held.stripe).toBeGreaterThan(0);
});

it('each finished month can be closed, in order, and then everything holds', async ({
  demonstration: { table, audit },
}) => {
  const { months } = await readBooks({ table, now });
  const mayClose = permit({ id: 'sub-finance', roles: ['finance'] }, 'month.close');
  const closable = months.filter((month) => isClosable(month, now));
  expect([closable[0], closable.at(-1), closable.length]).toEqual(['2026-07', '2027-05', 11]);
  for (const month of closable) {
    await expect(closeMonth({ month, permit: mayClose }, { table, now })).resolves.toMatchObject({ month });
  }
  expect(hongKongMonth(now)).toBe('2027-07');
  expect((await audit()).named).toEqual([]);
});

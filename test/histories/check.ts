import { expect } from 'vitest';
import { fundOf, type LedgerEntry } from '#kernel/ledger/ledger-entry.ts';
import { fromLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import { fromRollUpItem } from '#kernel/totals/roll-up-item.ts';
import { addUp } from '#kernel/totals/totals.ts';
import { fromTotalsItem } from '#kernel/totals/totals-item.ts';
import { hongKongMonth } from '#platform/clock.ts';
import { keys } from '#platform/table/keys.ts';
import type { Item } from '#platform/table/table.ts';
import { everything } from '../support/table.ts';
import { type ExpectedBooks, type ExpectedTotals, keepBooks } from './bookkeeping.ts';
import { type Facts, readFacts } from './facts.ts';
import { campaigns, type History } from './history.ts';
import { huntPublicBytes } from './hunt.ts';

/**
 * Checks the invariants on a history that has come to rest.
 * @returns what the history reached: the kinds of its entries, and what else makes histories hard
 */
export async function checkInvariants(history: History): Promise<string[]> {
  const [facts, items] = await Promise.all([readFacts(history), everything(history.table)]);
  const books = keepBooks(facts);
  const of = (entity: string) => items.filter((item) => item.entity === entity);
  const entries = of('ledger-entry').map(fromLedgerEntryItem);
  expect(history.faults, 'faults on the way').toEqual([]);
  checkEntries(entries, books, new Set(of('closed-month').map(({ month }) => String(month))));
  checkStripe(entries, facts);
  checkTotals(entries, of, books);
  checkGifts(of, books);
  checkMailsAndStates(of, facts);
  checkAccounts(entries, of('account-month'));
  await huntPublicBytes(history, of('payment'));
  return [
    ...entries.map(({ kind }) => kind),
    ...entries.filter(({ at, month }) => hongKongMonth(at) !== month).map(() => 'moved on'),
    ...Array.from({ length: history.crashes.ended }, () => 'crash'),
  ];
}

type Of = (entity: string) => Item[];

/** Invariants 1 and 2: each fact has its one entry, which sums to zero, in its own month or in a later one when that was closed. */
function checkEntries(
  entries: readonly LedgerEntry[],
  books: ExpectedBooks,
  closed: ReadonlySet<string>,
): void {
  const written = entries.map(({ kind, sourceId, postings, month, fund: campaign }) => {
    const name = `${kind} ${sourceId}`;
    expect(
      postings.reduce((sum, { amount }) => sum + amount, 0),
      `${name} sums to`,
    ).toBe(0);
    const accounts: Record<string, number> = {};
    const slug =
      campaign ?? postings.map(({ account }) => fundOf(account)).find((fund) => fund !== undefined);
    for (const { account, amount } of postings) {
      const shared = account === 'cover' ? `given:${slug}` : account.replace(/^(raised|sales):/, 'given:');
      accounts[shared] = (accounts[shared] ?? 0) + amount;
    }
    const own = books.entries[name]?.month ?? 'none';
    const isMoved = kind === 'hand-over' || (month > own && closed.has(own));
    return [name, { month: isMoved ? own : month, accounts }];
  });
  const expected = Object.entries(books.entries).map(([name, { month, accounts }]) => [
    name,
    { month, accounts },
  ]);
  expect(inOrder(written)).toEqual(inOrder(expected));
}

function inOrder(rows: unknown[][]) {
  return Object.fromEntries(rows.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
}

/** Invariant 3: what Stripe holds is what the account `stripe` says, less payouts of which Stripe has not said what is in them. */
function checkStripe(entries: readonly LedgerEntry[], { movements, payouts }: Facts): void {
  const onTheWay = payouts.filter(
    ({ status, reconciliation_status }) => status !== 'failed' && reconciliation_status !== 'completed',
  );
  const held =
    movements.reduce((sum, { amount, fee }) => sum + amount - fee, 0) +
    onTheWay.reduce((sum, { amount }) => sum + amount, 0);
  const booked = entries.flatMap(({ postings }) => postings).filter(({ account }) => account === 'stripe');
  expect(
    booked.reduce((sum, { amount }) => sum + amount, 0),
    'the account stripe',
  ).toBe(held);
}

/** Invariant 2: what is shown of a campaign is the sum of its entries. */
function checkTotals(entries: readonly LedgerEntry[], of: Of, books: ExpectedBooks): void {
  for (const slug of campaigns) {
    const { cover: _, ...expected } = books.totals[slug] as ExpectedTotals;
    const shards = of('totals').filter(({ pk }) => keys.allTotals(slug).some((key) => key.pk === pk));
    const rollUp = of('roll-up').find(({ pk }) => pk === keys.rollUp(slug).pk);
    const totals = addUp(shards.map(fromTotalsItem), fromRollUpItem(rollUp));
    const months = withoutZeros(totals.months);
    expect({ ...totals, months }, `totals of ${slug}`).toEqual({
      ...expected,
      months: expected.months ? withoutZeros(expected.months) : months,
    });
    expect(Object.values(months).reduce((sum, amount) => sum + amount, 0)).toBe(totals.raised);
    const postings = entries
      .flatMap((entry) => entry.postings)
      .filter(({ account }) => account === `raised:${slug}`);
    const raised = 0 - postings.reduce((sum, { amount }) => sum + amount, 0);
    expect(totals.raised, `raised by ${slug}, by its entries`).toBe(raised);
  }
  const cover = entries.flatMap((entry) => entry.postings).filter(({ account }) => account === 'cover');
  const expected = campaigns.reduce((sum, slug) => sum + (books.totals[slug]?.cover ?? 0), 0);
  expect(0 - cover.reduce((sum, { amount }) => sum + amount, 0), 'cover').toBe(expected);
}

function withoutZeros(months: Readonly<Record<string, number>>) {
  return Object.fromEntries(Object.entries(months).filter(([, amount]) => amount !== 0));
}

function checkGifts(of: Of, books: ExpectedBooks): void {
  const checkouts = new Map(of('checkout').map((item) => [item.id, item.status]));
  const standing = of('payment').map((gift) => {
    expect(gift.refundReserved ?? 0, 'reserved for refunds').toBe(0);
    const { refunded = 0, disputed = 0, disputeOpen = false, checkoutId } = gift;
    return [gift.paymentId, { refunded, disputed, disputeOpen, checkout: checkouts.get(checkoutId) }];
  });
  expect(Object.fromEntries(standing)).toEqual(books.gifts);
}

/** Each gift and refund has one mail; refunds and disputes stand as Stripe says; each request of the staff made one refund. */
function checkMailsAndStates(of: Of, { gifts, refunds, disputes }: Facts): void {
  const mails = of('outbox').filter(({ object }) => !object);
  expect(mails.map(({ key }) => key).sort()).toEqual(
    [
      ...gifts.map(({ paymentId, sales }) => `${sales > 0 ? 'fulfil' : 'gift-received'}/${paymentId}`),
      ...refunds.map(({ id }) => `gift-refunded/${id}`),
    ].sort(),
  );
  const statuses = (rows: readonly (readonly [unknown, unknown])[]) => Object.fromEntries(rows);
  expect(statuses(of('refund').map(({ refundId, status }) => [refundId, status]))).toEqual(
    statuses(refunds.map(({ id, status }) => [id, status])),
  );
  expect(statuses(of('dispute').map(({ disputeId, status }) => [disputeId, status]))).toEqual(
    statuses(disputes.map(({ id, status }) => [id, status])),
  );
  const made = refunds.flatMap(({ id, metadata }) => {
    const request = metadata?.tideover_refund;
    return request ? [[request, id]] : [];
  });
  expect(new Set(made.map(([request]) => request)).size, 'each request made one refund').toBe(made.length);
  const requests = of('refund-request').map(({ id, state, refundId }) => [id, state, refundId]);
  expect(requests.filter(([, state]) => state === 'asked')).toEqual([]);
  expect(Object.fromEntries(made)).toEqual(
    Object.fromEntries(
      requests.flatMap(([id, state, refundId]) => (state === 'done' ? [[id, refundId]] : [])),
    ),
  );
}

/** Each month as it was added up is the sum of its entries, so the lists of the months hold every entry once. */
function checkAccounts(entries: readonly LedgerEntry[], months: readonly Item[]): void {
  for (const { month, sums, entries: counted, isFinal } of months) {
    if (isFinal) continue;
    const own = entries.filter((entry) => entry.month === month);
    const expected: Record<string, number> = {};
    for (const { account, amount } of own.flatMap(({ postings }) => postings)) {
      expected[account] = (expected[account] ?? 0) + amount;
    }
    expect([month, counted, sums]).toEqual([month, own.length, expected]);
  }
}

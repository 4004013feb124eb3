import type { LedgerEntry } from '#kernel/ledger/ledger-entry.ts';
import { fromLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import { fromRollUpItem } from '#kernel/totals/roll-up-item.ts';
import { addUp } from '#kernel/totals/totals.ts';
import { fromTotalsItem } from '#kernel/totals/totals-item.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { hongKongMonth } from '#platform/clock.ts';
import { keys } from '#platform/table/keys.ts';
import type { Item } from '#platform/table/table.ts';
import { campaigns } from './history.ts';

type Of = (entity: string) => Item[];

/**
 * The books of a table in a form in which two of them can be compared: item by item, every field but clocks, counts of attempts, places
 * in lists and which shard was drawn. An entry stands in its own month, also where that was closed. Left out is what no event reports:
 * what was passed on, what tasks added up, and the lists for people.
 */
export function canonicalBooks(items: readonly Item[]) {
  const of: Of = (entity) => items.filter((item) => item.entity === entity);
  const entries = of('ledger-entry')
    .map(fromLedgerEntryItem)
    .filter(({ kind }) => kind !== 'hand-over');
  const closed = new Set(of('closed-month').map(({ month }) => String(month)));
  const order = whereOrderCounts(of, entries);
  return {
    entries: Object.fromEntries(
      entries.map((entry) => [
        `${entry.kind} ${entry.sourceId}`,
        { ...entry, ...postingsOf(entry, order.entries.has(entry)), month: ownMonth(entry, closed) },
      ]),
    ),
    gifts: byName(of('payment'), 'paymentId', giftDefaults),
    refunds: byName(of('refund'), 'refundId'),
    disputes: byName(of('dispute'), 'disputeId'),
    // Of others Stripe has not said what is in them, and nothing stands in the books.
    payouts: byName(
      of('payout').filter(({ state }) => state !== 'expected'),
      'payoutId',
    ),
    checkouts: byName(of('checkout'), 'id'),
    totals: Object.fromEntries(campaigns.map((slug) => [slug, totalsOf(slug, of, order.campaigns)])),
    cover: entries.flatMap(({ postings }) => postings).reduce(addCover, 0),
    outbox: keysOf(of('outbox')).filter((key) => !key.startsWith(ofOurOwn)),
    parked: [...keysOf(of('parked')), ...keysOf(of('parked-refund'))],
  };
}

/** A refresh for which no event asked: the gift of a dispute came after it. */
const ofOurOwn = 'outbox#refresh/dispute/gift-of-';
/** What differs with the order of the events, and is not part of the books. */
const left = ['list', 'listOrder', 'alerted', 'remindedOf', 'version', 'due'] as const;
/** What a gift says that nobody has asked anything of yet. */
const giftDefaults = { refunded: 0, refundReserved: 0, disputed: 0, disputeOpen: false, openDisputes: [] };

function byName(items: readonly Item[], name: string, defaults = {}): Record<string, object> {
  return Object.fromEntries(
    items.map((item) => {
      const fields = Object.entries(item).filter(([field]) => !left.some((each) => each === field));
      return [String(item[name]), { ...defaults, ...Object.fromEntries(fields) }];
    }),
  );
}

function keysOf(items: readonly Item[]): string[] {
  return items.map(({ pk }) => pk).sort();
}

/**
 * What may follow from the order of the events, by decision 0040: where a gift with a cover went back several times, how each entry is split
 * into raised and cover, and with it what was raised in which month, if there are several. The sums do not.
 */
function whereOrderCounts(of: Of, entries: readonly LedgerEntry[]) {
  const counts = { entries: new Set<LedgerEntry>(), campaigns: new Set<string>() };
  for (const { paymentId, parts, fund } of of('payment').map(fromPaymentItem)) {
    const back = entries.filter(({ kind, payment }) => payment === paymentId && kind !== 'fee');
    if (Object.values(parts).filter((part) => part > 0).length < 2 || back.length < 2) continue;
    for (const entry of back) counts.entries.add(entry);
    if (new Set(back.map(({ at }) => hongKongMonth(at))).size > 1) counts.campaigns.add(fund);
  }
  return counts;
}

/** The postings of an entry by account; raised and cover together where their split follows the order of telling. */
function postingsOf({ postings, fund }: LedgerEntry, orderCounts: boolean) {
  const accounts: Record<string, number> = {};
  for (const { account, amount } of postings) {
    const name = orderCounts && (account === 'cover' || /^(raised|sales):/.test(account)) ? 'given' : account;
    accounts[name] = (accounts[name] ?? 0) + amount;
  }
  // Only an entry whose postings name no campaign says it beside them.
  return { postings: accounts, fund: orderCounts ? undefined : fund };
}

function ownMonth({ at, month }: LedgerEntry, closed: ReadonlySet<string>): string {
  const own = hongKongMonth(at);
  return month > own && closed.has(own) ? own : month;
}

function addCover(
  sum: number,
  { account, amount }: { readonly account: string; readonly amount: number },
): number {
  return account === 'cover' ? sum + amount : sum;
}

function totalsOf(slug: string, of: Of, monthsFollowOrder: ReadonlySet<string>) {
  const shards = of('totals').filter(({ pk }) => keys.allTotals(slug).some((key) => key.pk === pk));
  const rollUp = of('roll-up').find(({ pk }) => pk === keys.rollUp(slug).pk);
  const { months, ...totals } = addUp(shards.map(fromTotalsItem), fromRollUpItem(rollUp));
  if (monthsFollowOrder.has(slug)) return totals;
  const moved = Object.entries(months).filter(([, amount]) => amount !== 0);
  return { ...totals, months: Object.fromEntries(moved) };
}

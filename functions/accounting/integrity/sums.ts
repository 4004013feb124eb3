import { fundAmountsOf, moneyAmountsOf } from '#accounting/accounts/account.ts';
import { fundOf, type LedgerEntry } from '#kernel/ledger/ledger-entry.ts';
import { countsSupporter, type Payment } from '#payments/payment/payment.ts';
import { hongKongMonth } from '#platform/clock.ts';

/** What totals, months and balances must say, added up from entries and gifts. Keys hold campaigns and months; minor units. */
export class Sums {
  /** By campaign and Hong Kong month of the money, `slug month`. */
  readonly raised = new Map<string, number>();
  readonly supporters = new Map<string, number>();
  readonly sales = new Map<string, number>();
  /** What changed a fund's balance other than gifts, refunds and disputes. */
  readonly moved = new Map<string, number>();
  readonly givenOut = new Map<string, number>();
  /** The balances of cash and bank, by account. */
  readonly money = new Map<string, number>();
  /** By month of the books and account, `month account`. */
  readonly accounts = new Map<string, number>();
  readonly entriesOf = new Map<string, number>();
  /** Gifts of a fund in a month of the books, `slug month`: how many, and their amount without the fee cover. */
  readonly gifts = new Map<string, number>();
  readonly received = new Map<string, number>();

  plus(other: Sums): Sums {
    const both = new Sums();
    for (const sums of [this, other]) {
      for (const name of maps) for (const [key, value] of sums[name]) grow(both[name], key, value);
    }
    return both;
  }

  /** Counts a gift's supporter. */
  addGift(payment: Payment): void {
    if (countsSupporter(payment)) grow(this.supporters, payment.fund, 1);
  }

  /** Adds an entry to every sum that it changes. */
  addEntry(entry: LedgerEntry): void {
    grow(this.entriesOf, entry.month, 1);
    for (const { account, amount } of entry.postings) {
      grow(this.accounts, `${entry.month} ${account}`, amount);
      const slug = fundOf(account);
      if (!inTotals.has(entry.kind) || slug === undefined) continue;
      if (account.startsWith('sales:')) grow(this.sales, slug, -amount);
      if (!account.startsWith('raised:')) continue;
      grow(this.raised, `${slug} ${hongKongMonth(entry.at)}`, -amount);
      if (entry.kind !== 'payment') continue;
      grow(this.gifts, `${slug} ${entry.month}`, 1);
      grow(this.received, `${slug} ${entry.month}`, -amount);
    }
    for (const [slug, amount] of amountsOf(entry)) grow(this.moved, slug, amount);
    if (entry.kind === 'hand-over') {
      for (const [slug, amount] of fundAmountsOf(entry.postings)) grow(this.givenOut, slug, -amount);
    }
    for (const [account, amount] of moneyAmountsOf(entry.postings)) grow(this.money, account, amount);
  }
}

const maps = [
  'raised',
  'supporters',
  'sales',
  'moved',
  'givenOut',
  'money',
  'accounts',
  'entriesOf',
  'gifts',
  'received',
] as const;

/** Kinds of entries that the totals of campaigns count; every other kind changes a fund's balance. */
const inTotals: ReadonlySet<string> = new Set([
  'payment',
  'refund',
  'refund-failed',
  'dispute-withdrawn',
  'dispute-reinstated',
]);

function amountsOf({ kind, postings, fund, borneBy }: LedgerEntry): Iterable<readonly [string, number]> {
  if (inTotals.has(kind)) return [];
  if (kind !== 'fee') return fundAmountsOf(postings);
  const fee = postings.find(({ account }) => account === 'fee')?.amount ?? 0;
  return fund !== undefined && borneBy === 'fund' ? [[fund, -fee]] : [];
}

function grow(map: Map<string, number>, key: string, by: number): void {
  map.set(key, (map.get(key) ?? 0) + by);
}

import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { toAccountMonthItem } from '#accounting/accounts/account-month-item.ts';
import { addToDay, type DaySums } from '#accounting/accounts/day-sums.ts';
import { toDaySumsItem } from '#accounting/accounts/day-sums-item.ts';
import { addEntry, type FundFigures, noFigures } from '#accounting/funds/fund-month.ts';
import { toFundMonthItem } from '#accounting/funds/fund-month-item.ts';
import { type LedgerEntry, ledgerEntry } from '#kernel/ledger/ledger-entry.ts';
import { toLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import { emailHash } from '#kernel/people/donor-item.ts';
import { keepDonor } from '#kernel/people/keep-donor.ts';
import { toListedPaymentItem } from '#payments/payment/listed-payment-item.ts';
import type { Booking } from '#payments/payment/payment.ts';
import { toFeeChange } from '#payments/payment/proceeds-item.ts';
import { hongKongMonth } from '#platform/clock.ts';
import { KeyedHash } from '#platform/ids.ts';
import type { Item, Table } from '#platform/table/table.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { hashKey } from '../support/desk.ts';
import { bookingOf, donor, slug, storeManyGifts } from './many-gifts.ts';

/** The address of the donor of the newest gifts. */
export const email = 'juniper@example.org';
/** Of how many gifts what Stripe left of them is known: more than any page shows. */
const known = 200;

/** What the books hold of a gift besides itself, as pages of the desk read it. */
function booksOf({ payment, entry }: Booking): Item[] {
  return [toListedPaymentItem(payment), toLedgerEntryItem(entry), toLedgerEntryItem(feeOf(entry))];
}

function feeOf({ sourceId, at }: LedgerEntry): LedgerEntry {
  const postings = [
    { account: 'fee', amount: 935 },
    { account: 'stripe', amount: -935 },
  ] as const;
  const fee = { kind: 'fee', postings, currency: 'hkd', payment: sourceId, fund: slug } as const;
  return ledgerEntry({ ...fee, sourceId: `txn_${sourceId.slice(3)}`, at: new Date(at.getTime() + 1) });
}

/** Fills a table with gifts and their books as `books` would have left them: entries, the month by fund, account and day. */
export async function storeManyBooks(table: Table, url: string, count: number, now: Date): Promise<void> {
  await storeManyGifts(table, url, count, now, { booksOf });
  const figures = new Map<string, FundFigures>();
  const days = new Map<string, DaySums>();
  const sums: Record<string, number> = {};
  for (let index = 0; index < count; index += 1) {
    const { entry } = bookingOf(index, now);
    for (const each of [entry, feeOf(entry)]) {
      addEntry(figures, each);
      addToDay(days, each);
      for (const { account, amount } of each.postings) sums[account] = (sums[account] ?? 0) + amount;
    }
  }
  const month = hongKongMonth(now);
  const own = figures.get(slug) ?? noFigures();
  const items: Item[] = [
    toFundMonthItem({ ...own, slug, month, feesBorneBy: 'receiver', cashMissing: 0 }),
    toDaySumsItem(month, days),
    toAccountMonthItem({ month, sums, entries: 2 * count, asOf: now, isFinal: false }),
  ];
  const puts = items.map((Item) => ({ PutRequest: { Item } }));
  await table.client.send(new BatchWriteCommand({ RequestItems: { [table.name]: puts } }));
  await keepDonor(emailHash(new KeyedHash(hashKey), email), { table, now }, donor);
  // The page of the books begins with the oldest gifts, the list of payments with the newest.
  for (const index of [...Array(Math.min(known, count)).keys()]) {
    for (const at of new Set([index, count - 1 - index])) {
      await writeOne(table, toFeeChange(bookingOf(at, now).payment.paymentId, 935));
    }
  }
}

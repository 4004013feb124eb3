import { campaignSums } from '#accounting/integrity/check-sums.ts';
import { Sums } from '#accounting/integrity/sums.ts';
import { fromLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { readTogether, scanTable } from '#platform/table/scan-table.ts';
import type { Item, Table } from '#platform/table/table.ts';

/**
 * An audit as one would write it first: it reads all gifts, then all entries, then the totals, and compares what it has read. It knows
 * no fixed time of the ledger and reads nothing again. For tests that show what it says while gifts are booked.
 */
export async function auditNaively(table: Table, slug: string): Promise<string[]> {
  const gifts = (await readAll(table, 'payment')).map(fromPaymentItem);
  const entries = (await readAll(table, 'ledger-entry')).map(fromLedgerEntryItem);
  const sums = new Sums();
  for (const gift of gifts) sums.addGift(gift);
  for (const entry of entries) sums.addEntry(entry);
  const totals = campaignSums(slug);
  const known = new Set(gifts.map(({ paymentId }) => paymentId));
  const alone = entries.filter(({ kind, sourceId }) => kind === 'payment' && !known.has(sourceId));
  return [
    ...alone.map(({ sourceId }) => `entry gift ${sourceId}: there is no gift`),
    ...totals.compare(await readTogether(table, totals.keys), sums).map((says) => `${totals.name}: ${says}`),
  ];
}

async function readAll(table: Table, entity: string): Promise<Item[]> {
  const items: Item[] = [];
  const take = (page: Item[]) => {
    items.push(...page);
    return Promise.resolve();
  };
  await scanTable(table, [entity], take);
  return items;
}

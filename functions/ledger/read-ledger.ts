import type { Month } from '../platform/clock.ts';
import { giftLists, keys, ledgerLists } from '../table/keys.ts';
import { mergeLists } from '../table/merge-lists.ts';
import { type Item, readItems, type Table } from '../table/table.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import { fromLedgerEntryItem } from './ledger-entry-item.ts';

/**
 * Reads every entry of a month of the books, by the time when it happened, page by page, so that memory does not grow with their
 * number.
 * @param slugs all campaigns: a gift's entry is found through its campaign's list
 */
export async function* readLedger(
  table: Table,
  month: Month,
  slugs: readonly string[],
): AsyncGenerator<LedgerEntry[]> {
  const names = [...ledgerLists(month), ...slugs.flatMap((slug) => giftLists(slug, month))];
  for await (const page of mergeLists(table, names)) yield entriesOf(table, page, month);
}

/** The entries that a page of lists stands for: it holds entries, and gifts in place of theirs. */
export async function entriesOf(table: Table, page: readonly Item[], month: Month): Promise<LedgerEntry[]> {
  const keyOf = ({ paymentId }: Item) => keys.ledgerEntry(paymentId as string, 'gift');
  const read = await readItems(table, page.filter(isGift).map(keyOf));
  return page
    .flatMap((item) => (isGift(item) ? (read.itemAt(keyOf(item)) ?? []) : item))
    .map(fromLedgerEntryItem)
    .filter((entry) => entry.month === month);
}

function isGift({ entity }: Item): boolean {
  return entity === 'gift';
}

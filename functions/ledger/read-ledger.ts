import { fromGiftItem } from '../gifts/gift-item.ts';
import type { Month } from '../platform/clock.ts';
import { giftShards, keys, ledgerShards, lists } from '../table/keys.ts';
import { readItems, readWholeList, type Table } from '../table/table.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import { fromLedgerEntryItem } from './ledger-entry-item.ts';

/**
 * Reads every entry of a month of the books, page by page and in no order, so that memory does not grow with their number.
 * @param slugs all campaigns: a gift's entry is found through its campaign's list
 */
export async function* readLedger(
  table: Table,
  month: Month,
  slugs: readonly string[],
): AsyncGenerator<LedgerEntry[]> {
  for (let shard = 0; shard < ledgerShards; shard += 1) {
    for await (const page of readWholeList(table, lists.ledger(month, shard))) {
      yield page.map(fromLedgerEntryItem);
    }
  }
  for (const slug of slugs) {
    for (let shard = 0; shard < giftShards; shard += 1) {
      for await (const page of readWholeList(table, lists.gifts(slug, month, shard))) {
        const wanted = page.map((item) => keys.ledgerEntry(fromGiftItem(item).paymentId, 'gift'));
        const read = await readItems(table, wanted);
        yield wanted
          .flatMap((key) => read.itemAt(key) ?? [])
          .map(fromLedgerEntryItem)
          .filter((entry) => entry.month === month);
      }
    }
  }
}

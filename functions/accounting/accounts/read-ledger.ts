import type { LedgerEntry } from '#kernel/ledger/ledger-entry.ts';
import { fromLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import type { Month } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { keys, ledgerLists, paymentLists } from '#platform/table/keys.ts';
import { mergeLists } from '#platform/table/merge-lists.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, readItems } from '#platform/table/table.ts';

/** Is called with the item of an entry that cannot be read, and the error. */
export type TellUnreadable = (item: Item, error: unknown) => Promise<void>;

/**
 * Reads every entry of a month of the books, in the order of the time when it happened, page by page, so that memory does not grow with
 * their number.
 * @param slugs all campaigns: a gift's entry is found through its campaign's list
 * @param tell is called for each entry that cannot be read, and the entry is skipped; without it the first such entry throws
 */
export async function* readLedger(
  {
    month,
    slugs,
    tell,
  }: { readonly month: Month; readonly slugs: readonly string[]; readonly tell?: TellUnreadable | undefined },
  { table }: Pick<Context, 'table'>,
): AsyncGenerator<LedgerEntry[]> {
  const names = [...ledgerLists(month), ...slugs.flatMap((slug) => paymentLists(slug, month))];
  for await (const page of mergeLists(table, names)) yield entriesOf({ page, month, tell }, { table });
}

/** The entries for a page of lists: the page holds entries, and gifts in place of the gifts' entries. */
export async function entriesOf(
  {
    page,
    month,
    tell,
  }: { readonly page: readonly Item[]; readonly month: Month; readonly tell?: TellUnreadable | undefined },
  { table }: Pick<Context, 'table'>,
): Promise<LedgerEntry[]> {
  const keyOf = (item: Item) => keys.ledgerEntry(read(item).text('paymentId'), 'payment');
  const found = await readItems(table, page.filter(isPayment).map(keyOf));
  const items = page.flatMap((item) => (isPayment(item) ? (found.itemAt(keyOf(item)) ?? []) : item));
  const entries = tell ? await entriesBut(items, tell) : items.map(fromLedgerEntryItem);
  return entries.filter((entry) => entry.month === month);
}

async function entriesBut(items: readonly Item[], tell: TellUnreadable): Promise<LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  for (const item of items) {
    try {
      entries.push(fromLedgerEntryItem(item));
    } catch (error) {
      await tell(item, error);
    }
  }
  return entries;
}

function isPayment({ entity }: Item): boolean {
  return entity === 'payment';
}

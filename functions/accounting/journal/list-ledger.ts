import { entriesOf } from '#accounting/accounts/read-ledger.ts';
import type { LedgerEntry } from '#kernel/ledger/ledger-entry.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Month } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { wrongParameter } from '#platform/http/requests.ts';
import { errorFields, log } from '#platform/log.ts';
import { ledgerLists, paymentLists } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, readList } from '#platform/table/table.ts';

/** Where a page of the ledger begins: in which of the month's lists, and before which item. */
export interface LedgerCursor {
  readonly list: number;
  readonly before?: string | undefined;
}

/** A page of a month's ledger, in no order. */
export interface LedgerPage {
  readonly entries: readonly LedgerEntry[];
  /** Undefined at the end. */
  readonly next: LedgerCursor | undefined;
}

const aPage = 100;

/**
 * Reads a page of a month's ledger: entries of staff, fees, refunds and payouts first, then gifts by campaign. A page before the last
 * one may hold few entries, or none.
 * @param account only entries with a posting of this account
 * @throws Problem `invalid` for a cursor beyond the last list
 */
export async function listLedger(
  {
    month,
    slugs,
    account,
    cursor,
  }: {
    readonly month: Month;
    readonly slugs: readonly string[];
    readonly account: string | undefined;
    readonly cursor: LedgerCursor | undefined;
  } & { readonly permit: Permit<'ledger.read'> },
  { table }: Pick<Context, 'table'>,
): Promise<LedgerPage> {
  const all = [...ledgerLists(month), ...slugs.flatMap((slug) => paymentLists(slug, month))];
  if (cursor && cursor.list >= all.length) throw wrongParameter('cursor', 'The month has no such list.');
  const entries: LedgerEntry[] = [];
  let { list, before } = cursor ?? { list: 0, before: undefined };
  while (list < all.length && entries.length < aPage) {
    const limit = aPage - entries.length;
    const items = await readList(table, String(all[list]), {
      order: 'newest',
      limit,
      ...(before && { before }),
    });
    const found = await entriesOf({ page: items, month, tell: leaveOut }, { table });
    entries.push(
      ...found.filter(({ postings }) => !account || postings.some((posting) => posting.account === account)),
    );
    const last = items.at(-1);
    before = last && items.length === limit ? read(last).text('listOrder') : undefined;
    if (before === undefined) list += 1;
  }
  return { entries, next: list < all.length ? { list, before } : undefined };
}

/** A page shows the entries that can be read; the tasks of the books report the others to a person. */
function leaveOut(_item: Item, error: unknown): Promise<void> {
  log('error', 'item-corrupt', errorFields(error));
  return Promise.resolve();
}
